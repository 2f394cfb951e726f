const KB = 1024;

/** A size as people say it: 812 B, 24 KB, 1.8 MB, 25 MB. */
export function fileSize(bytes: number): string {
  if (bytes < KB) return `${bytes} B`;
  if (bytes < KB * KB) return `${Math.round(bytes / KB)} KB`;
  const mb = bytes / KB / KB;
  return `${mb < 10 ? (Math.round(mb * 10) / 10).toString() : Math.round(mb)} MB`;
}

const HARMFUL = /\.(exe|scr|com|bat|cmd|pif|js|jse|vbs|vbe|wsf|hta|lnk|msi|ps1|jar|iso|img)$/i;
// Characters that turn the direction of writing make "fdp.exe" read as "exe.pdf".
const TURNING = /[\u202A-\u202E\u2066-\u2069\u200E\u200F]/;

/** True for a name that runs something, or that is written so as to hide its ending. */
export const isDisguised = (name: string): boolean => HARMFUL.test(name.trim()) || TURNING.test(name);
