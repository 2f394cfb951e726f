import { defineError } from '../platform/index.ts';

export const notSignedIn = defineError('accounts.not_signed_in', 'not_signed_in', 'Sign in to go on.');

export const accessEnded = defineError(
  'accounts.access_ended',
  'not_signed_in',
  'Your access to this workspace has ended.',
);

export const notAllowed = defineError(
  'accounts.not_allowed',
  'not_found',
  'This does not exist, or you may not see it.',
);

export const signInRefused = defineError(
  'accounts.sign_in_refused',
  'not_signed_in',
  'The mail address or the password is wrong.',
);

export const tooManySignIns = defineError<{ retryAfterSeconds: number }>(
  'accounts.too_many_sign_ins',
  'too_many',
  'Too many attempts to sign in from here. Wait a little and try again.',
);

export const passwordRefused = defineError(
  'accounts.password_refused',
  'invalid',
  'A password has 10 to 128 characters. Nothing was changed.',
);

export const passwordWrong = defineError(
  'accounts.password_wrong',
  'invalid',
  'The password is wrong. Nothing was changed.',
);

export const bodyUnfit = defineError(
  'accounts.body_unfit',
  'invalid',
  'Something is missing in this request, or is of another kind. Load the page anew.',
);

export const passwordTooCommon = defineError(
  'accounts.password_too_common',
  'invalid',
  'This password is among the first that are guessed. Choose another one, for example four words.',
);

export const passwordTooPersonal = defineError(
  'accounts.password_too_personal',
  'invalid',
  'This password is your name, your address or your company. Choose another one.',
);

export const codeRefused = defineError(
  'accounts.code_refused',
  'invalid',
  'This code is wrong, or it was used already.',
);

export const signInOver = defineError(
  'accounts.sign_in_over',
  'not_signed_in',
  'This sign-in took too long or had too many wrong codes. Begin again with the password.',
);

export const passkeyNeeded = defineError(
  'accounts.passkey_needed',
  'not_signed_in',
  'Your role asks for more than a password. Sign in with your passkey.',
);

export const passkeyRefused = defineError(
  'accounts.passkey_refused',
  'invalid',
  'This passkey was not accepted. Try again, or use another way to sign in.',
);

export const secondFactorNeededByRole = defineError(
  'accounts.second_factor_needed_by_role',
  'conflict',
  'Your role asks for a second factor: the last one cannot be taken away. Nothing was changed.',
);

export const secondFactorChanged = defineError(
  'accounts.second_factor_changed',
  'conflict',
  'The second factor is on already, or not set up yet. Load the page anew.',
);

export const originRefused = defineError(
  'accounts.origin_refused',
  'invalid',
  'This request came from a page of another address. Open Madoguchi at its own address and try again.',
);

export const bodyTypeRefused = defineError(
  'accounts.body_type_refused',
  'invalid',
  'A request of the page must carry JSON.',
);

export const memberNotFound = defineError(
  'accounts.member_not_found',
  'not_found',
  'This person does not exist, or you may not see them.',
);

export const emailNotAnAddress = defineError<{ email: string }>(
  'accounts.email_not_an_address',
  'invalid',
  'This is not a mail address.',
);

export const emailTaken = defineError<{ email: string }>(
  'accounts.email_taken',
  'conflict',
  'Someone in this workspace already has this mail address.',
);

export const emailElsewhere = defineError<{ email: string }>(
  'accounts.email_elsewhere',
  'conflict',
  'This mail address already signs in to another workspace of this server.',
);

export const teamNotFound = defineError(
  'accounts.team_not_found',
  'not_found',
  'This team does not exist, or you may not see it.',
);

export const secondFactorNeeded = defineError(
  'accounts.second_factor_needed',
  'not_signed_in',
  'Your role asks for a second factor. Set one up to go on.',
);

export const previewOnly = defineError(
  'accounts.preview_only',
  'conflict',
  'You are looking at the page as somebody else. Go back to yourself to change something.',
);

