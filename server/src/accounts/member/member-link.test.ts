import { expect, test } from 'vitest';
import type { Tx } from '../../platform/index.ts';
import { aCompany, aMember, aWorkspace, withTx } from '../../testing/index.ts';
import { keepPassword } from '../sign-in/keep-password.ts';
import { signInTables } from '../sign-in/tables.ts';
import { makeMemberLink, readMemberLink, setMemberPassword, useMemberLink } from './member-link.ts';
import { findMember, updateMember } from './store.ts';

const BASE = 'http://localhost:3000';
const DAY = 24 * 60 * 60_000;

async function invited(tx: Tx) {
  const workspaceId = await aWorkspace(tx);
  const admin = await aMember(tx, workspaceId, { email: 'ada@komorebi.example' });
  const { memberId } = await aMember(tx, workspaceId, { name: '佐藤 勉', email: 'ben@komorebi.example' });
  await updateMember(tx, workspaceId, memberId, { state: 'invited' });
  const fresh = () => makeMemberLink(tx, admin, { memberId, baseUrl: BASE });
  return { workspaceId, admin, memberId, fresh };
}

const tokenOf = ({ url }: { url: string }) => url.slice(`${BASE}/link/`.length);

const sessionsOf = (tx: Tx, userId: string) =>
  signInTables(tx).selectFrom('sign_in.session').select('id').where('userId', '=', userId).execute();

const passwordOf = async (tx: Tx, userId: string) =>
  (
    await tx
      .withTables<{ 'sign_in.account': { userId: string; password: string | null } }>()
      .selectFrom('sign_in.account')
      .select('password')
      .where('userId', '=', userId)
      .execute()
  ).map(({ password }) => password);

test('a link says for whom it is, for seven days', () =>
  withTx(async (tx) => {
    const { fresh } = await invited(tx);
    const before = Date.now();
    const link = await fresh();
    const read = await readMemberLink(tx, { token: tokenOf(link) });
    expect(read).toMatchObject({ company: 'こもれび雑貨店', name: '佐藤 勉', email: 'ben@komorebi.example' });
    expect(Math.round((read.expiresAt.getTime() - before) / DAY)).toBe(7);
  }));

test('the first use of a link makes the sign-in user and the member active, and signs nobody in', () =>
  withTx(async (tx) => {
    const { workspaceId, memberId, fresh } = await invited(tx);
    const token = tokenOf(await fresh());
    expect(await useMemberLink(tx, { token, password: 'ten letters and more' })).toEqual({
      email: 'ben@komorebi.example',
    });
    const member = await findMember(tx, workspaceId, { memberId });
    expect(member).toMatchObject({ state: 'active', userId: expect.any(String) });
    const [kept] = await passwordOf(tx, member?.userId ?? '');
    expect(kept).toMatch(/^[0-9a-f]+:[0-9a-f]{128}$/);
    expect(await sessionsOf(tx, member?.userId ?? '')).toEqual([]);
  }));

test('a link works once, and a newer one ends it', () =>
  withTx(async (tx) => {
    const { fresh } = await invited(tx);
    const older = tokenOf(await fresh());
    const token = tokenOf(await fresh());
    const password = 'ten letters and more';
    const ended = { code: 'accounts.link_ended' };
    await expect(readMemberLink(tx, { token: older })).rejects.toMatchObject(ended);
    await expect(useMemberLink(tx, { token: older, password })).rejects.toMatchObject(ended);
    await useMemberLink(tx, { token, password });
    await expect(useMemberLink(tx, { token, password })).rejects.toMatchObject(ended);
    await expect(readMemberLink(tx, { token })).rejects.toMatchObject(ended);
  }));

