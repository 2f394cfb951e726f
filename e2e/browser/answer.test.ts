import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Customer } from './customer.ts';
import { canTravel, type Ground, neomutt, ORDER, openGround, withPictures } from './ground.ts';
import { showsThread } from './neomutt.ts';
import { gone, happened, see } from './timed.ts';
import type { Window } from './window.ts';

const SUBJECT = '届いたお皿が欠けていました';
const REPLY = `Re: ${SUBJECT}`;
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255, 13, 10, 46, 13, 10]);

describe.skipIf(!canTravel)('one letter is answered', () => {
  let ground: Ground;
  let customer: Customer;
  let window: Window;
  let firstId: string;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    customer = ground.customer('小林 真由美', 'mayumi@customer.example');
    window = await ground.enter();
  });
  afterAll(async () => {
    await ground?.close();
  });
  const ownCopy = () => ({ from: customer.address, to: [ORDER, customer.address] });

  test('a letter comes into the list by itself, unread, and is read once it has been looked at', async () => {
    await see(window.page.getByText('すべて対応しました'));

    firstId = await customer.write({
      to: ORDER,
      subject: SUBJECT,
      text: '昨日届いた青磁の皿が、箱の中で欠けていました。\n\n小林',
      envelope: ownCopy(),
    });
    await see(window.row(/未読、.*届いたお皿/));
    expect(await window.page.title()).toContain('(1)');

    await window.open(SUBJECT);
    await see(window.conversation.getByText('箱の中で欠けていました'));
    await gone(window.row(/未読、/));
  });

  test('the answer is written with an attachment and a second recipient, and sent by Ctrl+Enter', async () => {
    await window.page.keyboard.press('r');
    await see(window.conversation.getByText('ほかの人は返信できません'));
    await see(window.conversation.getByText(customer.address));
    await happened('the proposal is there', async () => (await window.field('件名').inputValue()) === REPLY);

    await window.field('宛先').fill('not-an-address');
    await window.field('宛先').press('Enter');
    expect(await window.button('送信').getAttribute('aria-disabled')).toBe('true');
    await window.button('not-an-address を外す').click();
    await window.conversation.getByRole('button', { name: 'Cc', exact: true }).click();
    await window.field('Cc').fill('family@customer.example');
    await window.field('Cc').press('Enter');
    await window.field('本文').fill('小林様\n\n申し訳ございません。代わりの皿をお送りします。');
    const chooser = window.page.waitForEvent('filechooser');
    await window.button('添付').click();
    await (await chooser).setFiles({ name: '送り状 1.png', mimeType: 'image/png', buffer: PICTURE });
    await see(window.button('送り状 1.png を外す'));
    await see(window.conversation.getByText(/\d+:\d\d 保存済み/));
    await window.field('本文').press('Control+Enter');

    await see(window.toast('送信しました'));
    await see(window.conversation.getByText('送信済み'));
    await see(window.conversation.getByRole('button', { name: /ステータス対応完了|対応完了/ }));
    await see(window.button('未対応に戻す'));
    await window.page.getByRole('tab', { name: /^対応完了/ }).click();
    await see(window.row(SUBJECT));
  });

  test('it is in the customer’s mailbox as one answer to his letter, the file as it was', async () => {
    const letter = await customer.gets('the answer', ({ subject }) => subject === REPLY);

    expect(letter.inReplyTo).toBe(firstId);
    expect([letter.references].flat()).toEqual([firstId]);
    expect(letter.from?.value[0]?.address).toBe(ORDER);
    expect([letter.cc].flat()[0]?.text).toContain('family@customer.example');
    expect(letter.text).toContain('代わりの皿をお送りします。');
    expect(letter.text).toContain('> 昨日届いた青磁の皿が');
    expect(letter.html).toContain('代わりの皿をお送りします。');
    expect(letter.html).toContain('<blockquote');
    expect(letter.attachments.map(({ filename }) => filename)).toEqual(['送り状 1.png']);
    expect(letter.attachments[0]?.content.equals(PICTURE)).toBe(true);
    const copy = () => ground.customer('家族', 'family@customer.example').letters();
    await happened('the second recipient has it', async () => (await copy()).length === 1);
  });

  test('the customer answers, and the same conversation is open again', async () => {
    const [, ours] = await customer.letters();
    await window.page.getByRole('tab', { name: /^未対応・対応中/ }).click();
    await customer.write({
      to: ORDER,
      subject: REPLY,
      inReplyTo: ours?.messageId ?? '',
      references: [firstId, ours?.messageId ?? ''],
      text: 'ありがとうございます。楽しみに待っています。',
      envelope: ownCopy(),
    });

    await see(window.row(new RegExp(`未読、.*${SUBJECT}`)));
    await window.open(SUBJECT);
    await see(window.conversation.getByText('楽しみに待っています'));
    await see(window.conversation.getByText('未対応に戻りました'));
    expect(await window.conversation.getByRole('article').count()).toBe(3);
    const all = await ground.owner.ask('GET', '/conversations');
    expect(all.items.map((each: { status: string }) => each.status)).toEqual(['open']);
  });

  test('a second answer carries Re: once and every reference', async () => {
    await window.page.keyboard.press('r');
    await window.field('本文').fill('明日発送いたします。');
    await see(window.conversation.getByText('ほかの人は返信できません'));
    await window.button('送信').click();
    await see(window.toast('送信しました'));

    const letter = await customer.gets('the second answer', ({ text }) =>
      /明日発送いたします/.test(text ?? ''),
    );
    const all = (await customer.letters()).map(({ messageId }) => messageId);
    expect(letter.subject).toBe(REPLY);
    expect([letter.references].flat()).toEqual(all.slice(0, 3));
    expect(letter.inReplyTo).toBe(all[2]);
  });

  test.skipIf(neomutt === null)('the customer’s mail program shows one thread', async () => {
    const thread = await showsThread(ground.dovecot, customer.address);

    expect(thread).toEqual([SUBJECT, '`->', '  `->', '    `->']);
  });

  test('no script failed and no policy was broken', () => {
    expect(window.faults).toEqual([]);
  });
});
