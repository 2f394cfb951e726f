import { randomBytes } from 'node:crypto';

/**
 * A new UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, then chance. Rows made one after the
 * other lie side by side in their index.
 */
export function newId<Id extends string>(): Id {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  const text = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  );
  return text as Id; // The one place where an id is born.
}
