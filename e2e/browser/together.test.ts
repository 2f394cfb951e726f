import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, openGround, type Person, withPictures } from './ground.ts';
import { gone, happened, see } from './timed.ts';
import { openWindow, signIn, type Window } from './window.ts';

const SUBJECT = 'ラッピングの色を変えられますか';
const WORDS = '伊藤様\n\n色は「藍」に変更いたしました。';
const HOUR = 3_600_000;
/** A killed window is forgotten after 20 s; a question is open for 30 s; a silent window is told from 40 s. */
const PATIENT = 120_000;

describe.skipIf(!canTravel)('three people at one letter', () => {
  let ground: Ground;
  let tanaka: Window;
  let sato: Window;
  let suzuki: Window;
  let people: { sato: Person; suzuki: Person };
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    const { order } = ground.mailboxes;
    people = {
      sato: await ground.hire('佐藤 美咲', 'sato@komorebi.example', [order]),
      suzuki: await ground.hire('鈴木 健', 'suzuki@komorebi.example', [order]),
    };
    tanaka = await ground.enter();
    sato = await ground.enter(people.sato);
    // A PC whose clock is wrong by three hours.
    suzuki = await openWindow(ground.browser);
    await suzuki.page.clock.install({ time: Date.now() + 3 * HOUR });
    await signIn(suzuki, ground.house.url, people.suzuki);
    await ground
      .customer('伊藤 さやか', 'ito@customer.example')
      .write({ to: ORDER, subject: SUBJECT, text: '藍色に変えられますか。' });
    await see(tanaka.row(SUBJECT));
  });
  afterAll(async () => {
    await ground?.close();
  });

  const looking = (names: string) => new RegExp(`閲覧中: ${names}`);
  const eye = (window: Window, names: string) =>
    window.conversation.getByRole('img', { name: looking(names) });
  /** One presses 返信 and holds the answer. */
  const reply = async (window: Window) => {
    await window.button('返信').click();
    await see(window.conversation.getByText('ほかの人は返信できません'));
  };

  /** In the history, where many changes in a row are folded to one line. */
  const told = async (window: Window, words: string) => {
    const folded = window.conversation.getByRole('button', { name: /^変更 \d+件/ });
    if ((await folded.count()) > 0) await folded.last().click();
    await see(window.conversation.getByText(words));
  };

  test('who looks is seen in list and conversation, and gone when he goes elsewhere', async () => {
    await sato.open(SUBJECT);
    await see(tanaka.row(looking('佐藤 美咲')));
    await tanaka.open(SUBJECT);
    await see(eye(tanaka, '佐藤 美咲'));
    await see(eye(sato, '田中 彩'));
    expect(await tanaka.row(looking('.*田中')).count()).toBe(0);
    await see(tanaka.button('返信'));

    await sato.page.goto('about:blank');
    await gone(eye(tanaka, '佐藤 美咲'));
    await gone(tanaka.row(looking('佐藤 美咲')));
  });

  test('a window that was killed is gone as well, in a while', async () => {
    const other = await ground.enter(people.sato);
    await other.open(SUBJECT);
    await see(eye(tanaka, '佐藤 美咲'));
    const crash = await other.context.newCDPSession(other.page);
    // It never answers.
    void crash.send('Page.crash').catch(() => undefined);
    await gone(eye(tanaka, '佐藤 美咲'), PATIENT);
    await other.close();
  });

  test('引き継ぐ: the holder is asked and hands over, words and all', async () => {
    await sato.page.goto(ground.house.url);
    for (const window of [sato, suzuki]) await window.open(SUBJECT);
    await reply(sato);
    await sato.field('本文').fill(WORDS);
    await see(suzuki.conversation.getByText('佐藤さんが返信中'));
    await suzuki.button('引き継ぐ').click();

    await see(sato.conversation.getByText('鈴木さんが引き継ぎを求めています'));
    // By the server's clock, whatever his own says.
    await see(suzuki.conversation.getByText(/引き継ぎを依頼しました。あと (30|[12]?\d)秒/));
    await see(tanaka.conversation.getByText('鈴木さんが引き継ぎを依頼しています'));
    await sato.button('渡す').click();

    await see(suzuki.conversation.getByText('ほかの人は返信できません'));
    await happened('the words came along', async () => (await suzuki.field('本文').inputValue()) === WORDS);
    await see(sato.conversation.getByText('鈴木さんに引き継ぎました。'));
    expect(await sato.field('引き継いだ文').inputValue()).toBe(WORDS);
    expect(await sato.field('引き継いだ文').isEditable()).toBe(false);
    await see(tanaka.conversation.getByText('鈴木さんが返信中'));
    await told(tanaka, '佐藤が鈴木に返信を引き継ぎました');
    await sato.conversation.getByRole('button', { name: '閉じる' }).click();
  });

  test('silence hands over', async () => {
    await sato.button('引き継ぐ').click();
    await see(suzuki.conversation.getByText('佐藤さんが引き継ぎを求めています'));
    await see(sato.conversation.getByText('ほかの人は返信できません'), PATIENT);
    await happened('the words came back', async () => (await sato.field('本文').inputValue()) === WORDS);
    await see(suzuki.conversation.getByText('佐藤さんに引き継ぎました。'));
    await suzuki.conversation.getByRole('button', { name: '閉じる' }).click();
  });

  test('who writes on keeps it, and the asker is told', async () => {
    await suzuki.button('引き継ぐ').click();
    await see(sato.conversation.getByText('鈴木さんが引き継ぎを求めています'));
    await sato.field('本文').press('End');
    await sato.field('本文').pressSequentially('よろしく', { delay: 1_200 });
    await see(suzuki.toast('佐藤さんがこのまま返信を続けます'), PATIENT);
    await see(sato.conversation.getByText('ほかの人は返信できません'));
    await see(suzuki.button('引き継ぐ'));
  });

  test('a supervisor breaks it with a reason that everybody reads; a member has no such button', async () => {
    expect(await suzuki.button('返信ロックの操作').count()).toBe(0);
    await tanaka.button('返信ロックの操作').click();
    await tanaka.page.getByRole('menuitem', { name: '強制解除…' }).click();
    await tanaka.field('理由').fill('離席');
    await tanaka.button('解除する').click();

    await see(sato.conversation.getByText('田中さんが返信ロックを解除しました。'));
    await see(sato.conversation.getByText('（理由: 離席）').first());
    await told(tanaka, '田中が佐藤の返信ロックを解除しました（理由: 離席）');
    await see(suzuki.button('返信'));
    expect(await sato.field('本文').inputValue()).toContain('よろしく');
    await sato.button('もう一度返信する').click();
    await see(sato.conversation.getByText('ほかの人は返信できません'));
  });

  test('a window that nobody touches for a quarter of an hour lets go', async () => {
    await sato.page.clock.install();
    await sato.field('本文').press('End');
    await sato.page.clock.fastForward('15:10');
    await see(sato.conversation.getByText('15分間操作がなかったため、返信を中断しています。'), PATIENT);
    await see(suzuki.button('返信'));
    await sato.button('続ける').click();
    await see(sato.conversation.getByText('ほかの人は返信できません'));
  });

  test('offline and back: who took over and answered is told beside the words', async () => {
    await sato.context.setOffline(true);
    await see(suzuki.conversation.getByText(/佐藤さんの画面と連絡が取れません/), PATIENT);
    await suzuki.button('引き継ぐ').click();
    await see(suzuki.conversation.getByText('ほかの人は返信できません'));
    await happened('the words came along', async () =>
      (await suzuki.field('本文').inputValue()).includes('よろしく'),
    );
    await sato.field('本文').press('End');
    await sato.field('本文').pressSequentially('追伸');
    await suzuki.button('送信').click();
    await see(suzuki.toast('送信しました'));

    await sato.context.setOffline(false);
    await see(sato.conversation.getByText('鈴木さんに引き継ぎました。'), PATIENT);
    await see(sato.conversation.getByText(/に鈴木さんが返信しました。/), PATIENT);
    expect(await sato.field('引き継いだ文').inputValue()).toContain('追伸');
    const kept = () => sato.page.evaluate(async () => (await fetch('/api/v1/drafts')).text());
    await happened('what was typed offline is kept', async () => (await kept()).includes('追伸'));
    const customer = ground.customer('伊藤 さやか', 'ito@customer.example');
    // It can be undone for ten seconds before it leaves.
    await happened('the answer has left', async () => (await customer.letters()).length > 0);
    const letters = await customer.letters();
    expect(letters.map(({ subject }) => subject)).toEqual([`Re: ${SUBJECT}`]);
  });

  test('no script failed and no policy was broken', () => {
    expect([tanaka.faults, sato.faults, suzuki.faults]).toEqual([[], [], []]);
  });
});
