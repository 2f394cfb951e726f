import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, type Ground, ORDER, openGround, withPictures } from './ground.ts';
import { see } from './timed.ts';
import { openWindow, type Window } from './window.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
/** Every way in which a letter tries to run something; each would leave a mark on the page or on its frame. */
const hostile = (far: string) => `
<html><head><base href="${far}/base/"><meta http-equiv="refresh" content="0;url=${far}/refresh">
<link rel="stylesheet" href="${far}/style.css"><style>@import url("${far}/import.css"); p { background: url(${far}/css.png) }</style>
<script>top.hacked = parent.hacked = window.hacked = 'script'</script></head>
<body background="${far}/body.png" onload="top.hacked='load'">
<p>新しい請求書をご確認ください。</p>
<img src="x" onerror="top.hacked='error'"><svg onload="top.hacked='svg'"><script>top.hacked='svg script'</script></svg>
<svg><animate onbegin="top.hacked='animate'" attributeName="x"></animate><image href="${far}/svg.png"/></svg>
<math><mtext><table><mglyph><style><img src=x onerror="top.hacked='mglyph'"></style></mglyph></table></mtext></math>
<iframe srcdoc="<script>top.hacked='srcdoc'</script>"></iframe><object data="${far}/object"></object>
<video poster="${far}/poster.png" src="${far}/video.mp4" autoplay></video><input type="image" src="${far}/input.png">
<a href="javascript:top.hacked='link'">請求書</a><form action="${far}/form"><button autofocus onfocus="top.hacked='focus'">送信</button></form>
<div style="background-image:url('${far}/div.png')">　</div><img srcset="${far}/set.png 2x">
<img src="${far}/seen.png" width="40" height="40" alt="ロゴ"></body></html>`;
const NAME = '"><img src=x onerror="top.hacked=\'name\'">';

