import type { MessageId } from '@madoguchi/contract';

/** intake/clean parks pictures in these attributes; nothing is fetched until they become a `src`. */
const PARKED = / data-(remote-src|cid)="([^"]*)"/g;

/** Where pictures of a letter are to be found. */
export interface Pictures {
  messageId: MessageId;
  /** Part by Content-ID. */
  parts: ReadonlyMap<string, string>;
  /** Addresses of remote pictures, each once; its place here is its number. */
  remote: readonly string[];
  /** Whether remote pictures may be shown, through our proxy. */
  showRemote: boolean;
}

/** Every remote picture that the cleaned HTML names, each once, in order. */
export function remoteImagesOf(html: string | null): string[] {
  const found = [...(html ?? '').matchAll(PARKED)].filter(([, kind]) => kind === 'remote-src');
  return [...new Set(found.map(([, , address]) => unescapeHtml(address ?? '')))];
}

/** Gives the parked pictures their addresses; what may not be shown, or is missing, stays parked. */
export function placePictures(html: string, pictures: Pictures): string {
  const base = `/api/v1/messages/${pictures.messageId}`;
  return html.replaceAll(PARKED, (parked, kind: string, value: string) => {
    const name = unescapeHtml(value);
    if (kind === 'cid') {
      const part = pictures.parts.get(name);
      return part === undefined ? parked : ` src="${base}/parts/${encodeURIComponent(part)}?inline=1"`;
    }
    const number = pictures.remote.indexOf(name);
    return pictures.showRemote && number >= 0 ? ` src="${base}/remote/${number}"` : parked;
  });
}

const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };

/** Undoes what the cleaner's writer escapes in an attribute. */
function unescapeHtml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (whole, name: string) => SIGNS[name] ?? whole);
}

/** A mail is written for white paper: in the dark theme its page keeps its own light ground. */
const STYLE = `html{color-scheme:light;background:#fff;color:#1a212d}
body{margin:0;padding:0;font:15px/1.8 system-ui,-apple-system,"Hiragino Sans","Noto Sans JP",sans-serif;overflow-wrap:anywhere}
img{max-width:100%;height:auto}img[data-remote-src]{visibility:hidden}table{max-width:100%}
pre{white-space:pre-wrap}blockquote{margin:0 0 0 8px;padding-left:12px;border-left:2px solid #d9dee7}`;

export const htmlPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; base-uri 'none'; " +
  'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox';

/** The letter as a document of its own, for a frame without scripts. */
export function pageOf(html: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>${STYLE}</style></head><body>${html}</body></html>`;
}
