import type { Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, openGround, type Person, withPictures } from './ground.ts';
import { happened, see } from './timed.ts';
import type { Window } from './window.ts';

const CUP = '記念品のマグカップ';
const PLATE = '青磁の皿の在庫';
const ADDRESS = 'mayumi.kobayashi@customer.example';
const PHONE = '090-1234-5678';
const MASK = /may\*\*\*(?:#[0-9a-f]{6})?@cus\*\*\*/;
const DRAFT = 'お見積りをお送りします。';
const ANSWER = '皿は三枚ございます。';

describe.skipIf(!canTravel)('customers whose addresses are hidden', () => {
  let ground: Ground;
  let owner: Window;
  let trainee: Window;
  let clerk: Window;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    const { order } = ground.mailboxes;
    await makeRole('受付係');
    owner = await ground.enter();
    const text = `${PHONE} か ${ADDRESS} へお願いします。`;
    for (const subject of [CUP, PLATE]) {
      await kobayashi().write({ to: ORDER, subject, text });
      await see(owner.row(subject));
    }
    trainee = await enterWatched(await ground.hire('高橋 蓮', 'ren@komorebi.example', [order], 'trainee'));
    clerk = await enterWatched(await ground.hire('伊藤 葵', 'aoi@komorebi.example', [order], '受付係'));
  });
  afterAll(async () => {
    await ground?.close();
  });

  const kobayashi = () => ground.customer('小林 真由美', ADDRESS);
  /** What the house told the windows of those who may not see the address, and told it all the same. */
  const leaks: string[] = [];
  const readings: Promise<void>[] = [];
  const read = async (answer: Response) => {
    // A stream never ends, and a picture has no words; a page that has gone has no body.
    if (!/json|html|csv|plain/.test(answer.headers()['content-type'] ?? '')) return;
    const body = await answer.text().catch(() => '');
    if ([ADDRESS, PHONE].some((secret) => body.includes(secret))) leaks.push(answer.url());
  };
  const enterWatched = async (person: Person) => {
    const window = await ground.enter(person);
    window.page.on('response', (answer) => void readings.push(read(answer)));
    await window.page.reload();
    return window;
  };
  /** A member who sends and does not see addresses. */
  const makeRole = async (name: string) => {
    const { items } = await ground.owner.ask('GET', '/roles');
    const member = items.find(({ key }: { key: string }) => key === 'member');
    await ground.owner.ask('POST', '/roles', {
      name,
      permissions: member.permissions.filter((each: string) => each !== 'customer.see_addresses'),
      ...{ scope: 'mailboxes', secondFactor: false, networks: [] },
    });
  };
  const writeTo = async (window: Window, subject: string, words: string) => {
    await window.open(subject);
    await window.button('返信').click();
    await see(window.conversation.getByText('ほかの人は返信できません'));
    await see(window.conversation.getByRole('button', { name: MASK }));
    await window.field('本文').fill(words);
    await see(window.conversation.getByText(/保存済み/));
  };
  const neverSaw = async ({ page }: Window) => {
    await Promise.all(readings);
    expect(leaks).toEqual([]);
    for (const secret of [ADDRESS, PHONE]) expect(await page.content()).not.toContain(secret);
    const fields = await page.getByRole('textbox').all();
    const values = await Promise.all(fields.map((field) => field.inputValue()));
    expect(values.join()).not.toContain(ADDRESS);
  };

  test('a trainee writes an answer, and there is nothing to send it with', async () => {
    await writeTo(trainee, CUP, DRAFT);
    await see(trainee.conversation.getByText('送信できる人が内容を確かめて送ります。'));
    expect(await trainee.conversation.getByRole('button', { name: /^送信/ }).count()).toBe(0);
    await trainee.field('本文').press('Control+Enter');
    await see(trainee.toast('送信できる人が内容を確かめて送ります。'));
    await trainee.button('返信をやめる').click();
    await see(trainee.button('返信'));
    await neverSaw(trainee);
    expect(await kobayashi().letters()).toEqual([]);
  });

  test('his words are kept: they are there when he comes back to them', async () => {
    await trainee.page.reload();
    await trainee.button('返信').click();
    await happened('his words are back', async () => (await trainee.field('本文').inputValue()) === DRAFT);
    await see(trainee.conversation.getByRole('button', { name: MASK }));
    await trainee.button('返信をやめる').click();
    await see(trainee.button('返信'));
  });

  test('a colleague finds them, sees to whom they go, and sends them', async () => {
    await owner.open(CUP);
    await see(owner.conversation.getByText(`高橋さんの下書きがあります（${DRAFT.length}文字）`));
    await owner.button('下書きから返信').click();
    await see(owner.conversation.getByText('ほかの人は返信できません'));
    await happened('his words are in', async () => (await owner.field('本文').inputValue()) === DRAFT);
    await see(owner.conversation.getByRole('button', { name: ADDRESS }));
    await owner.button('送信').click();
    await see(owner.toast('送信しました'));

    const letter = await kobayashi().gets(
      'the trainee’s words',
      ({ text }) => text?.includes(DRAFT) === true,
    );
    expect(letter.from?.value[0]?.address).toBe(ORDER);
    await see(trainee.conversation.getByRole('article').filter({ hasText: DRAFT }));
    await neverSaw(trainee);
  });

  test('who sends without seeing the address sends to the right one', async () => {
    await writeTo(clerk, PLATE, ANSWER);
    await clerk.button('送信').click();
    await see(clerk.toast('送信しました'));
    const letter = await kobayashi().gets('the answer', ({ text }) => text?.includes(ANSWER) === true);
    expect([letter.to].flat().flatMap((each) => each?.value.map(({ address }) => address))).toEqual([
      ADDRESS,
    ]);
    // What she was shown of his letter, and quoted, is his own again on its way to him.
    expect(letter.text).toContain(PHONE);
    expect(letter.text).not.toContain('***');
  });

  test('nor does she see it anywhere else: in the list, the customer, the search, a new window', async () => {
    await clerk.page.getByRole('tab', { name: /^すべて/ }).click();
    await clerk.open(PLATE);
    await see(clerk.page.getByText(MASK));
    await clerk.page.goto(`${ground.house.url}/search?q=${encodeURIComponent('マグカップ')}`);
    await see(clerk.page.getByText(CUP));
    await neverSaw(clerk);
    expect([...owner.faults, ...trainee.faults, ...clerk.faults]).toEqual([]);
  });
});
