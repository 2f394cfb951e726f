import { resolve } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

/**
 * Every setting of the program, and the only place that reads the environment. What an administrator may
 * change while it runs lives in the database instead. `.env.example` is made from this table.
 */
const settings = {
  MADOGUCHI_DATA: { fallback: './data', says: 'Folder of the database, files, keys and logs.' },
  MADOGUCHI_PORT: { fallback: '3000', says: 'Port of the page and the API.' },
  MADOGUCHI_HOST: { fallback: '127.0.0.1', says: 'Address to listen on; 0.0.0.0 for all.' },
  MADOGUCHI_URL: {
    fallback: '',
    says: 'Public address; default http://localhost:PORT. Cookies are Secure exactly when it is https.',
  },
  MADOGUCHI_TRUST_PROXY: {
    fallback: 'false',
    says: 'true behind one reverse proxy that sets X-Forwarded-For; only the address that it added is believed.',
  },
  MADOGUCHI_TLS_CERT: {
    fallback: '',
    says: 'PEM file of the certificate with which the SMTP door offers STARTTLS.',
  },
  MADOGUCHI_TLS_KEY: { fallback: '', says: 'PEM file of its key.' },
  MADOGUCHI_SMTP_PORT: { fallback: '2525', says: 'Port of the own SMTP door; 0 switches it off.' },
  MADOGUCHI_SMTP_HOST: { fallback: '127.0.0.1', says: 'Address of the own SMTP door.' },
  MADOGUCHI_PRIVATE_HOSTS: {
    fallback: '',
    says: 'Private hosts or ranges that mail accounts may reach, separated by commas: mail.lan,10.0.0.0/8,127.0.0.1.',
  },
  MADOGUCHI_PICTURE_HOSTS: {
    fallback: '',
    says: 'Private hosts or ranges from which pictures in letters may be fetched; strangers write the addresses, so none unless you must.',
  },
  MADOGUCHI_SYSTEM_SMTP: {
    fallback: '',
    says: 'smtp(s)://user:password@host:port for mailboxes without an own way out and for the house itself; ?from=name@example.com names its sender.',
  },
  MADOGUCHI_KEY_FILE: {
    fallback: '',
    says: 'Key that seals stored passwords; default DATA/keys/secret.key. Back it up.',
  },
  MADOGUCHI_ROLES: { fallback: 'web,worker,mail', says: 'What this process does.' },
  MADOGUCHI_LOG: { fallback: 'info', says: 'fatal, error, warn, info, debug or trace.' },
  DATABASE_URL: { fallback: '', says: 'PostgreSQL 15 or later; empty: the embedded one.' },
} as const;

type Name = keyof typeof settings;
export const settingNames = Object.keys(settings) as Name[];

const port = Type.Integer({ minimum: 0, maximum: 65_535 });
const Shape = Type.Object({
  dataFolder: Type.String({ minLength: 1 }),
  port,
  host: Type.String({ minLength: 1 }),
  url: Type.String({ pattern: '^https?://[^/\\s]+$' }),
  trustProxy: Type.Boolean(),
  tls: Type.Union([Type.Null(), Type.Object({ cert: Type.String(), key: Type.String() })]),
  smtpPort: port,
  smtpHost: Type.String({ minLength: 1 }),
  privateHosts: Type.Array(Type.String()),
  pictureHosts: Type.Array(Type.String()),
  systemSmtp: Type.Union([Type.Null(), Type.String({ pattern: '^smtps?://' })]),
  keyFile: Type.String(),
  roles: Type.Object({ web: Type.Boolean(), worker: Type.Boolean(), mail: Type.Boolean() }),
  logLevel: Type.String({ pattern: '^(fatal|error|warn|info|debug|trace)$' }),
  databaseUrl: Type.Union([Type.Null(), Type.String({ pattern: '^postgres(ql)?://' })]),
  demo: Type.Boolean(),
});
export type Config = Static<typeof Shape>;

