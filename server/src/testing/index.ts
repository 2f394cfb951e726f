/**
 * testing: what tests build upon; never part of the running house.
 */
export { aMailbox, aMember, aWorkspace, type MailboxGiven, type MemberGiven } from './builders.ts';
export { openHouse, TEST_ORIGIN, type TestHouse } from './open-house.ts';
export { type TestDb, testDb, withTx } from './with-tx.ts';
