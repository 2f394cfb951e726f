/** Which server folder may import which. Anything not listed is refused. */
export const MAY_IMPORT = {
  platform: [],
  accounts: ['platform'],
  customers: ['platform', 'accounts'],
  channels: ['platform', 'accounts'],
  conversation: ['platform', 'accounts', 'customers'],
  knowledge: ['platform', 'accounts'],
  outbox: ['platform', 'accounts', 'channels', 'conversation'],
  intake: ['platform', 'accounts', 'customers', 'channels', 'conversation', 'outbox'],
  compose: ['platform', 'accounts', 'customers', 'conversation', 'knowledge', 'outbox'],
  automation: ['platform', 'accounts', 'customers', 'conversation', 'compose'],
  search: ['platform', 'accounts', 'customers', 'conversation'],
  live: ['platform', 'accounts', 'conversation'],
  notify: ['platform', 'accounts', 'conversation', 'outbox'],
  reports: ['platform', 'accounts', 'customers', 'conversation'],
  doors: ['platform', 'accounts', 'customers', 'conversation', 'compose', 'knowledge'],
} as const;

/** Folders of the server that put the others together and may import anything. */
export const MAY_IMPORT_ALL = ['cli', 'demo', 'testing'] as const;

/** Which feature of the web page may use which; all may use ui and data, and routes may use all. */
export const WEB_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  conversation: ['composer'],
  mailbox: ['composer', 'conversation'],
};

/** Each outside library enters by one door: who imports it, as the beginnings of paths in server/src. */
export const DOORS: readonly { library: string; doors: readonly string[] }[] = [
  { library: '(imapflow|mailauth|node-pop3)', doors: ['channels/email', 'intake/parse'] },
  { library: 'smtp-server', doors: ['channels/email', 'demo/world'] },
  { library: '(mailparser|nodemailer)', doors: ['channels/email', 'intake/parse'] },
  { library: 'encoding-japanese', doors: ['channels/email', 'intake/parse', 'demo'] },
  { library: '(sanitize-html|html-to-text)', doors: ['intake/clean'] },
  { library: '(fastify|@fastify/[^/]+)', doors: ['platform/http'] },
  { library: 'graphile-worker', doors: ['platform/jobs'] },
  { library: '(better-auth|@better-auth/[^/]+)', doors: ['accounts'] },
  { library: '(bowser|@zxcvbn-ts/[^/]+)', doors: ['accounts/sign-in'] },
  { library: '(pg|pino)', doors: ['platform'] },
  { library: 'commander', doors: ['cli'] },
];

/** Where a line to another machine may be opened; everybody else asks one of these. */
export const MAY_OPEN_SOCKETS = [
  'channels',
  'platform/net',
  'platform/http',
  'platform/embedded-postgres',
] as const;
