import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authenticator, addAuthenticator } from './authenticator.ts';
import { canTravel, type Ground, ORDER, openGround, PASSWORD, type Person, withPictures } from './ground.ts';
import { gone, see } from './timed.ts';
import { openWindow, signIn, type Window } from './window.ts';

const SEEN = '器のお問い合わせ';
const LAPTOP = '会社のノートPC';

describe.skipIf(!canTravel)('a passkey', () => {
  let ground: Ground;
  let sato: Window;
  let person: Person;
  let device: Authenticator;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    person = await ground.hire('佐藤 美咲', 'sato@komorebi.example', [ground.mailboxes.order]);
    const customer = ground.customer('小林 真由美', 'mayumi@customer.example');
    await customer.write({ to: ORDER, subject: SEEN, text: '青い器はありますか。' });
    sato = await openWindow(ground.browser);
    device = await addAuthenticator(sato.page);
    await signIn(sato, ground.house.url, person);
    await see(sato.row(SEEN));
  });
  afterAll(async () => {
    await ground?.close();
  });

  const dialog = () => sato.page.getByRole('dialog');
  const ownSecurity = () => sato.page.goto(`${ground.house.url}/settings/security-mine`);
  const signOut = async () => {
    await sato.page.getByRole('button', { name: /^アカウント: 佐藤 美咲/ }).click();
    await sato.page.getByRole('menuitem', { name: 'ログアウト' }).click();
    await sato.page.waitForURL('**/sign-in');
  };
  const nothingIsShown = async () => {
    expect(await sato.page.getByText(SEEN).count()).toBe(0);
    expect(await sato.page.getByRole('navigation').count()).toBe(0);
  };
  const askForTwoFactors = async () => {
    const roles = (await ground.owner.ask('GET', '/roles')).items;
    const role = roles.find(({ key }: { key: string }) => key === 'member');
    await ground.owner.ask('PUT', `/roles/${role.id}`, {
      ...{ name: role.key, permissions: role.permissions, scope: role.scope, networks: role.networks },
      secondFactor: true,
    });
  };

  test('is added in the settings, not without the password', async () => {
    await ownSecurity();
    await see(sato.page.getByText('パスキーはまだありません。'));
    await sato.button('パスキーを追加').click();
    await dialog()
      .getByLabel(/^パスキーの名前/)
      .fill(LAPTOP);
    await dialog().getByLabel('いまのパスワード').fill('not the password');
    await dialog().getByRole('button', { name: 'パスキーを追加' }).click();
    await see(dialog().getByText('パスワードが違います。'));
    expect(await device.count()).toBe(0);

    await dialog().getByLabel('いまのパスワード').fill(PASSWORD);
    await dialog().getByRole('button', { name: 'パスキーを追加' }).click();
    await see(sato.toast('パスキーを追加しました'));
    await see(sato.page.getByRole('listitem').filter({ hasText: LAPTOP }));
    expect(await device.count()).toBe(1);
  });

  test('signs in without address and password, and the history says so', async () => {
    await signOut();
    await sato.button('パスキーでログイン').click();
    await see(sato.row(SEEN));
    await sato.page.goto(`${ground.house.url}/settings/sign-ins`);
    const history = sato.page.getByRole('table', { name: 'ログイン履歴' }).getByRole('row');
    await see(history.filter({ hasText: 'パスキー' }).filter({ hasText: 'ログインしました' }));
  });

  test('signs in where the browser offers it by itself', async () => {
    await device.offer(true);
    await signOut();
    await see(sato.row(SEEN));
    await device.offer(false);
  });

  test('removed, it opens nothing any more, although the device still has it', async () => {
    await ownSecurity();
    await sato.button(`パスキー「${LAPTOP}」を削除`).click();
    await dialog().getByLabel('いまのパスワード').fill(PASSWORD);
    await dialog().getByRole('button', { name: '削除' }).click();
    await see(sato.toast('パスキーを削除しました'));
    await see(sato.page.getByText('パスキーはまだありません。'));

    await signOut();
    expect(await device.count()).toBe(1);
    await sato.button('パスキーでログイン').click();
    await see(sato.page.getByText('パスキーを確認できませんでした。パスワードでログインしてください。'));
    await nothingIsShown();
    await device.clear();
    await signIn(sato, ground.house.url, person);
  });

  test('two factors are asked of the role: a passkey is both', async () => {
    await see(sato.row(SEEN));
    await askForTwoFactors();
    await see(sato.page.getByRole('heading', { name: '2段階認証を設定してください' }));
    await nothingIsShown();
    await sato.button(/^パスキーを使う/).click();
    await sato.page.getByLabel(/^パスキーの名前/).fill(LAPTOP);
    await sato.page.getByLabel('いまのパスワード').fill(PASSWORD);
    await sato.button('パスキーを追加').click();
    await see(sato.row(SEEN));
  });

  test('then the password alone is refused in words, and the passkey asks for no code', async () => {
    await signOut();
    await sato.field('メールアドレス').fill(person.email);
    await sato.field('パスワード').fill(PASSWORD);
    await sato.button('ログイン').click();
    await see(sato.page.getByText('あなたの権限では、パスキーでのログインが必要です。'));
    await nothingIsShown();
    await sato.button('パスキーでログイン').click();
    await see(sato.row(SEEN));
  });

  test('the last one stays while the role asks for it', async () => {
    await ownSecurity();
    await sato.button(`パスキー「${LAPTOP}」を削除`).click();
    await dialog().getByLabel('いまのパスワード').fill(PASSWORD);
    await dialog().getByRole('button', { name: '削除' }).click();
    await see(dialog().getByText('最後の1つは外せません'));
    await sato.page.keyboard.press('Escape');
    await gone(dialog());
    await see(sato.page.getByRole('listitem').filter({ hasText: LAPTOP }));
    expect(sato.faults).toEqual([]);
  });
});
