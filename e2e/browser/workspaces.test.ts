import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, openGround, PASSWORD, type Person, withPictures } from './ground.ts';
import { see } from './timed.ts';
import { openWindow, type Window } from './window.ts';

const FIRST = 'こもれび雑貨店';
const SECOND = 'ひなた書房';
const INFO = 'info@hinata.example';
const CUP = '記念品のマグカップ';
const BOOK = '絶版の本について';

describe.skipIf(!canTravel)('one person in two workspaces', () => {
  let ground: Ground;
  let mori: Window;
  let sato: Window;
  let person: Person;
  let link: string;
  /** Of the conversation in the first workspace. */
  let cupId: string;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    person = await ground.hire('佐藤 美咲', 'sato@komorebi.example', [ground.mailboxes.order]);
    await kobayashi().write({ to: ORDER, subject: CUP, text: '120個でお願いします。' });
    sato = await ground.enter(person);
    await see(sato.row(CUP));
    cupId = (await ground.owner.ask('GET', '/conversations')).items[0].id;
  });
  afterAll(async () => {
    await ground?.close();
  });

  const kobayashi = () => ground.customer('小林 真由美', 'mayumi@customer.example');
  const shows = async (page: Page, ...words: string[]) => {
    const found = await Promise.all(words.map((each) => page.getByText(each).count()));
    return words.filter((_, at) => found[at] !== 0);
  };
  const space = (window: Window, name: string) => window.button(`${name}、ワークスペースを切り替える`);
  const goTo = async (window: Window, from: string, to: string) => {
    await space(window, from).click();
    await window.page.getByRole('menuitem', { name: to }).click();
    await see(space(window, to));
  };

  test('a second workspace is added by command, and its administrator begins by the link', async () => {
    const printed = await ground.house.command(
      ...['workspace', '--company', SECOND, '--name', '森 大輔', '--email', 'mori@hinata.example'],
      ...['--mailbox', INFO],
    );
    mori = await openWindow(ground.browser);
    await mori.page.goto(/https?:\S+/.exec(printed)?.[0] ?? '');
    await see(mori.page.getByText(`森 大輔さん、${SECOND}の窓口へようこそ。`));
    await mori.page.getByLabel(/^新しいパスワード/).fill(PASSWORD);
    await mori.button('決めてログイン').click();
    await see(mori.page.getByText(SECOND));
    await kobayashi().write({ to: INFO, subject: BOOK, text: '入荷はありますか。' });
    await see(mori.row(BOOK));
    await mori.nav('すべて').click();
    await see(mori.row(BOOK));
    expect(await shows(mori.page, CUP, FIRST)).toEqual([]);
  });

  test('he invites somebody who is in the first one already, and is not told so', async () => {
    await mori.page.goto(`${ground.house.url}/settings/people`);
    expect(await shows(mori.page, '佐藤', '田中')).toEqual([]);
    await mori.button('メンバーを招待').click();
    const dialog = mori.page.getByRole('dialog');
    await dialog.getByLabel('名前').fill('佐藤 美咲');
    await dialog.getByLabel('メールアドレス').fill(person.email);
    await dialog.getByLabel('info').check();
    await dialog.getByRole('button', { name: '招待する' }).click();
    link = (await dialog.getByText(/\/link\//).textContent()) ?? '';
    expect(await shows(mori.page, FIRST)).toEqual([]);
  });

  test('she joins with the password that she has, and with no other', async () => {
    await sato.page.goto(link);
    await see(sato.page.getByRole('heading', { name: `${SECOND}に参加する` }));
    await sato.page.getByLabel('いまのパスワード').fill('another password');
    await sato.button('参加してログイン').click();
    await see(sato.page.getByText(/^パスワードが違います。/));
    await sato.page.getByLabel('いまのパスワード').fill(PASSWORD);
    await sato.button('参加してログイン').click();
    await see(sato.row(BOOK));
    await see(space(sato, SECOND));
    expect(await shows(sato.page, CUP, 'ご注文・配送')).toEqual([]);
  });

  test('she goes from one to the other, and each shows its own alone', async () => {
    await goTo(sato, SECOND, FIRST);
    await see(sato.row(CUP));
    expect(await shows(sato.page, BOOK)).toEqual([]);
    await sato.nav('すべて').click();
    await see(sato.row(CUP));
    expect(await shows(sato.page, BOOK)).toEqual([]);

    await sato.open(CUP);
    await goTo(sato, FIRST, SECOND);
    await see(sato.row(BOOK));
    await sato.nav('すべて').click();
    await see(sato.row(BOOK));
    expect(await shows(sato.page, CUP)).toEqual([]);
  });

  test('what was open in the first comes back neither by the back button nor by its address', async () => {
    const { page } = sato;
    const { order } = ground.mailboxes;
    const told: Promise<string>[] = [];
    page.on('response', (answer) => {
      if (answer.headers()['content-type']?.includes('json')) told.push(answer.text().catch(() => ''));
    });
    await see(sato.row(BOOK));
    // As far back as the window's memory goes: lists, the open conversation, the link, the sign-in.
    const anything = page.getByRole('navigation').or(page.getByRole('main'));
    let back = 0;
    for (; back < 20; back += 1) {
      await page.goBack();
      if (page.url() === 'about:blank') break;
      await see(anything);
      expect(await shows(page, CUP)).toEqual([]);
    }
    expect(back).toBeGreaterThan(5);
    await page.goto(`${ground.house.url}/c/${cupId}`);
    await see(page.getByText('この案件は表示できません'));
    expect(await shows(page, CUP)).toEqual([]);
    await page.goto(`${ground.house.url}/m/${order}?c=${cupId}&tab=all`);
    await see(page.getByText('この案件は表示できません'));
    expect(await shows(page, CUP, 'ご注文・配送')).toEqual([]);
    expect((await Promise.all(told)).filter((body) => body.includes(CUP))).toEqual([]);
  });

  test('a page that the browser itself kept is asked for anew when it is shown again', async () => {
    const { page } = sato;
    await page.goto(ground.house.url);
    await see(sato.row(BOOK));
    const loaded = page.waitForEvent('load');
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    await loaded;
    await see(sato.row(BOOK));
  });

  test('another window of the same browser follows at once', async () => {
    const { page } = sato;
    await page.goto(ground.house.url);
    await see(sato.row(BOOK));
    const beside = await sato.context.newPage();
    await beside.goto(ground.house.url);
    await see(beside.getByRole('option', { name: BOOK }));
    await goTo(sato, SECOND, FIRST);
    await see(sato.row(CUP));
    await see(beside.getByRole('option', { name: CUP }));
    expect(await shows(beside, BOOK)).toEqual([]);
    await beside.close();
  });

  test('a letter to the second is not heard of in the first', async () => {
    const later = '文庫の在庫';
    await kobayashi().write({ to: INFO, subject: later, text: 'ありますか。' });
    await mori.page.goto(ground.house.url);
    await see(mori.row(later));
    await kobayashi().write({ to: ORDER, subject: '紙袋の大きさ', text: '教えてください。' });
    await see(sato.row('紙袋の大きさ'));
    expect(await shows(sato.page, later, BOOK)).toEqual([]);
    expect([...mori.faults, ...sato.faults]).toEqual([]);
  });
});
