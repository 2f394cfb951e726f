import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MemberId } from '@madoguchi/contract';
import { afterAll, expect, test } from 'vitest';
import { newId, openSecrets, readConfig, type Tx } from '../../platform/index.ts';
import { aCompany } from '../../testing/a-company.ts';
import { aMailbox, aMember, aWorkspace, withTx } from '../../testing/index.ts';
import type { MemberActor } from '../actor.ts';
import { reloadActor } from '../load-actor.ts';
import { leaveMember } from '../member/leave-member.ts';
import { getMe } from '../member/me.ts';
import { makeSignInId } from '../sign-in/sign-in-id.ts';
import { actorOfToken, makeToken } from '../sign-in/token.ts';
import { previewAs } from './preview-as.ts';
import { noPreviewCookie, previewCookie, previewEnd, readPreview } from './preview-cookie.ts';
import { startPreview } from './start-preview.ts';

const folder = await mkdtemp(join(tmpdir(), 'preview-'));
const keyFile = (name: string) => join(folder, `${name}.key`);
afterAll(() => rm(folder, { recursive: true }));
const config = readConfig({ MADOGUCHI_DATA: '/nowhere' });
const secrets = await openSecrets(keyFile('ours'));
const edge = { config, secrets };
const mark = { sessionOrTokenId: 'session:1', memberId: newId<MemberId>(), until: previewEnd() };
const sent = (cookie: string) => cookie.split(';')[0] ?? '';

