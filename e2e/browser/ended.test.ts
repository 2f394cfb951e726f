import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, openGround, PASSWORD, type Person, withPictures } from './ground.ts';
import { retire } from './retire.ts';
import { gone, happened, see } from './timed.ts';
import { openWindow, type Window } from './window.ts';

const SEEN = '器のお問い合わせ';
const HALF = '青い器は在庫がござい';
const WHOLE = '青い器は在庫がございます。三枚までお取り置きできます。';
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

describe.skipIf(!canTravel)('a window whose time is over', () => {
  let ground: Ground;
  let owner: Window;
  let sato: Window;
  let suzuki: Window;
  let persons: { sato: Person; suzuki: Person };
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    const { order } = ground.mailboxes;
    persons = {
      sato: await ground.hire('佐藤 美咲', 'sato@komorebi.example', [order]),
      suzuki: await ground.hire('鈴木 健', 'suzuki@komorebi.example', [order]),
    };
    owner = await ground.enter();
    await kobayashi().write({ to: ORDER, subject: SEEN, text: '青い器はありますか。' });
    await see(owner.row(SEEN));
  });
  afterAll(async () => {
    await ground?.close();
  });

  const kobayashi = () => ground.customer('小林 真由美', 'mayumi@customer.example');
  const dialog = () => sato.page.getByRole('dialog', { name: 'ログインの期限が切れました' });
  const body = () => sato.field('本文');
  const hasHold = () => see(sato.conversation.getByText('ほかの人は返信できません'));
  /** Nobody has touched anything at her desk for so long. */
  const isAway = (minutes: number) =>
    ground.house.change(
      `update sign_in.session set "lastActiveAt" = now() - make_interval(mins => $1)
       where "userId" = (select id from sign_in."user" where email = $2)`,
      minutes,
      persons.sato.email,
    );
  const signInAgain = async () => {
    await dialog().getByLabel('パスワード', { exact: true }).fill(PASSWORD);
    await dialog().getByRole('button', { name: 'ログイン', exact: true }).click();
    await gone(dialog());
  };
  const showsNothing = async ({ page }: Window, ...words: string[]) => {
    for (const each of [SEEN, ...words]) expect(await page.getByText(each).count()).toBe(0);
    const fields = await page.getByRole('textbox').all();
    const values = await Promise.all(fields.map((field) => field.inputValue()));
    for (const each of words) expect(values.join()).not.toContain(each);
  };

  test('nobody at the desk for longer than the workspace allows: the window empties itself', async () => {
    await owner.page.goto(`${ground.house.url}/settings/security`);
    await owner.page.getByLabel(/^自動ログアウトまで（分）/).fill('30');
    await owner.button('保存する').click();
    await see(owner.toast('保存しました'));

    sato = await ground.enter(persons.sato);
    await sato.open(SEEN);
    await sato.button('返信').click();
    await hasHold();
    await body().fill(HALF);
    await see(sato.conversation.getByText(/保存済み/));
    await isAway(29);
    await sato.page.reload();
    await hasHold();
    expect(await dialog().count()).toBe(0);

    await isAway(31);
    await see(dialog().getByText('書いた文は残っています。'));
    await showsNothing(sato, HALF);
  });

  test('signed in again in place, the words are there and the answer goes on', async () => {
    await signInAgain();
    await hasHold();
    await happened('the words are back', async () => (await body().inputValue()) === HALF);
  });

  test('words that were half typed at that moment survive as well, and are sent', async () => {
    await isAway(31);
    await body().fill(WHOLE);
    await see(dialog());
    await showsNothing(sato, HALF);
    await signInAgain();
    await hasHold();
    await happened('the words are back', async () => (await body().inputValue()) === WHOLE);
    await sato.button('送信').click();
    await see(sato.toast('送信しました'));
    const letter = await kobayashi().gets('the answer', () => true);
    expect(letter.text).toContain(WHOLE);
  });

  test('retired while he answers on the phone: it says so and shows nothing any more', async () => {
    suzuki = await openWindow(ground.browser, PHONE);
    await suzuki.page.goto(ground.house.url);
    await suzuki.field('メールアドレス').fill(persons.suzuki.email);
    await suzuki.field('パスワード').fill(PASSWORD);
    await suzuki.button('ログイン').click();
    await suzuki.page.getByRole('tab', { name: /^すべて/ }).click();
    await suzuki.open(SEEN);
    await suzuki.button('返信').click();
    await see(suzuki.conversation.getByText(/あなたが返信中/));
    await suzuki.field('本文').fill(HALF);
    await see(suzuki.conversation.getByText(/保存済み/));

    await owner.page.goto(`${ground.house.url}/settings/people`);
    await retire(owner.page, '鈴木 健');
    await see(suzuki.page.getByText('利用が終了しました'));
    await showsNothing(suzuki, HALF);
    expect(await suzuki.page.getByRole('navigation').count()).toBe(0);
  });

  test('nor after a reload, nor by the back button', async () => {
    const { page } = suzuki;
    const told: Promise<string>[] = [];
    page.on('response', (answer) => {
      if (answer.headers()['content-type']?.includes('json')) told.push(answer.text().catch(() => ''));
    });
    await page.reload();
    await see(page.getByText('利用が終了しました'));
    await showsNothing(suzuki, HALF);
    for (const _list of ['all of it', 'what is open']) {
      await page.goBack();
      await see(page.getByText('利用が終了しました'));
      await showsNothing(suzuki, HALF);
    }
    expect((await Promise.all(told)).filter((body) => body.includes(SEEN))).toEqual([]);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toContain(HALF);
    expect([...owner.faults, ...sato.faults, ...suzuki.faults]).toEqual([]);
  });
});
