import type { AccountTrial, DoorTrial, ImapDoor, MailAccount, SmtpDoor } from '@madoguchi/contract';
import type { Config } from '../platform/index.ts';
import { resolveHost } from '../platform/net/index.ts';
import type { DoorSecret } from './channel.ts';
import { type DoorFault, errorText, socketFault } from './email/door-fault.ts';
import { closeImap, openImap } from './email/imap-client.ts';
import { imapFault } from './email/imap-fault.ts';
import { trySmtp } from './email/smtp-out.ts';
import { secretGiven } from './secret-given.ts';

const SECOND = 1_000;
/** A person waits for the answer. */
const PATIENCE = 10 * SECOND;
const TRIAL_TIMEOUTS = {
  connectMs: PATIENCE,
  greetingMs: PATIENCE,
  silenceMs: 15 * SECOND,
  totalMs: 30 * SECOND,
};

type TrialConfig = Pick<Config, 'privateHosts' | 'url'>;

/** Secrets that are stored already, for doors that name none. */
export interface StoredSecrets {
  imap: DoorSecret | null;
  smtp: DoorSecret | null;
}

/** Tries both doors of an account at once, and says of each what is wrong; changes nothing anywhere. */
export async function tryAccount(
  config: TrialConfig,
  account: MailAccount,
  stored: StoredSecrets = { imap: null, smtp: null },
): Promise<AccountTrial> {
  const [imap, smtp] = await Promise.all([
    account.imap && trial(() => tryImapDoor(config, account.imap, stored.imap), imapFault),
    account.smtp && trial(() => trySmtpDoor(config, account.smtp, stored.smtp), smtpFault),
  ]);
  return { imap, smtp };
}

type Finding = { folders: string[]; missing: string[] };

async function trial(
  run: () => Promise<Finding>,
  faultOf: (error: unknown) => DoorFault,
): Promise<DoorTrial> {
  try {
    const { folders, missing } = await run();
    return missing.length === 0
      ? { ok: true, code: 'ok', reply: '', folders }
      : { ok: false, code: 'folder_missing', reply: missing.join(', '), folders };
  } catch (error) {
    return { ok: false, ...faultOf(error), folders: [] };
  }
}

async function tryImapDoor(
  config: TrialConfig,
  door: ImapDoor | null,
  stored: DoorSecret | null,
): Promise<Finding> {
  if (door === null) return { folders: [], missing: [] };
  const secret = secretGiven(door) ?? stored;
  const client = await openImap({ door, secret, config, patienceMs: PATIENCE });
  try {
    const listed = await client.list();
    const folders = listed.filter(({ flags }) => !flags.has('\\Noselect')).map(({ path }) => path);
    const known = new Set(folders.map(folderKey));
    return { folders, missing: door.folders.filter((folder) => !known.has(folderKey(folder))) };
  } finally {
    await closeImap(client);
  }
}

/** INBOX is the one folder whose case does not matter (RFC 9051 section 5.1). */
const folderKey = (path: string) => (path.toUpperCase() === 'INBOX' ? 'INBOX' : path);

async function trySmtpDoor(
  config: TrialConfig,
  door: SmtpDoor | null,
  stored: DoorSecret | null,
): Promise<Finding> {
  if (door === null) return { folders: [], missing: [] };
  const address = await resolveHost(door.host, config);
  const secret = door.user === '' ? null : (secretGiven(door) ?? stored);
  await trySmtp({ door, address, secret, name: new URL(config.url).hostname, timeouts: TRIAL_TIMEOUTS });
  return { folders: [], missing: [] };
}

function smtpFault(error: unknown): DoorFault {
  const reply = errorText(error, 'response') || errorText(error, 'message');
  const code = errorText(error, 'code');
  if (code === 'EAUTH') return { code: 'sign_in_refused', reply };
  const below = socketFault(error);
  if (below !== null) return below;
  if (code === 'ETLS') return { code: 'no_tls', reply };
  if (/greeting/i.test(errorText(error, 'message'))) return { code: 'wrong_port', reply };
  return { code: 'other', reply };
}
