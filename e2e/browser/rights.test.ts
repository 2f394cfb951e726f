import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, openGround, PASSWORD, withPictures } from './ground.ts';
import { gone, happened, see } from './timed.ts';
import { openWindow, type Window } from './window.ts';

const SUBJECT = 'お皿の追加注文について';
const ROLE = '下書き係';

describe.skipIf(!canTravel)('an administrator decides who may do what', () => {
  let ground: Ground;
  let owner: Window;
  let suzuki: Window;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    await ground.hire('佐藤 美咲', 'sato@komorebi.example', [ground.mailboxes.order]);
    owner = await ground.enter();
    await ground
      .customer('小林 真由美', 'mayumi@customer.example')
      .write({ to: ORDER, subject: SUBJECT, text: '三枚追加できますか。' });
    await see(owner.row(SUBJECT));
  });
  afterAll(async () => {
    await ground?.close();
  });

  const settings = async (section: string) => {
    await owner.nav('設定').click();
    await owner.page.getByRole('navigation', { name: '設定' }).getByRole('link', { name: section }).click();
  };
  const personRow = (name: string) => owner.page.getByRole('listitem').filter({ hasText: name });
  const dialog = () => owner.page.getByRole('dialog');
  /** Works in the mailbox again, and has the conversation. */
  const giveBack = async (memberId: string): Promise<string> => {
    const { order } = ground.mailboxes;
    const mailboxes = (await ground.owner.ask('GET', '/mailboxes')).items;
    const { access } = mailboxes.find(({ id }: { id: string }) => id === order);
    const members = access.members.map((each: { memberId: string }) =>
      each.memberId === memberId ? { memberId, level: 'work' } : each,
    );
    await ground.owner.ask('PUT', `/mailboxes/${order}/access`, { ...access, members });
    const { items } = await ground.owner.ask('GET', '/conversations');
    const found = items.find(({ subject }: { subject: string }) => subject === SUBJECT);
    const body = { assigneeId: memberId, seenAssigneeId: found.assigneeId };
    await ground.owner.ask('PUT', `/conversations/${found.id}/assignee`, body);
    return found.id;
  };
  const idOf = async (name: string): Promise<string> => {
    const { items } = await ground.owner.ask('GET', '/members');
    return items.find((each: { name: string }) => each.name === name).id;
  };

  test('a person is invited by a link to copy and is inside', async () => {
    await settings('メンバー');
    await owner.button('メンバーを招待').click();
    await dialog().getByLabel('名前').fill('鈴木 健');
    await dialog().getByLabel('メールアドレス').fill('suzuki@komorebi.example');
    await dialog().getByLabel('ご注文・配送').check();
    await dialog().getByRole('button', { name: '招待する' }).click();
    const link =
      (await dialog()
        .getByText(/\/link\//)
        .textContent()) ?? '';
    await owner.page.keyboard.press('Escape');
    await see(personRow('鈴木 健').getByText('招待中'));

    suzuki = await openWindow(ground.browser);
    await suzuki.page.goto(link);
    await suzuki.page.getByLabel(/^新しいパスワード/).fill(PASSWORD);
    await suzuki.button('決めてログイン').click();
    await see(suzuki.row(SUBJECT));
    await gone(personRow('鈴木 健').getByText('招待中'));
  });

  test('a role is made by copying one, and a right is taken from it', async () => {
    await settings('権限');
    await owner.page
      .getByRole('link', { name: /^メンバー/ })
      .last()
      .click();
    await see(owner.page.getByText('はじめからある権限は、内容を変えられません。'));
    await owner.button('複製して作る').click();
    await dialog().getByLabel('新しい権限の名前').fill(ROLE);
    await dialog().getByRole('button', { name: '権限を作る' }).click();
    await see(owner.page.getByRole('heading', { name: ROLE }));
    const send = owner.page.getByRole('checkbox', { name: '送信する', exact: true });
    expect(await send.isChecked()).toBe(true);
    await send.uncheck();
    await owner.button('保存する').click();
    await see(owner.toast('保存しました'));
    await owner.page.reload();
    await see(send);
    expect(await send.isChecked()).toBe(false);
  });

  test('the role is given to him, and his open window loses the button at once', async () => {
    await suzuki.open(SUBJECT);
    await suzuki.button('返信').click();
    await see(suzuki.conversation.getByRole('button', { name: /^送信/ }));

    await settings('メンバー');
    await owner.button('鈴木 健さんを変更').click();
    await dialog().getByLabel('権限').selectOption({ label: ROLE });
    await dialog().getByRole('button', { name: '保存する' }).click();
    await see(personRow('鈴木 健').getByText(ROLE));

    await gone(suzuki.conversation.getByRole('button', { name: /^送信/ }));
    await see(suzuki.conversation.getByText('送信できる人が内容を確かめて送ります。'));
    await suzuki.button('返信をやめる').click();
    await see(suzuki.button('返信'));
  });

  test('a mailbox is restricted to reading for him', async () => {
    await settings('ご注文・配送');
    await owner.page.getByLabel('鈴木 健の使い方').selectOption({ label: '見るだけ' });
    await owner.button('保存する').click();
    await see(owner.toast('保存しました'));

    await gone(suzuki.button('返信'));
    await see(suzuki.conversation.getByText('見ることだけができます'));
    expect(await suzuki.button('メモ').count()).toBe(0);
  });

  test('a setting is found by a reading of its name', async () => {
    const field = owner.page.getByRole('combobox', { name: '設定を検索' });
    await field.fill('taishoku');
    await see(owner.page.getByRole('option', { name: /退職/ }));
    await field.press('Enter');
    await see(owner.page.getByRole('heading', { name: 'メンバー' }));
  });

  test('looked at as him: what he sees, nothing can be changed, and back', async () => {
    await owner.button('鈴木 健さんの操作').click();
    await owner.page.getByRole('menuitem', { name: 'この人として見る' }).click();
    const strip = owner.page.getByText('鈴木 健さんとして見ています。');
    await see(strip);
    await owner.open(SUBJECT);
    expect(await owner.button('返信').count()).toBe(0);
    await owner.page.goto(`${ground.house.url}/settings/people`);
    await see(owner.page.getByText('この設定はないか、見る権利がありません'));
    const status = await owner.page.evaluate(async () => {
      const body = JSON.stringify({ name: '別の名前', signature: '', language: null, timeZone: null });
      const headers = { 'content-type': 'application/json' };
      return (await fetch('/api/v1/me', { method: 'PUT', headers, body })).status;
    });
    expect(status).toBe(409);

    await owner.button('自分に戻る').click();
    await gone(strip);
    await settings('メンバー');
    await see(owner.button('メンバーを招待'));
    await see(personRow('鈴木 健'));
  });

  test('he retires: what moves is told first, and it moves to whom was chosen', async () => {
    const conversationId = await giveBack(await idOf('鈴木 健'));
    await personRow('鈴木 健').getByRole('button', { name: '退職・休職' }).click();
    await see(dialog().getByText('担当している案件'));
    await see(dialog().getByText('1件'));
    await dialog()
      .getByRole('radio', { name: /退職（戻りません）/ })
      .check();
    await dialog().getByRole('button', { name: '退職にする' }).click();
    await see(dialog().getByText('引き継ぐ人か、「担当者なしに戻す」を選んでください。'));
    await dialog().getByLabel('引き継ぐ人').selectOption({ label: '佐藤 美咲' });
    await dialog().getByRole('button', { name: '退職にする' }).click();
    await see(owner.toast('鈴木 健さんを退職にしました'));
    await gone(personRow('鈴木 健'));
    await owner.button(/退職した人を表示/).click();
    await see(personRow('鈴木 健').getByText('退職'));

    const successorId = await idOf('佐藤 美咲');
    await happened('the conversation is handed on', async () => {
      const now = await ground.owner.ask('GET', `/conversations/${conversationId}`);
      return now.assigneeId === successorId;
    });
    await gone(suzuki.row(SUBJECT));
    expect([...owner.faults, ...suzuki.faults]).toEqual([]);
  });
});
