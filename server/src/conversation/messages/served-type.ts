/** Raster pictures only: an SVG is a program. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif']);

/** Whether a browser may show a received file in place instead of saving it. */
export const isPicture = (type: string): boolean => PICTURES.has(type);

/** Nothing received is ever run, whatever a browser makes of it. */
export const downloadHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * Content-Disposition with a name in any script (RFC 6266, RFC 8187), and an ASCII one for old programs.
 * Signs that could end the header, the quotes or a folder's name are taken out; so are those that turn
 * the reading direction and with it the ending.
 */
export function dispositionOf(kind: 'inline' | 'attachment', name: string): string {
  const safe = name
    .toWellFormed()
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\\/]/g, '_');
  const shown = safe === '' ? 'file' : safe;
  const plain = shown.replace(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(shown).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
