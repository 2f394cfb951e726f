import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, mailOwner, type OwnProcess, startProcess } from './own-process.ts';
import { selfSigned } from './self-signed.ts';

const DOVECOT = '/usr/sbin/dovecot';

export interface DovecotServer {
  /** IMAP with STARTTLS, and in the clear. */
  port: number;
  /** IMAP over TLS. */
  tlsPort: number;
  /** Of every account; the user's name is his mail address, and every name is an account. */
  password: string;
  /** One Maildir per account below it; Exim delivers into it. */
  mailRoot: string;
  maildirOf(user: string): string;
  /** Takes no more connections; the accounts and the ports stay. */
  stop(): Promise<void>;
  /** After stop: the same accounts on the same ports. */
  start(): Promise<void>;
  /** Stops and removes everything. */
  remove(): Promise<void>;
}

/** A real Dovecot in a folder of its own, on free ports of 127.0.0.1; not a service of the system. */
export async function startDovecot(): Promise<DovecotServer> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-dovecot-'));
  await chmod(folder, 0o755);
  const mailRoot = join(folder, 'mail');
  const owner = mailOwner();
  await mkdir(mailRoot);
  await chown(mailRoot, owner.uid, owner.gid);
  const server = { port: await freePort(), tlsPort: await freePort(), password: 'himitsu-0' };
  const config = join(folder, 'dovecot.conf');
  await writeFile(config, configOf(folder, server, await selfSigned(folder)));
  let running: OwnProcess | null = null;
  const start = async () => {
    // It opens this port last.
    running = await startProcess(DOVECOT, ['-F', '-c', config], server.tlsPort);
  };
  const stop = async () => {
    await running?.stop();
    running = null;
  };
  await start();
  return {
    ...server,
    mailRoot,
    maildirOf: (user) => join(mailRoot, user),
    start,
    stop,
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Node knows the number of its group only. */
const groupName = () => execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();

function configOf(
  folder: string,
  server: Pick<DovecotServer, 'port' | 'tlsPort' | 'password'>,
  tls: { cert: string; key: string },
): string {
  const { uid, gid } = mailOwner();
  const self = userInfo();
  // An ordinary user cannot change to another one, nor lock his children into a folder.
  const asOrdinary =
    self.uid === 0
      ? ''
      : `default_internal_user = ${self.username}\ndefault_internal_group = ${groupName()}\ndefault_login_user = ${self.username}\n` +
        'service anvil {\n  chroot =\n}\nservice imap-login {\n  chroot =\n}\nservice stats {\n  chroot =\n}\n';
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${tls.cert}
ssl_key = <${tls.key}
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${folder}/mail/%u
mailbox_list_index = yes
passdb {
  driver = static
  args = password=${server.password}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  inet_listener imap {
    port = ${server.port}
  }
  inet_listener imaps {
    port = ${server.tlsPort}
    ssl = yes
  }
}
service imap {
  process_limit = 64
}
mail_max_userip_connections = 50
${asOrdinary}`;
}
