/** The one door through which better-auth enters. */
import { passkey } from '@better-auth/passkey';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';
import { type Kysely, Kysely as KyselyOver, PostgresDialect } from 'kysely';
import { type Config, type Db, log, type Secrets, type Tx } from '../../platform/index.ts';
import { beginSession, recordSession } from './begin-session.ts';
import { ourOrigins } from './our-origins.ts';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from './password-policy.ts';
import { PEER_HEADER } from './peer-header.ts';
import { SESSION_LENGTH_S, SESSION_RENEWAL_S } from './session/session-length.ts';
import { sessionKey } from './session-cookie.ts';

const MINUTE = 60;

const PLACE_BETWEEN_PASSWORD_AND_CODE = 10 * MINUTE;
const RECOVERY_CODES = 10;

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
  // The workspace that this person used last: there he goes at his next sign-in.
  user: { additionalFields: { workspaceId: { type: 'string', required: false, input: false } } },
  session: {
    expiresIn: SESSION_LENGTH_S,
    updateAge: SESSION_RENEWAL_S,
    // Who adds a passkey gives his password instead: an old session may belong to anyone at the desk.
    freshAge: 0,
    additionalFields: {
      workspaceId: { type: 'string', required: false, input: false },
      way: { type: 'string', required: false, input: false },
      lastActiveAt: { type: 'date', required: false, input: false },
    },
  },
  // The house counts for all its open doors together (platform/http/limit-open-routes).
  rateLimit: { enabled: false },
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
    secret: sessionKey(secrets),
    database: databaseOf(new KyselyOver<never>({ dialect: new PostgresDialect({ pool: db.pool }) })),
    trustedOrigins: (request?: Request) => ourOrigins(config, request?.headers.get('host') ?? undefined),
    databaseHooks: {
      session: {
        create: {
          before: (session, occasion) => beginSession(db, session, occasion),
          after: (session, occasion) => recordSession(db, session, occasion),
        },
      },
    },
    plugins: [
      twoFactor({
        issuer: 'Madoguchi',
        twoFactorCookieMaxAge: PLACE_BETWEEN_PASSWORD_AND_CODE,
        backupCodeOptions: { amount: RECOVERY_CODES },
      }),
      passkey(passkeyOptions(config)),
    ],
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

/** A passkey stands for two factors: what one has, and the finger or PIN that its device asked for. */
function passkeyOptions(config: Config) {
  return {
    rpID: new URL(config.url).hostname,
    rpName: 'Madoguchi',
    origin: ourOrigins(config, undefined),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: ({ verification }) => requireVerified(verification.registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: ({ verification }) => requireVerified(verification.authenticationInfo.userVerified),
    },
  } as const satisfies Parameters<typeof passkey>[0];
}

async function requireVerified(verified: boolean | undefined): Promise<void> {
  if (verified !== true) throw new APIError('UNAUTHORIZED', { code: 'AUTHENTICATION_FAILED' });
}

/** Passwords, second factors and sessions, on the house's own pool. */
export function openSignIn(facts: { db: Db; config: Config; secrets: Secrets }) {
  return betterAuth(signInOptions(facts));
}
export type SignIn = ReturnType<typeof openSignIn>;

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
  return { accounts: internalAdapter, hash: password.hash, verify: password.verify };
}
