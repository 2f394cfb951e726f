import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Customer } from './customer.ts';
import { canTravel, type Ground, ORDER, openGround, withPictures } from './ground.ts';
import { gone, happened, see } from './timed.ts';
import type { Window } from './window.ts';

const SUBJECT = '届け先を変えたいです';
const LETTER = '小林様\n\n届け先を変更いたしました。';

describe.skipIf(!canTravel)('a letter between 送信 and its leaving', () => {
  let ground: Ground;
  let customer: Customer;
  let window: Window;
  let firstId: string;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    customer = ground.customer('小林 真由美', 'mayumi@customer.example');
    window = await ground.enter();
    firstId = await customer.write({ to: ORDER, subject: SUBJECT, text: '会社に送ってください。' });
    await window.open(SUBJECT);
  });
  afterAll(async () => {
    await ground?.close();
  });

  test('is taken back by Z: the words are in the composer again, and the time line says so', async () => {
    await window.page.keyboard.press('r');
    await happened('the proposal is there', async () => (await window.field('件名').inputValue()) !== '');
    await window.field('本文').fill(LETTER);
    await see(window.conversation.getByText(/\d+:\d\d 保存済み/));
    await window.field('本文').press('Control+Enter');
    await see(window.toast('送信しました'));
    await see(window.conversation.getByText(/まもなく送信 \d+秒/));
    await window.page.keyboard.press('z');

    await see(window.conversation.getByText('送信を取り消しました'));
    await happened('the words are back', async () => (await window.field('本文').inputValue()) === LETTER);
    await see(window.conversation.getByText('あなたが返信中'));
  });

  test('is to leave tomorrow, and stops when the customer writes before', async () => {
    await window.button('予約送信').click();
    await window.page.getByRole('menuitem', { name: /^明日/ }).click();
    await see(window.conversation.getByText(/9:00 に送信します/));
    await gone(window.field('本文'));

    await customer.write({
      to: ORDER,
      subject: `Re: ${SUBJECT}`,
      text: 'やはり自宅にお願いします。',
      inReplyTo: firstId,
      references: [firstId],
    });
    await see(window.conversation.getByRole('region', { name: '予約送信を止めています' }));
    await see(window.nav(/送信トレイ.*1/));
  });

  test('leaves when its author has read what is new and sends it now; once, and nothing left before', async () => {
    expect(await customer.letters()).toHaveLength(0);
    await window.button(/^確認したので/).click();
    await window.button('今すぐ送信').click();
    const letter = await customer.gets('the answer', ({ subject }) => subject === `Re: ${SUBJECT}`);
    expect(letter.text).toContain('届け先を変更いたしました');
    await see(window.conversation.getByText('送信済み'));
    expect(await customer.letters()).toHaveLength(1);
  });
});
