import type { Mailbox, MailboxLevel, Me } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { worksIn } from './rights.ts';

type Access = Mailbox['access'];

// Ids are born here.
const aya = 'aya' as Me['member']['id'];
const ben = 'ben' as Me['member']['id'];
const shipping = 'shipping' as Me['teamIds'][number];
const me = { member: { id: aya } as Me['member'], teamIds: [shipping] };

const mailbox = (own: MailboxLevel | null, byTeam: MailboxLevel | null): { access: Access } => ({
  access: {
    members: [{ memberId: ben, level: 'manage' }, ...(own === null ? [] : [{ memberId: aya, level: own }])],
    teams: byTeam === null ? [] : [{ teamId: shipping, level: byTeam }],
  },
});

test('who reads in a mailbox does not work there', () => {
  expect(worksIn(me, mailbox('read', null))).toBe(false);
});

test('the higher of the own level and the team’s counts', () => {
  expect(worksIn(me, mailbox('read', 'work'))).toBe(true);
  expect(worksIn(me, mailbox('manage', 'read'))).toBe(true);
});

test('who has no level there does not work there, whatever others have', () => {
  expect(worksIn(me, mailbox(null, null))).toBe(false);
});
