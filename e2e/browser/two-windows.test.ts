import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER, canTravel, type Ground, ORDER, openGround, withPictures } from './ground.ts';
import { gone, happened, see } from './timed.ts';
import { openWindow, signIn, type Window } from './window.ts';

const SUBJECT = 'ギフトラッピングの色について';
const WORDS = '伊藤様\n\nラッピングの色は「藍」に変更いたしました。';
/** A hold is a lease of two minutes, here waited for as it is. */
const LEASE = 240_000;

describe.skipIf(!canTravel)('two people, one letter', () => {
  let ground: Ground;
  let sato: Window;
  let tanaka: Window;
  let satosBrowser: Awaited<ReturnType<typeof chromium.launchServer>>;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    const person = await ground.hire('佐藤 美咲', 'sato@komorebi.example', [ground.mailboxes.order]);
    // A browser of his own, so that it can be killed.
    satosBrowser = await chromium.launchServer(BROWSER);
    sato = await openWindow(await chromium.connect(satosBrowser.wsEndpoint()));
    await signIn(sato, ground.house.url, person);
    tanaka = await ground.enter();
    await ground
      .customer('伊藤 さやか', 'ito@customer.example')
      .write({ to: ORDER, subject: SUBJECT, text: '藍色に変えられますか。' });
  });
  afterAll(async () => {
    await satosBrowser?.kill();
    await ground?.close();
  });

  test('one presses 返信; the other sees who, in list and conversation, and has no reply button', async () => {
    for (const window of [tanaka, sato]) await window.open(SUBJECT);
    await see(tanaka.button('返信'));

    await sato.button('返信').click();
    await see(sato.conversation.getByText('ほかの人は返信できません'));

    await see(tanaka.conversation.getByText('佐藤さんが返信中'));
    await see(tanaka.row(new RegExp(`${SUBJECT}.*佐藤さんが返信中`)));
    for (const name of ['返信', '全員に返信', '転送']) await gone(tanaka.button(name));
    await see(tanaka.button('メモ'));
    await tanaka.page.keyboard.press('r');
    await see(tanaka.toast('佐藤さんが返信中です'));
    expect(await tanaka.field('本文').count()).toBe(0);
    await see(tanaka.conversation.getByText('佐藤 美咲'));
  });

  test('the words of the one are in sight of the other while they are written', async () => {
    await sato.field('本文').fill(WORDS);

    await see(tanaka.conversation.getByText('書いているところ'));
    await see(tanaka.conversation.getByText('ラッピングの色は「藍」に変更いたしました。'));
  });

  test('his browser is killed; when the lease is over the other takes over with his words', async () => {
    satosBrowser.process().kill('SIGKILL');

    await see(tanaka.conversation.getByText(/佐藤さんの画面と連絡が取れません/), LEASE);
    expect(await tanaka.button('返信').count()).toBe(0);
    await see(tanaka.conversation.getByText(/佐藤さんの下書きがあります（\d+文字）/), LEASE);
    await see(tanaka.button('返信'));
    await gone(tanaka.row(/佐藤さんが返信中/));

    await tanaka.button('下書きから返信').click();
    await see(tanaka.conversation.getByText('ほかの人は返信できません'));
    const words = () => tanaka.field('本文').inputValue();
    await happened('his words are there', async () => (await words()) === WORDS);
    expect(await tanaka.field('件名').inputValue()).toBe(`Re: ${SUBJECT}`);
  });

  test('one answer leaves, and the words of the first writer are still his', async () => {
    await tanaka.field('本文').press('Control+Enter');
    await see(tanaka.toast('送信しました'));
    await see(tanaka.conversation.getByText('送信済み'));

    const letters = await ground.customer('伊藤 さやか', 'ito@customer.example').letters();
    expect(letters.map(({ subject }) => subject)).toEqual([`Re: ${SUBJECT}`]);
    expect(tanaka.faults).toEqual([]);
  });
});
