import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Customer } from './customer.ts';
import { canTravel, type Ground, HELLO, ORDER, openGround, withPictures } from './ground.ts';
import { gone, see } from './timed.ts';
import type { Window } from './window.ts';

const FILE = Buffer.from(Array.from({ length: 3_000 }, (_, at) => (at * 7) % 256));

describe.skipIf(!canTravel)('letters of every kind', () => {
  let ground: Ground;
  let window: Window;
  let partner: Customer;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    partner = ground.customer('配送の山口', 'yamaguchi@courier.example');
    window = await ground.enter();
  });
  afterAll(async () => {
    await ground?.close();
  });
  const mine = () => see(window.conversation.getByText('ほかの人は返信できません'));
  const letterFrom = async (name: string, address: string, more: object) => {
    const customer = ground.customer(name, address);
    await customer.write({ to: ORDER, text: 'よろしくお願いします。', ...more });
    return customer;
  };
  const answer = async (subject: string, words: string) => {
    await window.open(subject);
    await window.page.keyboard.press('r');
    await mine();
    await window.field('本文').fill(words);
    await window.field('本文').press('Control+Enter');
    await see(window.toast('送信しました'));
  };

  test('全員に返信 answers everyone but ourselves', async () => {
    const subject = '打ち合わせの日程';
    const cc = ['friend@customer.example', HELLO];
    const customer = await letterFrom('小林 真由美', 'mayumi@customer.example', { subject, cc });
    await window.open(subject);
    await window.page.keyboard.press('Shift+R');
    await mine();
    await see(window.button(/friend@customer\.example を外す/));
    expect(await window.page.getByRole('button', { name: /を外す$/ }).count()).toBe(2);
    await window.field('本文').fill('火曜の午後でお願いします。');
    await window.button('送信').click();

    const letter = await customer.gets('the answer', () => true);
    expect([letter.cc].flat()[0]?.value.map(({ address }) => address)).toEqual(['friend@customer.example']);
    const friend = ground.customer('友人', 'friend@customer.example');
    await friend.gets('the answer too', ({ messageId }) => messageId === letter.messageId);
  });

  test('a letter is forwarded with its files', async () => {
    const subject = '破損の写真';
    const attachments = [{ filename: '破損の写真.bin', content: FILE }];
    await letterFrom('斎藤 典子', 'saito@customer.example', { subject, attachments });
    await window.open(subject);
    await window.page.keyboard.press('f');
    await mine();
    await see(window.button('破損の写真.bin を外す'));
    expect(await window.field('件名').inputValue()).toMatch(/^Fwd?: 破損の写真$/i);
    await window.field('宛先').fill(partner.address);
    await window.field('宛先').press('Enter');
    await window.field('本文').fill('ご確認をお願いします。');
    await window.field('本文').press('Control+Enter');
    await see(window.toast('送信しました'));

    const letter = await partner.gets('the forwarded letter', ({ text }) => /ご確認を/.test(text ?? ''));
    expect(letter.text).toContain('よろしくお願いします。');
    expect(letter.attachments.map(({ filename }) => filename)).toEqual(['破損の写真.bin']);
    expect(letter.attachments[0]?.content.equals(FILE)).toBe(true);
  });

  test('a new mail begins a conversation with its recipient', async () => {
    await window.page.keyboard.press('c');
    await window.field('宛先').fill('山口 <yamaguchi@courier.example>');
    await window.field('宛先').press('Enter');
    await window.field('件名').fill('集荷のお願い');
    await window.field('本文').fill('金曜に三箱お願いします。');
    await window.field('本文').press('Control+Enter');
    await see(window.toast('送信しました'));
    await see(window.conversation.getByText('送信済み'));
    await see(window.conversation.getByRole('heading', { name: '集荷のお願い' }));

    const letter = await partner.gets('the new mail', ({ subject }) => subject === '集荷のお願い');
    expect(letter.inReplyTo).toBeUndefined();
    await partner.write({
      to: ORDER,
      subject: 'Re: 集荷のお願い',
      inReplyTo: letter.messageId ?? '',
      references: letter.messageId ?? '',
      text: '承知しました。',
    });
    await see(window.conversation.getByText('承知しました。'));
  });

  test('a refused letter says why, in the server’s words, and its conversation is open again', async () => {
    const subject = '返金のご案内';
    await letterFrom('横山 さとし', 'refused@customer.example', { subject });
    await answer(subject, '返金いたしました。');

    await see(window.conversation.getByText('送信できませんでした'));
    await see(window.conversation.getByText('宛先が見つかりません'));
    await see(window.conversation.getByText(/550.*No such person/));
    await see(window.row(new RegExp(`${subject}.*送信できませんでした`)));
    await see(window.button('対応完了'));
    await window.nav(/送信トレイ.*対応が必要な送信 1件/).click();
    await see(window.page.getByRole('heading', { name: /送信できませんでした/ }));
    await see(window.page.getByText(/550.*No such person/));
    await window.button('送信をやめる').click();
    await window.page.getByRole('dialog').getByRole('button', { name: '送信をやめる' }).click();
    await see(window.page.getByText('送信を待っているメールはありません'));
  });

  test('a deferred letter shows when it is tried again', async () => {
    const subject = '入荷の日';
    await window.nav(/^ご注文・配送/).click();
    await letterFrom('伊藤 さやか', 'later@customer.example', { subject });
    await answer(subject, '来週の火曜です。');

    await see(window.conversation.getByText(/再送します/));
    await window.nav('送信トレイ').click();
    await see(window.page.getByRole('heading', { name: /自動で再送します/ }));
    await see(window.page.getByText(/次は .*・2回目/));
    await see(window.page.getByText(/451.*Please come again/));
    await window.button('今すぐ再送').click();
    await see(window.page.getByText(/次は .*・3回目/));
  });

  test('a bounce marks its letter, opens the conversation again and makes none of its own', async () => {
    const subject = '会員証の再発行';
    await window.nav(/^ご注文・配送/).click();
    await letterFrom('高橋 蓮', 'gone@customer.example', { subject });
    await see(window.row(subject));
    const before = (await ground.owner.ask('GET', '/conversations')).items.length;
    await answer(subject, '本日お送りしました。');

    await see(window.conversation.getByText('届きませんでした'));
    await see(window.conversation.getByText('宛先が見つかりません'));
    await see(window.button('対応完了'));
    await gone(window.button('未対応に戻す'));
    expect((await ground.owner.ask('GET', '/conversations')).items).toHaveLength(before);
    expect(window.faults).toEqual([]);
  });
});
