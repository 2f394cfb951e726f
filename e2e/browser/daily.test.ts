import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, openGround, withPictures } from './ground.ts';
import { gone, happened, see } from './timed.ts';
import type { Window } from './window.ts';

const CUP = '記念品のマグカップ';
const BAG = '紙袋の大きさ';
const GIFT = 'のし紙の書き方';
const PLATE = '青磁の皿の在庫';

describe.skipIf(!canTravel)('a day at the list', () => {
  let ground: Ground;
  let window: Window;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    await ground.hire('佐藤 美咲', 'sato@komorebi.example', [ground.mailboxes.order]);
    const midori = ground.customer('みどり製作所 中村', 'nakamura@midori.example');
    const kobayashi = ground.customer('小林 真由美', 'mayumi@customer.example');
    const saito = ground.customer('斎藤 典子', 'saito@customer.example');
    window = await ground.enter();
    // One after the other, so that their order in the list is known.
    for (const [customer, subject] of [
      [midori, CUP],
      [kobayashi, BAG],
      [kobayashi, GIFT],
      [saito, PLATE],
    ] as const) {
      await customer.write({ to: ORDER, subject, text: `${subject}について教えてください。` });
      await see(window.row(subject));
    }
  });
  afterAll(async () => {
    await ground?.close();
  });
  const press = (key: string) => window.page.keyboard.press(key);
  const title = (subject: string) => window.conversation.getByRole('heading', { name: subject, level: 2 });
  const tab = (name: RegExp) => window.page.getByRole('tab', { name, selected: true });
  /** Keys belong to a menu until it has faded. */
  const choose = async (name: string) => {
    await window.page.getByRole('menuitem', { name, exact: true }).click();
    await gone(window.page.getByRole('menu'));
  };
  const assignee = (name: string) =>
    window.conversation.getByRole('button', { name: new RegExp(`担当者.*${name}`) });

  test('J and K walk through the list, longest waiting first', async () => {
    for (const [key, subject] of [
      ['j', CUP],
      ['j', BAG],
      ['j', GIFT],
      ['k', BAG],
    ] as const) {
      await press(key);
      await see(title(subject));
    }
    const names = await window.page.getByRole('option').allTextContents();
    expect(names.map((name) => [CUP, BAG, GIFT, PLATE].find((each) => name.includes(each)))).toEqual([
      CUP,
      BAG,
      GIFT,
      PLATE,
    ]);
  });

  test('S sets the status, the tabs show it, Z takes it back', async () => {
    await press('s');
    await choose('返信待ち');
    await see(window.toast('返信待ちにしました'));
    await press('2');
    await see(tab(/^返信待ち/));
    await see(window.row(BAG));
    await press('z');
    await gone(window.row(BAG));
    await press('1');
    await see(window.row(BAG));
    for (const [key, name] of [
      ['3', /^対応完了/],
      ['4', /^すべて/],
      ['1', /^未対応・対応中/],
    ] as const) {
      await press(key);
      await see(tab(name));
    }
  });

  test('M takes it, A gives it to a colleague, and 自分の担当 follows', async () => {
    await window.open(BAG);
    await press('m');
    await see(window.toast('田中 彩を担当者にしました'));
    await see(assignee('田中 彩'));
    await see(window.nav(/^自分の担当 ?1$/));
    await press('a');
    await choose('佐藤 美咲');
    await see(assignee('佐藤 美咲'));
    await gone(window.nav(/^自分の担当 ?1$/));
    await see(window.row(new RegExp(`${BAG}.*担当 佐藤 美咲`)));
  });

  test('E is done and the next one opens; Z takes it back', async () => {
    await window.open(CUP);
    await press('e');
    await see(window.toast('対応完了にしました'));
    await see(title(BAG));
    await gone(window.row(CUP));
    await press('z');
    await see(window.row(CUP));
  });

  test('# puts it into the trash, Z takes it back; from the trash it can be put back as well', async () => {
    await window.open(PLATE);
    await press('Shift+#');
    await see(window.toast('ゴミ箱に移しました'));
    await gone(window.row(PLATE));
    await press('z');
    await see(window.row(PLATE));

    await window.open(PLATE);
    await press('Shift+#');
    await gone(window.row(PLATE));
    await window.nav('ゴミ箱').click();
    await window.open(PLATE);
    await see(window.conversation.getByText('この案件はゴミ箱にあります。'));
    await window.button('その他').click();
    await choose('受信箱に戻す');
    await see(window.page.getByText('ゴミ箱は空です'));
  });

  test('! calls it spam, and it can be called back', async () => {
    await window.nav(/^ご注文・配送/).click();
    await window.open(PLATE);
    await press('Shift+!');
    await gone(window.row(PLATE));
    await window.nav('迷惑メール').click();
    await window.open(PLATE);
    await window.button('その他').click();
    await choose('迷惑メールではない');
    await see(window.page.getByText('迷惑メールはありません'));
    await window.nav(/^ご注文・配送/).click();
    await see(window.row(PLATE));
  });

  test('it moves to another mailbox, and its history says so', async () => {
    await window.open(PLATE);
    await window.button('その他').click();
    await choose('お問い合わせ');
    await see(window.toast('お問い合わせに移しました'));
    await gone(window.row(PLATE));
    await window.nav(/^お問い合わせ/).click();
    await window.open(PLATE);
    await window.conversation.getByRole('button', { name: /^変更 \d+件$/ }).click();
    await see(window.conversation.getByText('田中がご注文・配送からお問い合わせへ移しました'));
    await see(window.conversation.getByText('田中がゴミ箱に移しました'));
  });

  test('a note stays inside, and unread stays until it is looked at again', async () => {
    await press('n');
    await window.field('メモの内容').fill('在庫は金曜に届きます。');
    await window.field('メモの内容').press('Control+Enter');
    await see(window.toast('メモを残しました'));
    await see(window.conversation.getByRole('article').getByText('在庫は金曜に届きます。'));
    await see(window.conversation.getByText('メモ（社外には送信されません）'));

    await press('Shift+U');
    await see(window.toast('未読にしました'));
    await see(window.row(new RegExp(`未読、.*${PLATE}`)));
  });

  test('the tree shows who answered what', async () => {
    await window.open(PLATE);
    await window.button('ツリー表示').click();
    const tree = window.page.getByRole('list', { name: '返信のつながり' });
    await see(tree.getByRole('button', { name: /斎藤 典子/ }));
    expect(await tree.getByRole('listitem').count()).toBe(2);
    await tree.getByRole('button', { name: /斎藤 典子/ }).click();
    await see(window.conversation.getByRole('article'));
  });

  test('the customer’s other conversations stand beside it', async () => {
    await window.nav(/^ご注文・配送/).click();
    await window.open(BAG);
    const panel = window.page.getByRole('complementary', { name: '顧客' });
    await see(panel.getByText('案件 2件'));
    await panel.getByRole('link', { name: new RegExp(GIFT) }).click();
    await see(title(GIFT));
    expect(new URL(window.page.url()).pathname).toMatch(/^\/c\//);
  });

  test('search finds by words of the text, and opens what it found', async () => {
    await press('/');
    const field = window.field('件名・本文・アドレスを検索');
    await field.fill('マグカップについて');
    await field.press('Enter');
    await see(window.page.getByText('1件見つかりました'));
    await window.page
      .getByRole('main')
      .getByRole('link', { name: new RegExp(CUP) })
      .click();
    await see(title(CUP));
  });

  test('words that were not sent wait among the drafts', async () => {
    await window.nav(/^ご注文・配送/).click();
    await window.open(GIFT);
    await press('r');
    await window.field('本文').fill('のし紙は「内祝」がよろしいかと存じます。');
    await window.button('返信をやめる').click();
    await see(window.button('返信'));
    await window.nav(/^下書き ?1$/).click();
    await window.page.getByRole('button', { name: /内祝/ }).click();
    const words = () => window.field('本文').inputValue();
    await happened('the words are there', async () => (await words()).includes('内祝'));
    expect(window.faults).toEqual([]);
  });
});
