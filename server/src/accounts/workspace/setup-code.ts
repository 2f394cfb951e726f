import { randomInt } from 'node:crypto';
import {
  type Db,
  databaseNow,
  dropHouseFact,
  equalSecret,
  type Json,
  lockHouseFact,
  type Secrets,
  type Tx,
  writeHouseFact,
} from '../../platform/index.ts';
import { setupCodeWrong, tooManyCodes } from '../errors.ts';
import { listWorkspaces, lockSetup } from './store.ts';

const FACT = 'setup_code';
/** No 0, O, 1, I, L: the code is read from a terminal and typed by hand. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const LENGTH = 12;
const GROUP = 4;

const WINDOW_MS = 60_000;
const WRONG_AT_MOST = 10;

interface SetupCode {
  /** Sealed with the key file, so that each start and each process prints the same one. */
  sealed: string;
  wrong: number;
  /** When the first wrong one of this minute came, in milliseconds since 1970; 0: never. */
  since: number;
}

/**
 * The one-time code that the first page asks for, to be printed at each start until it was used.
 * @returns null when the house has a workspace
 */
export async function ensureSetupCode(db: Db, secrets: Secrets): Promise<string | null> {
  return db.transaction(async (tx) => {
    await lockSetup(tx);
    if ((await listWorkspaces(tx)).length > 0) return null;
    const kept = openCode(secrets, readFact(await lockHouseFact(tx, FACT)));
    if (kept !== null) return kept;
    const code = makeCode();
    await writeFact(tx, { sealed: secrets.seal(code), wrong: 0, since: 0 });
    return code;
  });
}

/**
 * Judges a typed code; the wrong ones of a minute are counted, for all processes together. Run it in a
 * transaction of its own and throw after it, or the count is lost.
 *
 * @returns null when it is right, else the refusal to throw
 */
export async function judgeSetupCode(
  tx: Tx,
  { secrets, typed }: { secrets: Secrets; typed: string },
): Promise<Error | null> {
  const fact = readFact(await lockHouseFact(tx, FACT));
  const code = openCode(secrets, fact);
  if (fact === null || code === null) return setupCodeWrong({});
  const now = (await databaseNow(tx)).getTime();
  const isNewWindow = now - fact.since >= WINDOW_MS;
  if (!isNewWindow && fact.wrong >= WRONG_AT_MOST) {
    return tooManyCodes({ retryAfterSeconds: Math.ceil((fact.since + WINDOW_MS - now) / 1000) });
  }
  if (equalSecret(plain(typed), plain(code))) return null;
  const wrong = isNewWindow ? 1 : fact.wrong + 1;
  await writeFact(tx, { ...fact, wrong, since: isNewWindow ? now : fact.since });
  return setupCodeWrong({});
}

/** The code has done its work. */
export async function endSetupCode(tx: Tx): Promise<void> {
  await dropHouseFact(tx, FACT);
}

function makeCode(): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)] ?? '');
  return (letters.join('').match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}

/** As typed by a person: small or full-width letters, with or without the hyphens. */
const plain = (code: string) =>
  code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** Null also when it was sealed with another key: a new code is then made. */
function openCode(secrets: Secrets, fact: SetupCode | null): string | null {
  if (fact === null) return null;
  try {
    return secrets.open(fact.sealed);
  } catch {
    return null;
  }
}

function readFact(value: Json | null): SetupCode | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const { sealed, wrong, since } = value;
  if (typeof sealed !== 'string' || typeof wrong !== 'number' || typeof since !== 'number') return null;
  return { sealed, wrong, since };
}

async function writeFact(tx: Tx, { sealed, wrong, since }: SetupCode): Promise<void> {
  await writeHouseFact(tx, FACT, { sealed, wrong, since });
}