test('the cookie is out of reach for scripts and foreign pages, for a day, and Secure under https', () => {
  const cookie = previewCookie(edge, mark);
  expect(cookie).toMatch(
    /^madoguchi-3000\.preview=[\w-]+; Max-Age=86400; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const secure = { secrets, config: { ...config, url: 'https://desk.komorebi.example' } };
  expect(previewCookie(secure, mark)).toMatch(/; Secure$/);
  expect(noPreviewCookie(config)).toMatch(/^madoguchi-3000\.preview=; Max-Age=0;/);
  expect(cookie).not.toContain(mark.memberId);
});

test('what was sealed is read again, and after an hour says that it is over', () => {
  const cookie = `a=b; ${sent(previewCookie(edge, { ...mark, until: previewEnd(1_000) }))}; c=d`;
  const isOver = (ms: number) => readPreview(edge, cookie, 1_000 + ms)?.isOver;
  expect(readPreview(edge, cookie, 1_000)).toMatchObject({ ...mark, until: 3_601_000 });
  expect([isOver(0), isOver(60 * 60_000 - 1), isOver(60 * 60_000)]).toEqual([false, false, true]);
});

test('a cookie that was altered, made elsewhere, or is something else that we sealed, says nothing', async () => {
  const others = { config, secrets: await openSecrets(keyFile('others')) };
  const cookie = sent(previewCookie(edge, mark));
  const sealed = Buffer.from(secrets.seal('["password","session:1","x",9999999999999]'), 'base64');
  for (const wrong of [
    '',
    'madoguchi-3000.preview=',
    'madoguchi-3000.preview=nonsense',
    `${cookie.slice(0, -2)}AA`,
    sent(previewCookie(others, mark)),
    `madoguchi-3000.preview=${sealed.toString('base64url')}`,
    cookie.replace('3000', '3001'),
  ])
    expect([wrong, readPreview(edge, wrong)]).toEqual([wrong, null]);
});

async function twoMailboxes(tx: Tx) {
  const company = await aCompany(tx);
  const [orders, returns] = [
    await aMailbox(tx, company.workspaceId),
    await aMailbox(tx, company.workspaceId),
  ];
  return { ...company, orders, returns };
}

test('who looks as somebody else may what both may, where both work', () =>
  withTx(async (tx) => {
    const { workspaceId, person, orders, returns } = await twoMailboxes(tx);
    const ada = await aMember(tx, workspaceId, {
      permissions: ['conversation.see', 'people.preview'],
      mailboxIds: [orders],
      level: 'read',
    });
    const ben = await person('member', { mailboxIds: [orders, returns], level: 'manage' });
    const seen = previewAs(ada, ben);
    expect(seen).toMatchObject({ memberId: ben.memberId, previewedBy: ada, scope: ben.scope });
    expect([...(seen?.permissions ?? [])]).toEqual(['conversation.see']);
    expect([...(seen?.mailboxes ?? [])]).toEqual([[orders, 'read']]);
    expect(previewAs(ada, null)).toBeNull();
    expect(previewAs(ben, ada)).toBeNull();
  }));

/** With a session of his own, unless he came with a token. */
const atPage = (actor: MemberActor): MemberActor => ({
  ...actor,
  sessionOrTokenId: actor.sessionOrTokenId ?? makeSignInId('session', newId()),
});

test('it is begun by a person at the page, for one who is active and may no more than he', () =>
  withTx(async (tx) => {
    const { workspaceId, admin, person } = await aCompany(tx);
    const [ben, manager] = [await person('reader'), await person('manager')];
    const start = (actor: typeof admin, memberId: MemberId) =>
      startPreview(tx, atPage(actor), { memberId, until: new Date(previewEnd()) });
    await start(admin, ben.memberId);
    await start(manager, ben.memberId);
    const stranger = await aMember(tx, await aWorkspace(tx));
    await leaveMember(tx, admin, 'suspended', { memberId: ben.memberId, successorId: null });
    const byToken = await actorOfToken(tx, await makeToken(tx, admin, admin));
    for (const [actor, memberId, code] of [
      [admin, ben.memberId, 'accounts.member_not_found'],
      [admin, stranger.memberId, 'accounts.member_not_found'],
      [admin, admin.memberId, 'accounts.not_oneself'],
      [manager, admin.memberId, 'accounts.not_more_than_own'],
      [await person('member'), manager.memberId, 'accounts.not_allowed'],
      [byToken ?? admin, manager.memberId, 'accounts.not_by_token'],
    ] as const)
      await expect(start(actor, memberId), code).rejects.toMatchObject({ code });
    const told = await tx
      .selectFrom('event')
      .select(['member_id', 'facts'])
      .where('workspace_id', '=', workspaceId)
      .where('kind', '=', 'preview_started')
      .orderBy('id')
      .execute();
    expect(told.map(({ facts }) => facts)).toEqual(Array(2).fill({ memberId: ben.memberId }));
    expect(new Set(told.map((one) => one.member_id))).toEqual(new Set([admin.memberId, manager.memberId]));
  }));

test('a stream follows both: whom one looks at, and who looks', () =>
  withTx(async (tx) => {
    const { admin, person, workspaceId } = await aCompany(tx);
    const [ben, manager] = [await person('reader'), await person('manager')];
    const seen = previewAs(manager, ben);
    if (seen === null) throw new Error('no preview');
    expect(await reloadActor(tx, seen, '203.0.113.7')).toEqual(seen);

    await tx
      .updateTable('workspace')
      .set({ networks: ['198.51.100.0/24'] })
      .where('id', '=', workspaceId)
      .execute();
    expect(await reloadActor(tx, seen, '203.0.113.7')).toBeNull();
    expect(await reloadActor(tx, seen, '198.51.100.7')).toEqual(seen);

    await leaveMember(tx, admin, 'left', { memberId: manager.memberId, successorId: null });
    expect(await reloadActor(tx, seen, '198.51.100.7')).toBeNull();
    const seenByAdmin = previewAs(admin, ben);
    if (seenByAdmin === null) throw new Error('no preview');
    await leaveMember(tx, admin, 'left', { memberId: ben.memberId, successorId: null });
    expect(await reloadActor(tx, seenByAdmin, '198.51.100.7')).toBeNull();
  }));

test('the page is told that it shows another', () =>
  withTx(async (tx) => {
    const { admin, person } = await aCompany(tx);
    const ben = await person('reader', { name: '田中 彩' });
    const seen = previewAs(admin, ben);
    if (seen === null) throw new Error('no preview');
    expect(await getMe(tx, seen)).toMatchObject({
      member: { id: ben.memberId },
      preview: { memberId: ben.memberId, name: '田中 彩' },
      unusualSignIns: 0,
    });
    expect((await getMe(tx, ben)).preview).toBeNull();
  }));
