/** The one door through which better-auth enters. */
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { type Kysely, Kysely as KyselyOver, PostgresDialect } from 'kysely';
import { type Config, type Db, log, type Secrets, type Tx } from '../../platform/index.ts';
import { findRights } from '../store.ts';
import { ourOrigins } from './our-origins.ts';
import { findHomeWorkspace } from './store.ts';

const SECOND = 1;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** A session ends after 30 days without use. */
const SESSION_LENGTH = 30 * DAY;
const SESSION_RENEWAL = 1 * DAY;
/** Per peer: a whole office behind one address signs in on a morning, a guesser gets nowhere. */
const SIGN_INS_PER_MINUTE = 30;

/** Set by us on each request that we hand over; what a client sent under this name is dropped. */
export const PEER_HEADER = 'x-madoguchi-peer';

export const PASSWORD_MIN_LENGTH = 10;
export const PASSWORD_MAX_LENGTH = 128;

/** What decides the tables, for every instance alike. */
const commonOptions = {
  appName: 'Madoguchi',
  basePath: '/api/auth',
  emailAndPassword: {
    enabled: true,
    disableSignUp: true,
    minPasswordLength: PASSWORD_MIN_LENGTH,
    maxPasswordLength: PASSWORD_MAX_LENGTH,
  },
  // The workspace where this person goes, copied into each session: so looking up a member stays inside it.
  user: { additionalFields: { workspaceId: { type: 'string', required: false, input: false } } },
  session: {
    expiresIn: SESSION_LENGTH,
    updateAge: SESSION_RENEWAL,
    additionalFields: { workspaceId: { type: 'string', required: false, input: false } },
  },
  rateLimit: {
    enabled: true,
    storage: 'database',
    window: MINUTE,
    max: 600,
    customRules: { '/sign-in/email': { window: MINUTE, max: SIGN_INS_PER_MINUTE } },
  },
  telemetry: { enabled: false },
  logger: { level: 'warn', log: (level, message) => log[level]({ from: 'sign-in' }, message) },
} as const satisfies BetterAuthOptions;

const databaseOf = (db: Kysely<never> | Tx) =>
  ({ db, type: 'postgres', schemaName: 'sign_in' }) as const satisfies BetterAuthOptions['database'];

/** What openSignIn is made with; also what better-auth's own getMigrations is asked with in the test. */
export function signInOptions({ db, config, secrets }: { db: Db; config: Config; secrets: Secrets }) {
  return {
    ...commonOptions,
    baseURL: config.url,
    secret: secrets.keyFor('sign-in').toString('base64'),
    database: databaseOf(new KyselyOver<never>({ dialect: new PostgresDialect({ pool: db.pool }) })),
    trustedOrigins: (request?: Request) => ourOrigins(config, request?.headers.get('host') ?? undefined),
    databaseHooks: {
      session: { create: { before: (session: { userId: string }) => sendHome(db, session.userId) } },
    },
    advanced: {
      // Cookies know no port: two houses on one machine would sign each other out.
      cookiePrefix: `madoguchi-${config.port}`,
      useSecureCookies: config.url.startsWith('https:'),
      // Said aloud because better-auth drops both checks by itself when it thinks that it is being tested.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [PEER_HEADER] },
      database: { generateId: 'uuid' },
    },
  } as const satisfies BetterAuthOptions;
}

/** Passwords and sessions, on the house's own pool. */
export function openSignIn(facts: { db: Db; config: Config; secrets: Secrets }) {
  return betterAuth(signInOptions(facts));
}
export type SignIn = ReturnType<typeof openSignIn>;

/** Gives a new session its workspace; who is not active there gets the answer of a wrong password. */
async function sendHome(db: Db, userId: string) {
  const workspaceId = await db.transaction(async (tx) => {
    const home = await findHomeWorkspace(tx, userId);
    return home !== null && (await findRights(tx, home, { userId })) !== null ? home : null;
  });
  if (workspaceId === null) throw new APIError('UNAUTHORIZED');
  return { data: { workspaceId } };
}

/**
 * better-auth's own accounts and password hashing inside a transaction of ours, so that a password and what
 * it belongs to are kept together or not at all. It signs nothing, so it needs neither address nor secret.
 */
export async function credentialsIn(tx: Tx) {
  const { internalAdapter, password } = await betterAuth({
    ...commonOptions,
    baseURL: 'http://127.0.0.1',
    secret: 'signs-nothing-signs-nothing-signs-nothing',
    database: databaseOf(tx),
    advanced: { database: { generateId: 'uuid' } },
  }).$context;
  return { accounts: internalAdapter, hash: password.hash };
}