describe.skipIf(!canTravel)('a letter that means harm', () => {
  let ground: Ground;
  let window: Window;
  let far: Server;
  let address: string;
  const asked: IncomingMessage[] = [];
  const requests: string[] = [];
  withPictures();
  beforeAll(async () => {
    far = createServer((request, answer) => {
      asked.push(request);
      answer.writeHead(200, { 'content-type': 'image/png' }).end(PIXEL);
    });
    await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(far.address() as AddressInfo).port}`;
    ground = await openGround();
    window = await ground.enter();
    window.page.on('request', (request) => requests.push(request.url()));
    await ground.customer(NAME, 'evil@customer.example').write({
      to: ORDER,
      subject: `請求書 <script>top.hacked='subject'</script>${NAME}`,
      html: hostile(address),
      attachments: [
        { filename: `<img src=x onerror=top.hacked='file'>.svg`, content: '<svg onload="top.hacked=1"/>' },
      ],
    });
  });
  afterAll(async () => {
    await ground?.close();
    far?.close();
  });

  test('runs nothing and asks nobody when it is opened', async () => {
    await window.open(/請求書/);
    const letter = window.page.frameLocator('iframe[title$="からのメール"]');
    await see(letter.getByText('新しい請求書をご確認ください。'));
    await letter.getByText('請求書', { exact: true }).click();
    await see(window.conversation.getByText('画像を表示していません'));

    for (const frame of window.page.frames()) {
      expect(await frame.evaluate('typeof globalThis.hacked')).toBe('undefined');
    }
    expect(asked).toHaveLength(0);
    expect(requests.filter((url) => !url.startsWith(ground.house.url) && !url.startsWith('data:'))).toEqual(
      [],
    );
  });

  test('its pictures come when they are asked for, fetched by the house and not by the browser', async () => {
    const shown = window.page.waitForResponse((answer) => answer.url().includes('/remote/'));
    await window.button('表示').click();

    const picture = await shown;
    expect([picture.status(), picture.headers()['content-type']]).toEqual([200, 'image/png']);
    expect((await picture.body()).equals(PIXEL)).toBe(true);
    expect(asked.map(({ url }) => url)).toContain('/seen.png');
    for (const { headers } of asked) {
      expect(headers['user-agent'] ?? '').not.toContain('Chrome');
      expect([headers.cookie, headers.referer]).toEqual([undefined, undefined]);
    }
    expect(requests.filter((url) => url.startsWith(address))).toEqual([]);
    expect(asked.filter(({ url }) => /script|style|css|refresh|form|object|video/.test(url ?? ''))).toEqual(
      [],
    );
  });

  test('its file is offered, never opened inside the page', async () => {
    const link = window.conversation.getByRole('link', { name: /onerror=top/ });
    const saved = await window.page.request.get(
      new URL((await link.getAttribute('href')) ?? '', ground.house.url).href,
    );

    expect(saved.headers()['content-disposition']).toMatch(/^attachment/);
    expect(saved.headers()['x-content-type-options']).toBe('nosniff');
    expect(await window.page.evaluate('typeof globalThis.hacked')).toBe('undefined');
  });

  test('the page allows only scripts that carry the number of its answer', async () => {
    const policyOf = async () =>
      (await window.page.goto(ground.house.url))?.headers()['content-security-policy'] ?? '';
    const [first, second] = [await policyOf(), await policyOf()];

    expect(first).toMatch(/script-src [^;]*'nonce-[^']{16,}'/);
    expect(first).not.toMatch(/script-src [^;]*'unsafe/);
    expect(second).not.toBe(first);
    expect(window.faults).toEqual([]);
  });
});

describe.skipIf(!canTravel)('for people who read by ear or by keyboard', () => {
  let ground: Ground;
  let window: Window;
  withPictures();
  beforeAll(async () => {
    ground = await openGround();
    const customer = ground.customer('小林 真由美', 'mayumi@customer.example');
    await customer.write({ to: ORDER, subject: 'お皿について', text: '欠けていました。' });
    window = await ground.enter();
    await see(window.row('お皿について'));
    const draft = await ground.owner.ask('POST', '/drafts', { mailboxId: ground.mailboxes.order });
    const { id, version } = draft;
    const empty = {
      messageId: null,
      cc: [],
      bcc: [],
      quote: '',
      signature: '',
      uploadIds: [],
      seenRevision: 0,
    };
    const to = [{ name: '', address: 'refused@customer.example' }];
    await ground.owner.ask('PUT', `/drafts/${id}`, {
      ...{ ...empty, mailboxId: ground.mailboxes.order, version, to, subject: 'ご案内', text: '拝啓' },
    });
    await ground.owner.ask('POST', `/drafts/${id}/send`, {
      submissionKey: 'to-be-refused',
      afterSend: 'keep',
    });
  });
  afterAll(async () => {
    await ground?.close();
  });

  /** What is wrong and grave on the page as it is now, in both lights. */
  const faultsOf = async ({ page }: Window) => {
    // In the middle of a fade every colour is another one.
    await page.evaluate(`Promise.allSettled(document.getAnimations()
      .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
      .map((one) => one.finished)).then(() => undefined)`);
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const look = new AxeBuilder({ page });
      // In the dark only the colours are others.
      if (colorScheme === 'dark') look.withRules(['color-contrast']);
      const { violations } = await look.analyze();
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      found.push(
        ...grave.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      );
    }
    return found;
  };

  test('list and conversation', async () => {
    expect(await faultsOf(window)).toEqual([]);
    await window.open('お皿について');
    expect(await faultsOf(window)).toEqual([]);
  });

  test('composer and note', async () => {
    await window.page.keyboard.press('r');
    await see(window.conversation.getByText('ほかの人は返信できません'));
    expect(await faultsOf(window)).toEqual([]);
    await window.button('返信をやめる').click();
    await window.page.keyboard.press('n');
    await see(window.field('メモの内容'));
    expect(await faultsOf(window)).toEqual([]);
    await window.page.getByRole('button', { name: 'やめる', exact: true }).click();
  });

  test('outbox, search and settings', async () => {
    const { page } = window;
    await page.goto(`${ground.house.url}/outbox`);
    await see(page.getByText(/550/));
    expect(await faultsOf(window)).toEqual([]);
    for (const path of ['search?q=皿', 'settings/profile', 'settings/display', 'settings/people']) {
      await page.goto(`${ground.house.url}/${path}`);
      await see(page.getByRole('heading', { level: 1 }));
      expect(await faultsOf(window)).toEqual([]);
    }
    await page.goto(`${ground.house.url}/settings/${ground.mailboxes.order}`);
    await see(page.getByText('受信と送信'));
    expect(await faultsOf(window)).toEqual([]);
  });

  test('sign-in', async () => {
    const stranger = await openWindow(ground.browser);
    await stranger.page.goto(`${ground.house.url}/sign-in`);
    await see(stranger.button('ログイン'));
    expect(await faultsOf(stranger)).toEqual([]);
    expect([...stranger.faults, ...window.faults]).toEqual([]);
    await stranger.close();
  });
});
