import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, openGround, PASSWORD, type Person, withPictures } from './ground.ts';
import { retire } from './retire.ts';
import { gone, happened, see } from './timed.ts';
import { totpOf } from './totp.ts';
import { openWindow, type Window } from './window.ts';

const SEEN = '器のお問い合わせ';
const WORDS = '青い器は在庫がございます。';

describe.skipIf(!canTravel)('who may come in, and who may no more', () => {
  let ground: Ground;
  let owner: Window;
  let sato: Window;
  let person: Person;
  let key = '';
  let recovery = '';
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    person = await ground.hire('佐藤 美咲', 'sato@komorebi.example', [ground.mailboxes.order]);
    owner = await ground.enter();
    const customer = ground.customer('小林 真由美', 'mayumi@customer.example');
    await customer.write({ to: ORDER, subject: SEEN, text: '青い器はありますか。' });
    await see(owner.row(SEEN));
  });
  afterAll(async () => {
    await ground?.close();
  });

  const askPassword = async (window: Window) => {
    await window.page.goto(`${ground.house.url}/sign-in`);
    await window.field('メールアドレス').fill(person.email);
    await window.field('パスワード').fill(person.password);
    await window.button('ログイン').click();
  };
  const signOut = async (window: Window) => {
    await window.page.getByRole('button', { name: /^アカウント: 佐藤 美咲/ }).click();
    await window.page.getByRole('menuitem', { name: 'ログアウト' }).click();
    await window.page.waitForURL('**/sign-in');
  };
  /** The next code: the server takes each of them once. */
  const nextCode = async () => {
    const used = totpOf(key);
    return happened('the next code', async () => totpOf(key) !== used && totpOf(key));
  };

  test('two factors are asked of a role: who has none sees nothing but how to set one up', async () => {
    sato = await ground.enter(person);
    await see(sato.row(SEEN));
    await owner.nav('設定').click();
    await owner.nav('権限').click();
    await owner.page
      .getByRole('main')
      .getByRole('link', { name: /^メンバー 割り当て/ })
      .click();
    await owner.page.getByLabel('2段階認証を必須にする').check();
    await owner.button('保存する').click();
    await see(owner.toast('保存しました'));

    await see(sato.page.getByRole('heading', { name: '2段階認証を設定してください' }));
    expect(await sato.page.getByText(SEEN).count()).toBe(0);
    expect(await sato.page.getByRole('navigation').count()).toBe(0);
  });

  test('he sets up an authenticator app and keeps his recovery codes', async () => {
    await sato.button(/^認証アプリを使う/).click();
    await sato.field('いまのパスワード').fill('not the password');
    await sato.button('次へ').click();
    await see(sato.page.getByText('パスワードが違います。'));
    await sato.field('いまのパスワード').fill(PASSWORD);
    await sato.button('次へ').click();
    await see(sato.page.getByRole('img', { name: '認証アプリで読み取るQRコード' }));
    key = (await sato.page.getByRole('definition').textContent()) ?? '';
    expect(key).toMatch(/^([A-Z2-7]{4} )+[A-Z2-7]{1,4}$/);

    await sato.field('6桁の確認コード').fill(totpOf(key).replace(/.$/, (last) => String((+last + 1) % 10)));
    await see(sato.page.getByText(/確認コードが違います/));
    await sato.field('6桁の確認コード').fill(totpOf(key));
    const codes = sato.page.getByRole('list', { name: '回復コード' }).getByRole('listitem');
    await see(codes);
    recovery = (await codes.first().textContent()) ?? '';
    expect(await codes.count()).toBeGreaterThanOrEqual(8);
    await sato.button('保管しました').click();
    await see(sato.row(SEEN));
  });

  test('the code of the app is asked for at the next sign-in', async () => {
    await signOut(sato);
    await askPassword(sato);
    await see(sato.page.getByText('認証アプリに表示されている6桁の数字を入れてください。'));
    expect(await sato.page.getByText(SEEN).count()).toBe(0);
    await sato.field('6桁の確認コード').fill(await nextCode());
    await see(sato.row(SEEN));
  });

  test('a recovery code stands in for the lost app, once', async () => {
    await signOut(sato);
    await askPassword(sato);
    await sato.button('回復コードを使う').click();
    await sato.field('回復コード').fill(recovery);
    await sato.button('ログイン').click();
    await see(sato.row(SEEN));

    const second = await openWindow(ground.browser);
    await askPassword(second);
    await second.button('回復コードを使う').click();
    await second.field('回復コード').fill(recovery);
    await second.button('ログイン').click();
    await see(second.page.getByText('回復コードが違うか、すでに使われています。'));
    await second.close();
  });

  test('the login history tells how he came in, to him and to the administrator', async () => {
    await sato.page.goto(`${ground.house.url}/settings/sign-ins`);
    const own = sato.page.getByRole('table', { name: 'ログイン履歴' }).getByRole('row');
    await see(own.filter({ hasText: '回復コード' }).filter({ hasText: 'ログインしました' }));
    await see(own.filter({ hasText: '確認コード' }).filter({ hasText: 'ログインしました' }));

    await owner.page.goto(`${ground.house.url}/settings/sign-ins`);
    await owner.field('メンバーで絞り込む').selectOption({ label: '佐藤 美咲' });
    const his = owner.page.getByRole('table', { name: 'ログイン履歴' }).getByRole('row');
    await see(his.filter({ hasText: '佐藤 美咲' }).filter({ hasText: '確認コードの誤り' }));
    expect(await his.filter({ hasText: '田中 彩' }).count()).toBe(0);
    const [file] = await Promise.all([
      owner.page.waitForEvent('download'),
      owner.button('CSVで保存').click(),
    ]);
    expect(file.suggestedFilename()).toBe('ログイン履歴.csv');
  });

  test('a session ended from elsewhere: the page is emptied, unsent words wait for the same person', async () => {
    await sato.page.goto(ground.house.url);
    await sato.open(SEEN);
    await see(sato.button('返信'));
    await sato.page.keyboard.press('r');
    await sato.field('本文').fill(WORDS);
    await see(sato.conversation.getByText(/保存済み/));

    await owner.page.goto(`${ground.house.url}/settings/people`);
    await owner.button('佐藤 美咲さんの操作').click();
    await owner.page.getByRole('menuitem', { name: 'すべてのログインを終わらせる' }).click();
    await owner.page.getByRole('dialog').getByRole('button', { name: '終わらせる' }).click();

    const dialog = sato.page.getByRole('dialog', { name: 'ログインの期限が切れました' });
    await see(dialog);
    expect(await sato.page.getByText(SEEN).count()).toBe(0);
    expect(await sato.page.getByText(WORDS).count()).toBe(0);
    await dialog.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'ログイン', exact: true }).click();
    await dialog.getByLabel('6桁の確認コード').fill(await nextCode());
    await gone(dialog);
    await see(sato.conversation.getByText('ほかの人は返信できません'));
    expect(await sato.field('本文').inputValue()).toBe(WORDS);
  });

  test('retired while his window is open: it says so, shows nothing any more and keeps nothing', async () => {
    await owner.page.reload();
    await retire(owner.page, '佐藤 美咲');

    await see(sato.page.getByText('利用が終了しました'));
    expect(await sato.page.getByText(SEEN).count()).toBe(0);
    expect(await sato.page.getByText(WORDS).count()).toBe(0);
    expect(await sato.page.getByRole('navigation').count()).toBe(0);
    const kept = await sato.page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).not.toContain(WORDS);

    await askPassword(sato);
    await see(sato.page.getByText('メールアドレスかパスワードが違います。'));
    expect([...owner.faults, ...sato.faults]).toEqual([]);
  });
});
