import type { Config } from '../../platform/index.ts';
import { fetchBytes } from '../../platform/net/index.ts';
import { pictureNotFetched } from '../errors.ts';

const MAX_BYTES = 10 * 1024 * 1024;
const TIMEOUT = 15_000;

export interface Picture {
  type: string;
  bytes: Buffer;
}

/**
 * A remote picture of a letter, fetched by the server, so that its sender learns nothing about the reader.
 * A stranger wrote the address: the private hosts that mail accounts may reach are not open to it.
 * @throws pictureNotFetched when the far side says no, or sends anything but a raster picture
 */
export async function fetchPicture(address: string, { pictureHosts }: Config): Promise<Picture> {
  const fetched = await fetchBytes(address, {
    privateHosts: pictureHosts,
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT,
  });
  if (!fetched.ok) throw pictureNotFetched({ reason: fetched.reason });
  const type = pictureTypeOf(fetched.bytes);
  if (type === null) throw pictureNotFetched({ reason: 'not_a_picture' });
  return { type, bytes: fetched.bytes };
}

/** First bytes of each format, in latin1. */
const SIGNATURES: readonly [RegExp, string][] = [
  [/^\x89PNG\r\n/, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^RIFF[\s\S]{4}WEBP/, 'image/webp'],
  [/^BM[\s\S]{4}\0\0\0\0/, 'image/bmp'],
  [/^[\s\S]{4}ftypavi[fs]/, 'image/avif'],
];

/** What a picture is by its own first bytes; what its server calls it is not believed. */
export function pictureTypeOf(bytes: Buffer): string | null {
  const head = bytes.toString('latin1', 0, 16);
  return SIGNATURES.find(([signature]) => signature.test(head))?.[1] ?? null;
}
