import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, OWNER, openGround, type Person, withPictures } from './ground.ts';
import { gone, see } from './timed.ts';
import { openWindow, type Window } from './window.ts';
import { signedInWire, type Wire } from './wire.ts';

const SEEN = '器のお問い合わせ';
const OFFICE = '203.0.113.0/24';
/** As the proxy before the house tells it; the windows come past the proxy, from this machine itself. */
const FROM_OFFICE = { 'x-forwarded-for': '203.0.113.7' };

describe.skipIf(!canTravel)('a workspace that is entered from its office only', () => {
  let ground: Ground;
  let office: Wire;
  let owner: Window;
  let sato: Window;
  let person: Person;
  withPictures();
  beforeAll(async () => {
    ground = await openGround({ MADOGUCHI_TRUST_PROXY: 'true' });
    person = await ground.hire('佐藤 美咲', 'sato@komorebi.example', [ground.mailboxes.order]);
    office = await signedInWire(ground.house.url, OWNER, FROM_OFFICE);
    owner = await ground.enter();
    sato = await ground.enter(person);
    const customer = ground.customer('小林 真由美', 'mayumi@customer.example');
    await customer.write({ to: ORDER, subject: SEEN, text: '青い器はありますか。' });
    for (const window of [owner, sato]) await see(window.row(SEEN));
  });
  afterAll(async () => {
    await ground?.close();
  });

  const nothingIsShown = async ({ page }: Window) => {
    expect(await page.getByText(SEEN).count()).toBe(0);
    expect(await page.getByRole('navigation').count()).toBe(0);
  };
  const refusal = ({ page }: Window) => page.getByText('このネットワークからは利用できません');

  test('the open windows of those who are elsewhere say why and show nothing any more', async () => {
    const { yourAddress: _, ...before } = await office.ask('GET', '/security');
    await office.ask('PUT', '/security', { ...before, networks: [OFFICE] });
    for (const window of [owner, sato]) {
      await see(refusal(window));
      await see(window.page.getByText('許可されたネットワークから開き直してください。'));
      await nothingIsShown(window);
    }
  });

  test('opening it anew leads to the same words, and so does signing in', async () => {
    await sato.button('開き直す').click();
    await sato.page.waitForURL('**/sign-in?**');
    await see(refusal(sato));
    await nothingIsShown(sato);

    const other = await openWindow(ground.browser);
    await other.page.goto(ground.house.url);
    await other.field('メールアドレス').fill(person.email);
    await other.field('パスワード').fill(person.password);
    await other.button('ログイン').click();
    await see(other.page.getByText('このネットワークからは入れません。'));
    await nothingIsShown(other);
    await other.close();
  });

  test('the history tells who came from elsewhere', async () => {
    const { items } = await office.ask('GET', '/sign-ins');
    const refused = items.filter(({ outcome }: { outcome: string }) => outcome === 'network_refused');
    expect(refused.map(({ way }: { way: string }) => way)).toContain('password');
  });

  test('whoever has the server opens it again by command, and the windows go on as who they were', async () => {
    const { house } = ground;
    expect(await house.command('security')).toContain(OFFICE);
    await see(refusal(owner));
    expect(await house.command('security', '--open')).toContain(
      `may be entered from everywhere again. Removed: everybody: ${OFFICE}`,
    );
    expect(await house.command('security')).toContain('may be entered from everywhere.');

    await owner.button('開き直す').click();
    await see(owner.row(SEEN));
    await sato.page.goto(house.url);
    await see(sato.row(SEEN));
    await gone(refusal(sato));
    expect([...owner.faults, ...sato.faults]).toEqual([]);
  });
});
