import { type Config, type Db, HouseError, type Secrets } from '../platform/index.ts';
import { resolveHost } from '../platform/net/index.ts';
import type { Channels, LetterOut } from './channel.ts';
import { openSecret } from './email/door-secret.ts';
import { type SmtpTarget, sendBySmtp } from './email/smtp-out.ts';
import { systemDoor } from './email/system-smtp.ts';
import { readWayOut } from './store.ts';

export interface ChannelsNeeds {
  db: Db;
  config: Pick<Config, 'systemSmtp' | 'privateHosts' | 'url'>;
  secrets: Secrets;
}

/** What an administrator of the machine has set himself may lead anywhere. */
const EVERYWHERE = ['0.0.0.0/0', '::/0'];

type Way = Pick<SmtpTarget, 'door' | 'secret'> & { privateHosts: readonly string[] };

/** The ways out: each mailbox's own SMTP server, else the house's. */
export function openChannels(needs: ChannelsNeeds): Channels {
  return {
    async send(letter) {
      try {
        const way = await wayOf(needs, letter);
        if (way === null) return { kind: 'no_way', reply: 'No SMTP server is set for this mailbox' };
        const address = await resolveHost(way.door.host, way);
        return await sendBySmtp({ ...way, address, name: new URL(needs.config.url).hostname }, letter);
      } catch (error) {
        if (error instanceof HouseError) return { kind: 'deferred', reply: error.message };
        throw error;
      }
    },
  };
}

async function wayOf({ db, config, secrets }: ChannelsNeeds, letter: LetterOut): Promise<Way | null> {
  const { workspaceId, mailboxId } = letter;
  const own = mailboxId && (await db.transaction((tx) => readWayOut(tx, workspaceId, mailboxId)));
  if (own) {
    return { door: own.door, secret: openSecret(secrets, own.secret), privateHosts: config.privateHosts };
  }
  return config.systemSmtp === null ? null : { ...systemDoor(config.systemSmtp), privateHosts: EVERYWHERE };
}
