/**
 * testing: what tests build upon; never part of the running house.
 */

export { aBrowser } from './a-browser.ts';
export { aCompany, type Company } from './a-company.ts';
export { anAuthenticator } from './an-authenticator.ts';
export {
  aMailbox,
  aMember,
  aWorkspace,
  inMailboxes,
  type MailboxGiven,
  type MemberGiven,
} from './builders.ts';
export { openBeside, openHouse, TEST_ORIGIN, type TestHouse } from './open-house.ts';
export { totpCode } from './totp-code.ts';
export { type TestDb, testDb, withTx } from './with-tx.ts';
