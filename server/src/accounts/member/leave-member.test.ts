import type { MemberId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { newId, type Tx } from '../../platform/index.ts';
import { aCompany, aMailbox, type Company, testDb, withTx } from '../../testing/index.ts';
import { houseActor, type MemberActor } from '../actor.ts';
import { loadActor } from '../load-actor.ts';
import { findMailboxes } from '../mailbox/store.ts';
import { makeToken } from '../sign-in/token.ts';
import { leaveMember, returnMember } from './leave-member.ts';
import { makeMemberLink, readMemberLink } from './member-link.ts';
import { saveMember } from './save-member.ts';
import { updateMember } from './store.ts';

const eventsOf = async (tx: Tx, { workspaceId }: Company) =>
  tx
    .selectFrom('event')
    .select(['kind', 'facts'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at')
    .execute();

const alone = ({ memberId }: MemberActor) => ({ memberId, successorId: null });

test('who leaves cannot act any more, his tokens and links are over, and it is told once with the successor', () =>
  withTx(async (tx) => {
    const company = await aCompany(tx);
    const { admin, person, workspaceId } = company;
    const mailboxIds = [await aMailbox(tx, workspaceId)];
    const [ben, cho] = [await person('member', { mailboxIds }), await person('member', { mailboxIds })];
    await makeToken(tx, ben, { ...ben, name: 'x' });
    const link = await makeMemberLink(tx, admin, { ...ben, baseUrl: '' });
    const facts = { memberId: ben.memberId, successorId: cho.memberId };

    expect((await leaveMember(tx, admin, 'left', facts)).state).toBe('left');
    await leaveMember(tx, admin, 'left', facts);

    expect(await loadActor(tx, workspaceId, ben.memberId)).toBeNull();
    const open = await tx
      .selectFrom('api_token')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('ended_at', 'is', null)
      .execute();
    expect(open).toEqual([]);
    await expect(readMemberLink(tx, { token: link.url.slice('/link/'.length) })).rejects.toMatchObject({
      code: 'accounts.link_ended',
    });
    expect((await eventsOf(tx, company)).filter(({ kind }) => kind !== 'token_made')).toMatchObject([
      { kind: 'token_ended', facts: { memberId: ben.memberId } },
      { kind: 'member_left', facts: { ...facts, from: { state: 'active' }, to: { state: 'left' } } },
    ]);
  }));

test('his mailboxes stay his, and he is not listed there while he is away', () =>
  withTx(async (tx) => {
    const { admin, person, workspaceId } = await aCompany(tx);
    const mailboxId = await aMailbox(tx, workspaceId);
    const ben = await person('member', { mailboxIds: [mailboxId] });
    const memberIds = async () => {
      const [mailbox] = await findMailboxes(tx, workspaceId, [mailboxId]);
      return { listed: mailbox?.memberIds, kept: mailbox?.access.members };
    };
    const kept = [{ memberId: ben.memberId, level: 'work' }];
    for (const state of ['suspended', 'left'] as const) {
      await leaveMember(tx, admin, state, alone(ben));
      expect(await memberIds()).toEqual({ listed: [], kept });
    }
    expect((await returnMember(tx, admin, ben)).state).toBe('invited');
    expect(await memberIds()).toEqual({ listed: [ben.memberId], kept });
  }));

test('who comes back signs in as before; who never had a password is invited again', () =>
  withTx(async (tx) => {
    const company = await aCompany(tx);
    const { admin, person, workspaceId } = company;
    const ben = await person('member');
    await updateMember(tx, workspaceId, ben.memberId, { userId: newId<string>() });
    await leaveMember(tx, admin, 'suspended', alone(ben));
    expect((await returnMember(tx, admin, ben)).state).toBe('active');
    await returnMember(tx, admin, ben);
    expect((await loadActor(tx, workspaceId, ben.memberId))?.permissions).toEqual(ben.permissions);
    expect((await eventsOf(tx, company)).map(({ kind }) => kind)).toEqual(['member_left', 'member_changed']);
  }));

test('the last administrator, oneself and who may do more than oneself cannot be sent away', () =>
  withTx(async (tx) => {
    const company = await aCompany(tx);
    const { admin, person, workspaceId } = company;
    const manager = await person('manager');
    const refusals: [() => Promise<unknown>, string][] = [
      [() => leaveMember(tx, houseActor(workspaceId), 'left', alone(admin)), 'accounts.last_administrator'],
      [() => leaveMember(tx, admin, 'left', alone(admin)), 'accounts.not_oneself'],
      [() => leaveMember(tx, manager, 'suspended', alone(admin)), 'accounts.not_more_than_own'],
      [() => leaveMember(tx, manager, 'left', alone(manager)), 'accounts.not_allowed'],
    ];
    for (const [attempt, code] of refusals) await expect(attempt()).rejects.toMatchObject({ code });
    expect(await eventsOf(tx, company)).toEqual([]);
  }));

test('a manager sends on leave and brings back, but a retirement is undone by who may retire', () =>
  withTx(async (tx) => {
    const { admin, person } = await aCompany(tx);
    const manager = await person('manager');
    const ben = await person('member');
    await leaveMember(tx, manager, 'suspended', alone(ben));
    await returnMember(tx, manager, ben);
    await leaveMember(tx, admin, 'left', alone(ben));
    await expect(returnMember(tx, manager, ben)).rejects.toMatchObject({ code: 'accounts.not_allowed' });
    await expect(leaveMember(tx, manager, 'suspended', alone(ben))).rejects.toMatchObject({
      code: 'accounts.member_off',
    });
    expect((await returnMember(tx, admin, ben)).state).toBe('invited');
  }));

test('a successor is somebody else who can act, and answers in a mailbox of who leaves', () =>
  withTx(async (tx) => {
    const { admin, person, workspaceId } = await aCompany(tx);
    const [order, info] = [await aMailbox(tx, workspaceId), await aMailbox(tx, workspaceId)];
    const mailboxIds = [order];
    const [ben, cho] = [await person('member', { mailboxIds }), await person('member', { mailboxIds })];
    const unfit = [
      await person('reader', { mailboxIds }),
      await person('guest', { mailboxIds }),
      await person('member', { mailboxIds, level: 'read' }),
      await person('member', { mailboxIds: [info] }),
    ];
    const stranger = (await aCompany(tx)).admin;
    await updateMember(tx, workspaceId, cho.memberId, { state: 'suspended' });
    for (const successor of [ben, cho, stranger, ...unfit])
      await expect(
        leaveMember(tx, admin, 'left', { memberId: ben.memberId, successorId: successor.memberId }),
      ).rejects.toMatchObject({ code: 'accounts.successor_unfit' });
    const fit = await person('trainee', { mailboxIds: [info, order] });
    const facts = { memberId: ben.memberId, successorId: fit.memberId };
    expect((await leaveMember(tx, admin, 'left', facts)).state).toBe('left');
  }));

test('nobody of another workspace is sent away or brought back', () =>
  withTx(async (tx) => {
    const [ours, theirs] = [await aCompany(tx), await aCompany(tx)];
    const ben = await theirs.person('member');
    const unknown = { code: 'accounts.member_not_found' };
    await expect(leaveMember(tx, ours.admin, 'left', alone(ben))).rejects.toMatchObject(unknown);
    await expect(returnMember(tx, ours.admin, ben)).rejects.toMatchObject(unknown);
    expect(await loadActor(tx, theirs.workspaceId, ben.memberId)).not.toBeNull();
  }));

test('who was retired after his request had begun retires nobody', () =>
  withTx(async (tx) => {
    const { administrators, workspaceId } = await aCompany(tx, 3);
    const [ada, ben, cho] = administrators;
    if (ada === undefined || ben === undefined || cho === undefined) throw new Error('three were wanted');
    await leaveMember(tx, ada, 'left', alone(ben));
    await expect(leaveMember(tx, ben, 'left', alone(cho))).rejects.toMatchObject({
      code: 'accounts.not_allowed',
    });
    expect(await loadActor(tx, workspaceId, cho.memberId)).not.toBeNull();
  }));

test('who was demoted after his request had begun retires, demotes and brings back nobody', () =>
  withTx(async (tx) => {
    const { administrators, person, role, workspaceId } = await aCompany(tx, 3);
    const [ada, ben, cho] = administrators;
    if (ada === undefined || ben === undefined || cho === undefined) throw new Error('three were wanted');
    const dan = await person('member');
    await leaveMember(tx, ada, 'suspended', alone(dan));
    const facts = { name: 'x', skills: [], languages: [], roleId: role('member') };
    await saveMember(tx, ada, { ...facts, memberId: ben.memberId });
    for (const attempt of [
      () => saveMember(tx, ben, { ...facts, memberId: cho.memberId }),
      () => leaveMember(tx, ben, 'left', alone(cho)),
      () => returnMember(tx, ben, dan),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'accounts.not_allowed' });
    expect(await loadActor(tx, workspaceId, cho.memberId)).toEqual(cho);
    expect(await loadActor(tx, workspaceId, dan.memberId)).toBeNull();
  }));

test('of administrators who retire each other at the same moment, one stays', async () => {
  const db = await testDb();
  try {
    for (const howMany of [2, 3]) {
      const company = await db.transaction((tx) => aCompany(tx, howMany));
      const { administrators, workspaceId } = company;
      // Each retires the next one, in a ring, by transactions that all have begun with rights.
      const tries = administrators.map((actor, at) => {
        const next = administrators[(at + 1) % howMany];
        if (next === undefined) throw new RangeError('the ring is open');
        return db.transaction((tx) => leaveMember(tx, actor, 'left', alone(next)));
      });
      const outcomes = await Promise.allSettled(tries);
      const left = outcomes.filter(({ status }) => status === 'fulfilled').length;
      const { rows } = await db.pool.query<{ id: MemberId }>(
        `select id from member where workspace_id = $1 and state = 'active'`,
        [workspaceId],
      );
      expect(rows.length).toBe(howMany - left);
      expect(left).toBeGreaterThan(0);
      const { rows: told } = await db.pool.query<{ by: MemberId; gone: MemberId }>(
        `select member_id as by, facts ->> 'memberId' as gone from event
          where workspace_id = $1 and kind = 'member_left' order by created_at`,
        [workspaceId],
      );
      // Whoever was retired while he waited for his turn retires nobody.
      told.forEach(({ by }, at) => {
        expect(told.slice(0, at).map(({ gone }) => gone)).not.toContain(by);
      });
    }
  } finally {
    await db.drop();
  }
});
