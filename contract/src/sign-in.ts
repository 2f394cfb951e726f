import { type Static, Type } from 'typebox';
import { MemberId, WorkspaceId } from './ids.ts';
import { Network } from './role.ts';
import { defineRoute, listOf, Moment, orNull, pageQuery, words } from './wire.ts';

/** How someone came in, or tried to. */
export const signInWays = ['password', 'totp', 'recovery_code', 'passkey', 'token'] as const;
export const SignInWay = words(signInWays);
export type SignInWay = Static<typeof SignInWay>;

/** What became of a try to sign in; kept as a fact, never altered. */
export const signInOutcomes = [
  'signed_in',
  'wrong_password',
  'wrong_second_factor',
  'second_factor_asked',
  'slowed_down',
  'network_refused',
  'not_active',
  'signed_out',
  'ended',
  /** Longer ago than the workspace lets a session last. */
  'expired',
  /** Nobody was at the page for longer than the workspace allows. */
  'idle',
  'password_changed',
] as const;
export const SignInOutcome = words(signInOutcomes);
export type SignInOutcome = Static<typeof SignInOutcome>;

const where = {
  /** The address it came from. */
  address: Type.String(),
  /** Browser and system in words, as far as they told; empty when they did not. */
  device: Type.String(),
};

export const Session = Type.Object({
  id: Type.String(),
  ...where,
  way: SignInWay,
  createdAt: Moment,
  lastActiveAt: Moment,
  /** The one that asks. */
  current: Type.Boolean(),
});
export type Session = Static<typeof Session>;

export const SignIn = Type.Object({
  id: Type.String(),
  memberId: MemberId,
  at: Moment,
  ...where,
  way: SignInWay,
  outcome: SignInOutcome,
  /** From an address network and with a device that this person had not signed in from together for 90 days. */
  unusual: Type.Boolean(),
  /** Who ended it, when somebody did (`ended`); null: the house. */
  endedById: orNull(MemberId),
});
export type SignIn = Static<typeof SignIn>;

const SessionParams = Type.Object({ sessionId: Type.String({ format: 'uuid' }) });
const MemberParams = Type.Object({ memberId: MemberId });

export const noteActivityRoute = defineRoute({
  method: 'POST',
  path: '/me/active',
  summary: 'The person is at the page: begins the idle time anew; sent once a minute at most',
  beforeSecondFactor: true,
  inPreview: true,
});
export const listSessionsRoute = defineRoute({
  method: 'GET',
  path: '/me/sessions',
  summary: 'Where one is signed in',
  answer: listOf(Session),
  inPreview: false,
});
export const endSessionRoute = defineRoute({
  method: 'DELETE',
  path: '/me/sessions/:sessionId',
  summary: 'End one of one’s own sessions',
  params: SessionParams,
});
export const endOtherSessionsRoute = defineRoute({
  method: 'POST',
  path: '/me/sessions/end-others',
  summary: 'End all of one’s own sessions but this one',
  answer: Type.Object({ ended: Type.Integer() }),
});
export const listMemberSessionsRoute = defineRoute({
  method: 'GET',
  path: '/members/:memberId/sessions',
  summary: 'Where a person is signed in',
  params: MemberParams,
  answer: listOf(Session),
  needs: 'people.see_sign_ins',
});
export const endMemberSessionsRoute = defineRoute({
  method: 'DELETE',
  path: '/members/:memberId/sessions',
  summary: 'End all sessions and API tokens of a person',
  params: MemberParams,
  answer: Type.Object({ ended: Type.Integer() }),
  needs: 'people.end_sign_ins',
});

const SignInFilter = {
  /** Left out: everyone's, for who may see them. `me`: one's own. */
  memberId: Type.Optional(Type.String({ maxLength: 40 })),
};
export const listSignInsRoute = defineRoute({
  method: 'GET',
  path: '/sign-ins',
  summary: 'Login history, the newest first; one’s own for everybody (memberId=me)',
  query: Type.Object({ ...SignInFilter, ...pageQuery }),
  answer: listOf(SignIn),
  inPreview: false,
});
export const exportSignInsRoute = defineRoute({
  method: 'GET',
  path: '/sign-ins/csv',
  summary: 'The same as a table that Excel opens (UTF-8 with BOM), 10,000 rows at most',
  query: Type.Object({
    ...SignInFilter,
    /** For who has set none: the browser's, an IANA name. */
    timeZone: Type.Optional(Type.String({ maxLength: 64 })),
  }),
  answerMedia: 'text/csv',
  inPreview: false,
});
export const noteUnusualRoute = defineRoute({
  method: 'POST',
  path: '/me/sign-ins/noted',
  summary: 'One has looked at the unusual sign-ins',
});

export const Token = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: Moment,
  lastUsedAt: orNull(Moment),
});
export type Token = Static<typeof Token>;
export const listTokensRoute = defineRoute({
  method: 'GET',
  path: '/me/tokens',
  summary: 'One’s own API tokens that stand',
  answer: listOf(Token),
  needs: 'token.own',
  inPreview: false,
});
export const addTokenRoute = defineRoute({
  method: 'POST',
  path: '/me/tokens',
  summary:
    'A new API token; its word is shown this once. Only who signed in by himself makes one, no token does',
  body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }) }),
  answer: Type.Object({ ...Token.properties, word: Type.String() }),
  needs: 'token.own',
});
export const endTokenRoute = defineRoute({
  method: 'DELETE',
  path: '/me/tokens/:tokenId',
  summary: 'End one of one’s own API tokens',
  params: Type.Object({ tokenId: Type.String({ format: 'uuid' }) }),
});

export const enterWorkspaceRoute = defineRoute({
  method: 'POST',
  path: '/me/workspace',
  summary: 'Go to another of one’s workspaces in this session',
  beforeSecondFactor: true,
  body: Type.Object({ workspaceId: WorkspaceId }),
});

const securityFacts = {
  /** Hours after which one signs in again; 1 to 2,160. */
  sessionHours: Type.Integer({ minimum: 1, maximum: 2160 }),
  /** Minutes without a key or a touch after which a session ends; 0: never. */
  idleMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }),
  /** Networks from which the workspace may be entered; empty: from everywhere. */
  networks: Type.Array(Network, { maxItems: 200 }),
};
export const SecurityFacts = Type.Object(securityFacts);
export type SecurityFacts = Static<typeof SecurityFacts>;
export const SecuritySettings = Type.Object({
  ...securityFacts,
  /** The address from which the asker comes: a list without it is refused. */
  yourAddress: Type.String(),
});
export type SecuritySettings = Static<typeof SecuritySettings>;
export const getSecurityRoute = defineRoute({
  method: 'GET',
  path: '/security',
  summary: 'Session length, idle time and networks of the workspace',
  answer: SecuritySettings,
  needs: 'security.manage',
});
export const saveSecurityRoute = defineRoute({
  method: 'PUT',
  path: '/security',
  summary: 'Change them; what would lock the asker out is refused',
  body: SecurityFacts,
  answer: SecuritySettings,
  needs: 'security.manage',
});
export const renameWorkspaceRoute = defineRoute({
  method: 'PUT',
  path: '/workspace',
  summary: 'Rename the workspace',
  body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }) }),
  needs: 'workspace.rename',
});
