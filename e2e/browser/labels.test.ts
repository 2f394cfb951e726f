import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, openGround, withPictures } from './ground.ts';
import { gone, happened, see } from './timed.ts';
import type { Window } from './window.ts';

const CUP = '記念品のマグカップ';
const BAG = '紙袋の大きさ';
const GIFT = 'のし紙の書き方';

describe.skipIf(!canTravel)('what it is about, and many at once', () => {
  let ground: Ground;
  let window: Window;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    const midori = ground.customer('みどり製作所 中村', 'nakamura@midori.example');
    window = await ground.enter();
    for (const subject of [CUP, BAG, GIFT]) {
      await midori.write({ to: ORDER, subject, text: `${subject}について教えてください。` });
      await see(window.row(subject));
    }
  });
  afterAll(async () => {
    await ground?.close();
  });
  const press = (key: string) => window.page.keyboard.press(key);
  const button = (name: string | RegExp) => window.page.getByRole('button', { name });
  const chosen = (count: number) =>
    window.page.getByRole('heading', { name: `${count}件を選択中`, level: 1 });
  const rows = async () => (await window.page.getByRole('option').allTextContents()).length;

  test('L makes a label and puts it on; the row shows it, and the history says who', async () => {
    await window.row(CUP).click();
    await see(window.conversation.getByRole('heading', { name: CUP, level: 2 }));
    await press('l');
    const search = window.page.getByRole('combobox', { name: 'ラベルを探す' });
    await search.fill('法人');
    await see(window.page.getByRole('option', { name: '「法人」を作って付ける' }));
    await press('Enter');
    await see(window.page.getByRole('option', { name: '法人', selected: true, exact: true }));
    await press('Escape');
    await see(window.page.getByRole('option', { name: new RegExp(`${CUP}.*法人`) }));
    await see(window.conversation.getByText('ラベル「法人」を付けました'));
  });

  test('the filter finds by label, and is kept as a list whose number is its length', async () => {
    await button('絞り込み').click();
    await window.page.getByRole('checkbox', { name: '法人' }).check();
    await gone(window.row(BAG));
    await see(window.row(CUP));
    await window.page.getByRole('button', { name: '一覧として保存' }).click();
    await window.page.getByRole('textbox', { name: '一覧の名前' }).fill('法人のお客様');
    await window.page.getByRole('dialog').getByRole('button', { name: '保存する' }).click();
    await see(window.page.getByRole('heading', { name: '法人のお客様', level: 1 }));
    await see(window.page.getByRole('link', { name: /法人のお客様.*1/ }));
    await happened('one row', async () => (await rows()) === 1);
  });

  test('X and Shift+J choose, E finishes them all, and Z takes it back as one', async () => {
    await window.page.getByRole('link', { name: /ご注文・配送/ }).click();
    await see(window.row(GIFT));
    await press('j');
    await press('x');
    await see(chosen(1));
    await press('Shift+j');
    await see(chosen(2));
    await press('e');
    await see(window.page.getByText('2件を変更しました'));
    await gone(window.row(CUP));
    await gone(window.row(BAG));
    await press('z');
    await see(window.page.getByText('2件を元に戻しました'));
    await see(window.row(CUP));
    await see(window.row(BAG));
  });

  test('a label is renamed for all, and its deletion says on how many it stands', async () => {
    await window.page.goto(`${ground.house.url}/settings/labels`);
    await button('「法人」を変更').click();
    await window.page.getByRole('textbox', { name: 'ラベルの名前' }).fill('会社のお客様');
    await window.page.getByRole('dialog').getByRole('button', { name: '保存する' }).click();
    await button('「会社のお客様」を変更').click();
    await button('ラベルを削除').click();
    await see(window.page.getByText(/1件の案件から外れます/));
    await window.page.getByRole('button', { name: 'ラベルを削除' }).last().click();
    await see(window.page.getByText('ラベルはまだありません'));
    expect(await window.page.getByText('会社のお客様').count()).toBe(0);
  });
});