export const networkRefused = defineError(
  'accounts.network_refused',
  'not_signed_in',
  'This workspace cannot be entered from this network.',
);

export const networkInvalid = defineError<{ network: string }>(
  'accounts.network_invalid',
  'invalid',
  'This is no network: write an address such as 203.0.113.7, or a range such as 203.0.113.0/24.',
);

export const wouldLockOut = defineError<{ address: string }>(
  'accounts.would_lock_out',
  'conflict',
  'You come from an address that is not on this list: it would shut you out. Nothing was changed.',
);

export const notByToken = defineError(
  'accounts.not_by_token',
  'conflict',
  'An API token cannot do this. Sign in at the page.',
);

export const tokenNotFound = defineError(
  'accounts.token_not_found',
  'not_found',
  'This API token does not exist, or it is not yours.',
);

export const signInCursorUnfit = defineError(
  'accounts.sign_in_cursor_unfit',
  'invalid',
  'This page mark is none that the login history gave. Begin with the first page.',
);

export const notMoreThanOwn = defineError(
  'accounts.not_more_than_own',
  'conflict',
  'Nobody gives or takes rights that he does not have himself.',
);

export const roleNotFound = defineError('accounts.role_not_found', 'invalid', 'This role does not exist.');

export const roleNameTaken = defineError<{ name: string }>(
  'accounts.role_name_taken',
  'conflict',
  'Another role has this name already.',
);

export const builtInRoleFixed = defineError(
  'accounts.built_in_role_fixed',
  'conflict',
  'The rights of this role are fixed. Make an own role as a copy of it instead.',
);

export const roleInUse = defineError<{ members: number }>(
  'accounts.role_in_use',
  'conflict',
  'People still have this role. Give them another one first.',
);

export const teamNameTaken = defineError<{ name: string }>(
  'accounts.team_name_taken',
  'conflict',
  'Another team has this name already.',
);

export const lastAdministrator = defineError(
  'accounts.last_administrator',
  'conflict',
  'A workspace needs an administrator who is not switched off: this is the last one.',
);

export const notOneself = defineError(
  'accounts.not_oneself',
  'conflict',
  'Your own rights can only be taken from you by another administrator.',
);

export const memberOff = defineError(
  'accounts.member_off',
  'conflict',
  'This person has left or is on leave. Let them come back first.',
);

export const successorUnfit = defineError(
  'accounts.successor_unfit',
  'invalid',
  'This person cannot take over: choose somebody who is active.',
);

export const linkEnded = defineError(
  'accounts.link_ended',
  'not_found',
  'This link has been used or is over. Ask an administrator for a new one.',
);

export const mailboxNotFound = defineError(
  'accounts.mailbox_not_found',
  'not_found',
  'This shared mailbox does not exist, or you may not see it.',
);

export const addressTaken = defineError<{ address: string }>(
  'accounts.address_taken',
  'conflict',
  'Another shared mailbox already has this address.',
);

export const addressNotAnAddress = defineError<{ address: string }>(
  'accounts.address_not_an_address',
  'invalid',
  'This is not a mail address.',
);

export const ageLimitsNotRising = defineError(
  'accounts.age_limits_not_rising',
  'invalid',
  'Each limit of waiting must be longer than the one before.',
);

export const workspaceExists = defineError(
  'accounts.workspace_exists',
  'conflict',
  'The first page has been filled in already. Sign in instead.',
);

export const noWorkspaceYet = defineError(
  'accounts.no_workspace_yet',
  'conflict',
  'This house has no company yet. Fill in the first page, or use the command setup.',
);

export const setupCodeWrong = defineError(
  'accounts.setup_code_wrong',
  'invalid',
  'This is not the code that the server printed at its last start.',
);

export const tooManyCodes = defineError<{ retryAfterSeconds: number }>(
  'accounts.too_many_codes',
  'too_many',
  'Too many wrong codes. Wait a little and try again.',
);
