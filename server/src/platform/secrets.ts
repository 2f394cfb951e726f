import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Seals what the database must not show: passwords and tokens of mail accounts. */
export interface Secrets {
  seal(plain: string): string;
  /** @throws Error when it was sealed with another key or altered */
  open(sealed: string): string;
  /** A key for one purpose, made from the key file (sessions, signed addresses). */
  keyFor(purpose: string): Buffer;
}

/** Reads the key file, or makes one (0600) on the first start. Losing it loses the mail accounts' passwords. */
export async function openSecrets(keyFile: string): Promise<Secrets> {
  return secretsOf(await readOrMakeKey(keyFile));
}

async function readOrMakeKey(keyFile: string): Promise<Buffer> {
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
  try {
    // Two processes may start at once: the one that makes the file decides, both read it.
    await writeFile(keyFile, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  await chmod(keyFile, 0o600);
  const key = Buffer.from((await readFile(keyFile, 'utf8')).trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new Error(`${keyFile} holds no key of ${KEY_BYTES} bytes; restore it from a backup`);
  return key;
}

function secretsOf(key: Buffer): Secrets {
  return {
    seal(plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed) {
      const all = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv(ALGORITHM, key, all.subarray(0, IV_BYTES));
      decipher.setAuthTag(all.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(all.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
        'utf8',
      );
    },
    keyFor: (purpose) => Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES)),
  };
}

/** Whether two texts are equal, in a time that does not tell where they differ. */
export function equalSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