test('a link that is over, or of somebody switched off, opens nothing', () =>
  withTx(async (tx) => {
    const { workspaceId, memberId, admin, fresh } = await invited(tx);
    const token = tokenOf(await fresh());
    await updateMember(tx, workspaceId, memberId, { state: 'left' });
    const ended = { code: 'accounts.link_ended' };
    await expect(readMemberLink(tx, { token })).rejects.toMatchObject(ended);
    await expect(useMemberLink(tx, { token, password: 'ten letters and more' })).rejects.toMatchObject(ended);
    await expect(makeMemberLink(tx, admin, { memberId, baseUrl: BASE })).rejects.toMatchObject({
      code: 'accounts.member_off',
    });

    await updateMember(tx, workspaceId, memberId, { state: 'invited' });
    const late = tokenOf(await fresh());
    await tx
      .updateTable('member_link')
      .set({ expires_at: new Date(Date.now() - DAY) })
      .where('workspace_id', '=', workspaceId)
      .execute();
    await expect(readMemberLink(tx, { token: late })).rejects.toMatchObject(ended);
  }));

test('a reset sets a new password and ends the sessions that stood', () =>
  withTx(async (tx) => {
    const { workspaceId, memberId, fresh } = await invited(tx);
    await useMemberLink(tx, { token: tokenOf(await fresh()), password: 'ten letters and more' });
    const userId = (await findMember(tx, workspaceId, { memberId }))?.userId ?? '';
    const before = await passwordOf(tx, userId);
    await tx
      .withTables<{
        'sign_in.session': {
          userId: string;
          workspaceId: string;
          token: string;
          expiresAt: Date;
          updatedAt: Date;
        };
      }>()
      .insertInto('sign_in.session')
      .values({
        userId,
        workspaceId,
        token: `session of ${userId}`,
        expiresAt: new Date(Date.now() + DAY),
        updatedAt: new Date(),
      })
      .execute();
    expect(await sessionsOf(tx, userId)).toHaveLength(1);

    await useMemberLink(tx, { token: tokenOf(await fresh()), password: 'another ten letters' });
    expect(await sessionsOf(tx, userId)).toEqual([]);
    const after = await passwordOf(tx, userId);
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    expect((await findMember(tx, workspaceId, { memberId }))?.userId).toBe(userId);
  }));

test('a link of one workspace cannot set the password of another’s person', () =>
  withTx(async (tx) => {
    const { memberId, fresh, workspaceId } = await invited(tx);
    await keepPassword(
      tx,
      { workspaceId: await aWorkspace(tx) },
      {
        userId: null,
        name: '佐藤 勉',
        email: 'ben@komorebi.example',
        password: 'theirs and not ours',
      },
    );
    await expect(
      useMemberLink(tx, { token: tokenOf(await fresh()), password: 'ten letters and more' }),
    ).rejects.toMatchObject({ code: 'accounts.password_wrong' });
    expect((await findMember(tx, workspaceId, { memberId }))?.userId).toBeNull();
    // Nor by a way around the link.
    await expect(
      setMemberPassword(tx, { workspaceId }, { memberId, password: 'ten letters and more' }),
    ).rejects.toMatchObject({ code: 'accounts.email_elsewhere' });
  }));

test('a password that is known to all, or one’s own name, is not taken', () =>
  withTx(async (tx) => {
    const { workspaceId, memberId } = await invited(tx);
    for (const [password, code] of [
      ['password2026', 'accounts.password_too_common'],
      ['ben@komorebi.example', 'accounts.password_too_personal'],
      ['こもれび雑貨店 2026', 'accounts.password_too_personal'],
      ['nine char', 'accounts.password_refused'],
    ] as const) {
      const given = setMemberPassword(tx, { workspaceId }, { memberId, password });
      await expect(given).rejects.toMatchObject({ code });
    }
    expect((await findMember(tx, workspaceId, { memberId }))?.userId).toBeNull();
  }));

test('who has fewer rights makes no link for somebody who has more: a password is all his rights', () =>
  withTx(async (tx) => {
    const { admin, person } = await aCompany(tx);
    const manager = await person('manager');
    await expect(makeMemberLink(tx, manager, { ...admin, baseUrl: BASE })).rejects.toMatchObject({
      code: 'accounts.not_more_than_own',
    });
  }));

test('only who manages people makes links', () =>
  withTx(async (tx) => {
    const { workspaceId, memberId } = await invited(tx);
    const ben = await aMember(tx, workspaceId, { permissions: ['conversation.see'] });
    await expect(makeMemberLink(tx, ben, { memberId, baseUrl: BASE })).rejects.toMatchObject({
      code: 'accounts.not_allowed',
    });
  }));
