import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, mailOwner, type OwnProcess, startProcess } from './own-process.ts';
import { selfSigned } from './self-signed.ts';

const EXIM = '/usr/sbin/exim4';

/** Exim lets no address from outside name a folder (taint), so a script files the letters. */
const DELIVER = `umask 077
box="MAIL_ROOT/$LOCAL_PART@$DOMAIN"
mkdir -p "$box/tmp" "$box/new" "$box/cur"
name="$(date +%s.%N).$MESSAGE_ID.$$"
cat > "$box/tmp/$name" && mv "$box/tmp/$name" "$box/new/$name"
`;

export interface EximOptions {
  /** Where Maildirs are, one per address; Dovecot's, so that customers can read. */
  mailRoot: string;
  /** Domains that are not delivered here but handed to a port of 127.0.0.1: those of our mailboxes. */
  handOver?: Record<string, number>;
}

/**
 * The customers' mail server. Every address has a Maildir, but `refused@...` is answered 550, `later@...`
 * 451, and `gone@...` is taken and then bounced by a standard report.
 */
export interface EximServer {
  port: number;
  /** Of every user who signs in; signing in is not needed. */
  password: string;
  maildirOf(address: string): string;
  /** The letters of an address, as bytes, in the order of their arrival. */
  lettersOf(address: string): Promise<Buffer[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** A real Exim in a folder of its own, on a free port of 127.0.0.1; not a service of the system. */
export async function startExim({ mailRoot, handOver = {} }: EximOptions): Promise<EximServer> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-exim-'));
  const owner = mailOwner();
  await chmod(folder, 0o755);
  for (const name of ['spool', 'log']) {
    await mkdir(join(folder, name));
    await chown(join(folder, name), owner.uid, owner.gid);
  }
  const tls = await selfSigned(folder);
  await chown(tls.key, owner.uid, owner.gid);
  const server = { port: await freePort(), password: 'himitsu-0' };
  const config = join(folder, 'exim.conf');
  await writeFile(join(folder, 'deliver.sh'), DELIVER.replace('MAIL_ROOT', mailRoot));
  await writeFile(config, configOf({ folder, handOver, tls, ...server }));
  const maildirOf = (address: string) => join(mailRoot, address);
  let running: OwnProcess | null = null;
  const start = async () => {
    running = await startProcess(EXIM, ['-bdf', '-q5s', '-C', config], server.port);
  };
  const stop = async () => {
    await running?.stop();
    running = null;
  };
  await start();
  return {
    ...server,
    maildirOf,
    lettersOf: (address) => readLetters(maildirOf(address)),
    start,
    stop,
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readLetters(maildir: string): Promise<Buffer[]> {
  const found: string[] = [];
  for (const part of ['new', 'cur']) {
    const names = await readdir(join(maildir, part)).catch(() => []);
    found.push(...names.map((name) => join(maildir, part, name)));
  }
  const age = (path: string) => path.replace(/^.*\//, '');
  return Promise.all(found.sort((a, b) => age(a).localeCompare(age(b))).map((path) => readFile(path)));
}

interface Settings {
  handOver: Record<string, number>;
  folder: string;
  port: number;
  password: string;
  tls: { cert: string; key: string };
}

/* Exim's own language; its ${...} are not ours. */
const ACL = `begin acl

acl_rcpt:
  deny local_parts = refused
       message = 5.1.1 No such person
  defer local_parts = later
       message = 4.3.0 Please come again
  accept
`;

const RETRY_AND_SIGN_IN = `begin retry

* * F,1h,5s

begin authenticators

plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if eq{$auth3}{PASSWORD}}
  server_set_id = $auth2

login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = \${if eq{$auth2}{PASSWORD}}
  server_set_id = $auth1
`;

function configOf({ folder, handOver, tls, port, password }: Settings): string {
  return [
    mainSettings({ folder, tls, port }),
    ACL,
    routers(Object.keys(handOver)),
    transports(folder, Object.values(handOver)),
    RETRY_AND_SIGN_IN.replaceAll('PASSWORD', password),
  ].join('\n');
}

function mainSettings({ folder, tls, port }: Pick<Settings, 'folder' | 'tls' | 'port'>): string {
  const owner = mailOwner();
  return `
exim_user = ${owner.uid}
exim_group = ${owner.gid}
deliver_drop_privilege
primary_hostname = mx.customer.example
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
tls_advertise_hosts = *
tls_certificate = ${tls.cert}
tls_privatekey = ${tls.key}
auth_advertise_hosts = *
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = accept
message_size_limit = 60M
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max = 100
smtp_accept_max_per_host = 100
smtp_accept_queue_per_connection = 0
queue_run_max = 2
deliver_queue_load_max = 1000
queue_only_load = 1000
never_users =
keep_environment =
timezone = UTC
`;
}

function routers(handedOver: string[]): string {
  const handOvers = handedOver.map(
    (domain, index) => `
hand_over_${index}:
  driver = manualroute
  domains = ${domain}
  transport = to_port_${index}
  route_list = * 127.0.0.1
  self = send
`,
  );
  return `begin routers
${handOvers.join('')}
bounced:
  driver = redirect
  local_parts = gone
  allow_fail
  data = :fail: 5.1.1 This person is gone

everyone:
  driver = accept
  transport = maildir
`;
}

function transports(folder: string, ports: number[]): string {
  const toPorts = ports.map(
    (to, index) => `
to_port_${index}:
  driver = smtp
  port = ${to}
  hosts_try_fastopen =
`,
  );
  return `begin transports

maildir:
  driver = pipe
  command = /bin/sh ${folder}/deliver.sh
  message_prefix =
  message_suffix =
  delivery_date_add
  envelope_to_add
  return_path_add
  log_output
${toPorts.join('')}`;
}
