import { expect, test } from 'vitest';
import type { Tx } from '../../platform/index.ts';
import { aMember, aWorkspace, withTx } from '../../testing/index.ts';
import type { MemberActor } from '../actor.ts';
import { exportSignIns } from './export-sign-ins.ts';
import { listSignIns } from './list-sign-ins.ts';
import { recordSignIn } from './record-sign-in.ts';

const signsIn = (tx: Tx, person: MemberActor, userAgent = '') =>
  recordSignIn(tx, person, {
    address: '203.0.113.7',
    userAgent,
    way: 'passkey',
    outcome: 'signed_in',
    sessionId: null,
  });

/** An administrator, and a colleague with no right at all; each has signed in. */
async function twoPeople(tx: Tx) {
  const workspaceId = await aWorkspace(tx);
  const ada = await aMember(tx, workspaceId, { name: '佐藤 美咲' });
  const ben = await aMember(tx, workspaceId, { name: '=1+1', permissions: [] });
  await signsIn(tx, ada);
  await signsIn(tx, ben, 'curl/8');
  return { ada, ben };
}

test('everybody sees his own history, and others’ only who may', () =>
  withTx(async (tx) => {
    const { ada, ben } = await twoPeople(tx);
    const whose = async (actor: MemberActor, memberId?: string) =>
      (await listSignIns(tx, actor, { memberId })).items.map((item) => item.memberId);
    expect(await whose(ben, 'me')).toEqual([ben.memberId]);
    expect(await whose(ben, ben.memberId)).toEqual([ben.memberId]);
    expect(await whose(ada)).toEqual([ben.memberId, ada.memberId]);
    expect(await whose(ada, ben.memberId)).toEqual([ben.memberId]);
    for (const memberId of [undefined, ada.memberId])
      await expect(whose(ben, memberId)).rejects.toMatchObject({ code: 'accounts.not_allowed' });
  }));

test('of another company nothing is seen, and a person who is not there is not there', () =>
  withTx(async (tx) => {
    const { ada } = await twoPeople(tx);
    const stranger = await aMember(tx, await aWorkspace(tx));
    expect((await listSignIns(tx, stranger, {})).items).toEqual([]);
    for (const memberId of [ada.memberId, 'nobody'])
      await expect(listSignIns(tx, stranger, { memberId })).rejects.toMatchObject({
        code: 'accounts.member_not_found',
      });
  }));

test('page by page, the newest first, each once', () =>
  withTx(async (tx) => {
    const { ada } = await twoPeople(tx);
    for (let n = 0; n < 5; n += 1) await signsIn(tx, ada);
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await listSignIns(tx, ada, { limit: 3, cursor });
      pages.push(page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    const all = await listSignIns(tx, ada, {});
    expect(pages.flat()).toEqual(all.items.map(({ id }) => id));
    const moments = all.items.map(({ at }) => at.getTime());
    expect(moments).toEqual(moments.toSorted((a, b) => b - a));
  }));

test.each(['x', '1_2', "1_'; drop table member"])('a page mark %s is refused', (cursor) =>
  withTx(async (tx) => {
    const { ada } = await twoPeople(tx);
    await expect(listSignIns(tx, ada, { cursor })).rejects.toMatchObject({
      code: 'accounts.sign_in_cursor_unfit',
    });
  }),
);

test('the table speaks the asker’s language, keeps his time, and runs nothing', () =>
  withTx(async (tx) => {
    const { ada, ben } = await twoPeople(tx);
    await tx
      .updateTable('member')
      .set({ language: 'ja', time_zone: 'Asia/Tokyo' })
      .where('workspace_id', '=', ada.workspaceId)
      .where('id', '=', ada.memberId)
      .execute();
    await tx
      .updateTable('sign_in_record')
      .set({ at: new Date('2026-11-21T16:00:05.000Z') })
      .where('workspace_id', '=', ada.workspaceId)
      .where('member_id', '=', ben.memberId)
      .execute();
    const { fileName, text } = await exportSignIns(tx, ada, { memberId: ben.memberId, language: 'en' });
    expect(fileName).toBe('ログイン履歴.csv');
    expect(text).toBe(
      '\uFEFF日時（Asia/Tokyo）,名前,結果,方法,IPアドレス,端末,いつもと違う,終了した人\r\n' +
        "2026-11-22 01:00:05,'=1+1,ログイン,パスキー,203.0.113.7,curl,,\r\n",
    );
  }));

test('who has set nothing gets his browser’s language and time, and UTC for one that nobody knows', () =>
  withTx(async (tx) => {
    const { ada, ben } = await twoPeople(tx);
    const head = async (timeZone?: string) =>
      (await exportSignIns(tx, ada, { timeZone, language: 'en' })).text.split(',')[0];
    expect(await head('Europe/Berlin')).toBe('\uFEFFTime (Europe/Berlin)');
    expect(await head('Nowhere/Never')).toBe('\uFEFFTime (UTC)');
    expect(await head()).toBe('\uFEFFTime (UTC)');
    await expect(exportSignIns(tx, ben, { language: 'en' })).rejects.toMatchObject({
      code: 'accounts.not_allowed',
    });
  }));
