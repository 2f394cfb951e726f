import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, openGround, withPictures } from './ground.ts';
import { happened, see } from './timed.ts';
import type { Window } from './window.ts';

const SUBJECT = '再入荷について';
const ENTER = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
const CTRL = 2;

describe.skipIf(!canTravel)('a Japanese input method', () => {
  let ground: Ground;
  let window: Window;
  let keyboard: CDPSession;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    await ground
      .customer('斎藤 典子', 'saito@customer.example')
      .write({ to: ORDER, subject: SUBJECT, text: 'いつ頃になりますか。' });
    window = await ground.enter();
    keyboard = await window.context.newCDPSession(window.page);
  });
  afterAll(async () => {
    await ground?.close();
  });
  const compose = (text: string) =>
    keyboard.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  /** As browsers tell of a key that the input method has taken: code 229. */
  const pressWhileComposing = async (modifiers = 0) => {
    const taken = { ...ENTER, key: 'Process', windowsVirtualKeyCode: 229, modifiers };
    await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...taken });
    await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...ENTER, modifiers });
    // And as those do that pass on the key itself, with isComposing.
    await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...ENTER, modifiers });
    await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...ENTER, modifiers });
  };
  /** How many presses of Enter the page was told of as belonging to a composition. */
  const composed = () => window.page.evaluate('globalThis.composed') as Promise<number>;
  const outgoing = async () => (await ground.owner.ask('GET', '/outgoing')).items.length;
  const messages = async () => {
    const [item] = (await ground.owner.ask('GET', '/conversations')).items;
    return item.revision;
  };

  test('neither Enter nor Ctrl+Enter of a composition sends an answer', async () => {
    await window.page.evaluate(`globalThis.composed = 0; addEventListener('keydown', (event) => {
      if (event.isComposing) globalThis.composed += 1;
    }, true)`);
    await window.open(SUBJECT);
    await see(window.button('返信'));
    await window.page.keyboard.press('r');
    await window.field('本文').fill('来週の');
    await see(window.conversation.getByText('ほかの人は返信できません'));
    await window.field('本文').focus();
    for (const modifiers of [0, CTRL]) {
      await compose('にゅうか');
      await pressWhileComposing(modifiers);
    }
    await keyboard.send('Input.insertText', { text: '入荷です。' });

    await see(window.conversation.getByText(/保存済み/));
    expect(await window.field('本文').inputValue()).toContain('来週の');
    expect(await composed()).toBeGreaterThanOrEqual(4);
    expect([await outgoing(), await messages()]).toEqual([0, 1]);
    await see(window.button('送信'));
  });

  test('nor does it leave a note, take a recipient or search', async () => {
    await window.field('宛先').focus();
    await compose('たなか');
    await pressWhileComposing();
    await keyboard.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
    expect(await window.page.getByRole('button', { name: /を外す$/ }).count()).toBe(1);
    await window.button('返信をやめる').click();

    await window.page.keyboard.press('n');
    await window.field('メモの内容').focus();
    await compose('かくにん');
    await pressWhileComposing(CTRL);
    expect(await messages()).toBe(1);

    await window.page.goto(`${ground.house.url}/search`);
    await window.field('件名・本文・アドレスを検索').focus();
    await compose('さいにゅうか');
    await pressWhileComposing();
    await see(window.page.getByText('言葉を入れて Enter を押してください'));
    expect(new URL(window.page.url()).searchParams.get('q') ?? '').toBe('');
  });

  test('once nothing is composed, Ctrl+Enter sends', async () => {
    await window.page.goto(ground.house.url);
    await window.open(SUBJECT);
    await see(window.button('返信'));
    await window.page.keyboard.press('r');
    await see(window.conversation.getByText('ほかの人は返信できません'));
    // The words that were kept come back before anything can leave.
    await happened('the draft is back', async () =>
      (await window.field('本文').inputValue()).includes('入荷'),
    );
    await window.field('本文').press('Control+Enter');
    await see(window.toast('送信しました'));
    expect(window.faults).toEqual([]);
  });
});