/** Which setting a field came from, so that a fault can name what to change. */
const FIELD_OF: Record<string, Name> = {
  dataFolder: 'MADOGUCHI_DATA',
  port: 'MADOGUCHI_PORT',
  host: 'MADOGUCHI_HOST',
  url: 'MADOGUCHI_URL',
  trustProxy: 'MADOGUCHI_TRUST_PROXY',
  tls: 'MADOGUCHI_TLS_CERT',
  smtpPort: 'MADOGUCHI_SMTP_PORT',
  smtpHost: 'MADOGUCHI_SMTP_HOST',
  privateHosts: 'MADOGUCHI_PRIVATE_HOSTS',
  pictureHosts: 'MADOGUCHI_PICTURE_HOSTS',
  systemSmtp: 'MADOGUCHI_SYSTEM_SMTP',
  keyFile: 'MADOGUCHI_KEY_FILE',
  roles: 'MADOGUCHI_ROLES',
  logLevel: 'MADOGUCHI_LOG',
  databaseUrl: 'DATABASE_URL',
};

/** All faults of the settings together, without the values: one of them may be a secret. */
export class ConfigError extends Error {}

/**
 * Reads and checks the settings.
 * @param env the process environment unless a test gives another
 * @throws ConfigError that names every wrong setting
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, demo = false): Config {
  const found = gather(env, demo);
  const unknown = Object.keys(env).filter((name) => name.startsWith('MADOGUCHI_') && !isKnown(name));
  const faults = [
    ...new Set([...Value.Errors(Shape, found)].map((error) => faultOf(error.instancePath))),
    ...unknown.map((name) => `${name} is not a setting; known are ${settingNames.join(', ')}`),
    ...(Boolean(env.MADOGUCHI_TLS_CERT) === Boolean(env.MADOGUCHI_TLS_KEY)
      ? []
      : ['MADOGUCHI_TLS_CERT and MADOGUCHI_TLS_KEY go together']),
  ];
  if (faults.length > 0)
    throw new ConfigError(`Settings are wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  return Value.Decode(Shape, found);
}

const isKnown = (name: string) => (settingNames as string[]).includes(name);

function faultOf(path: string): string {
  const name = FIELD_OF[path.split('/')[1] ?? ''] ?? path;
  const says = name in settings ? settings[name as Name].says : '';
  return `${name} has a value that cannot be used. ${says}`;
}

function gather(env: NodeJS.ProcessEnv, demo: boolean): unknown {
  const text = (name: Name) =>
    env[name] === undefined || env[name] === '' ? settings[name].fallback : env[name];
  const orNull = (name: Name) => (text(name) === '' ? null : text(name));
  const list = (name: Name) =>
    text(name)
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
  const dataFolder = resolve(env.MADOGUCHI_DATA || (demo ? './demo-data' : settings.MADOGUCHI_DATA.fallback));
  const whole = (name: Name) => (/^\d{1,6}$/.test(text(name)) ? Number(text(name)) : text(name));
  const roles = list('MADOGUCHI_ROLES');
  const known = roles.every((role) => ['web', 'worker', 'mail'].includes(role)) && roles.length > 0;
  return {
    dataFolder,
    port: whole('MADOGUCHI_PORT'),
    host: text('MADOGUCHI_HOST'),
    url: (orNull('MADOGUCHI_URL') ?? `http://localhost:${text('MADOGUCHI_PORT')}`).replace(/\/$/, ''),
    trustProxy: { true: true, false: false }[text('MADOGUCHI_TRUST_PROXY')],
    tls: orNull('MADOGUCHI_TLS_CERT') && { cert: text('MADOGUCHI_TLS_CERT'), key: text('MADOGUCHI_TLS_KEY') },
    smtpPort: whole('MADOGUCHI_SMTP_PORT'),
    smtpHost: text('MADOGUCHI_SMTP_HOST'),
    // The demo's mailboxes send to a world that this process plays itself.
    privateHosts: [...list('MADOGUCHI_PRIVATE_HOSTS'), ...(demo ? ['127.0.0.1'] : [])],
    pictureHosts: list('MADOGUCHI_PICTURE_HOSTS'),
    systemSmtp: orNull('MADOGUCHI_SYSTEM_SMTP'),
    keyFile: orNull('MADOGUCHI_KEY_FILE') ?? resolve(dataFolder, 'keys/secret.key'),
    roles: known
      ? { web: roles.includes('web'), worker: roles.includes('worker'), mail: roles.includes('mail') }
      : null,
    logLevel: text('MADOGUCHI_LOG'),
    databaseUrl: orNull('DATABASE_URL'),
    demo,
  };
}

/** The text of .env.example. */
export function describeSettings(): string {
  return settingNames
    .map((name) => `# ${settings[name].says}\n# ${name}=${settings[name].fallback}\n`)
    .join('\n');
}
