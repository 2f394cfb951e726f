import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTravel, openBrowser, PASSWORD, withPictures } from './ground.ts';
import { type House, newHouse } from './house.ts';
import { happened, see } from './timed.ts';
import { openWindow, signIn } from './window.ts';
import { openWire } from './wire.ts';

const START = fileURLToPath(new URL('../../bin/start.mjs', import.meta.url));
const OWNER = { name: '田中 彩', email: 'tanaka@komorebi.example', password: PASSWORD };

interface Process {
  pid: number;
  command: string;
}

/** Everything that runs for a house: its folder is in the surroundings, or on the command line, of each. */
async function processesOf({ folder }: House): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = (pid: string, file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const all = await Promise.all(
    pids.map(async (pid) => ({
      pid: Number(pid),
      command: (await read(pid, 'cmdline')).replaceAll('\0', ' '),
      surroundings: await read(pid, 'environ'),
    })),
  );
  return all.filter(({ command, surroundings }) => `${command}${surroundings}`.includes(folder));
}

const nothingRuns = (house: House) =>
  happened('nothing of it runs any more', async () => (await processesOf(house)).length === 0);

const answers = async ({ url }: House) => (await fetch(`${url}/readyz`)).status;

/** Which processes run is read from /proc. */
describe.skipIf(!canTravel || process.platform !== 'linux')('one command', () => {
  const houses: House[] = [];
  let browser: Browser;
  withPictures();
  const aHouse = async (...args: string[]) => {
    const house = await newHouse([START, ...args]);
    houses.push(house);
    return house;
  };
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    for (const house of houses) await house.remove();
  });
  let house: House;

  test('starts everything, prints the address and a code, and Ctrl-C leaves nothing behind', async () => {
    house = await aHouse();
    await house.start();
    expect(house.printed()).toContain(`${house.url}/setup`);
    expect(house.code()).toMatch(/^\S{6,}$/);
    expect(await answers(house)).toBe(200);

    expect(await house.interrupt()).toBe(0);
    await nothingRuns(house);
  });

  test('a second start is ready with the same code, and the company is there after a third', async () => {
    await house.start();
    await openWire(house.url).ask('POST', '/setup', {
      ...OWNER,
      code: house.code(),
      company: 'こもれび雑貨店',
      mailboxName: 'ご注文・配送',
      mailboxAddress: 'order@komorebi.example',
      account: null,
    });
    await house.interrupt();
    await house.start();

    expect(house.code()).toBeNull();
    const window = await openWindow(browser);
    await signIn(window, house.url, OWNER);
    await window.close();
  });

  test('after kill -9 of the server and of PostgreSQL the next start heals', async () => {
    for (const { pid } of await processesOf(house)) process.kill(pid, 'SIGKILL');
    await nothingRuns(house);
    await house.start();
    const server = (await processesOf(house)).find(({ command }) => / serve\b/.test(command));
    // The server alone this time: PostgreSQL is left behind, and taken over.
    process.kill(server?.pid ?? 0, 'SIGKILL');
    await happened('the command ends with its server', async () => !(await isThere(house.pid())));
    const left = await house.postgresPid();
    await house.start();

    expect(left).not.toBeNull();
    expect(await answers(house)).toBe(200);
    expect(await house.interrupt()).toBe(0);
    await nothingRuns(house);
  });

  test('whoever starts it is killed: the server ends by itself', async () => {
    await house.start();
    await house.kill();

    await nothingRuns(house);
  });

  test('a second SIGTERM, as npm and the start that outlives it send, still lets it drain', async () => {
    const twice = await aHouse();
    await twice.start();
    const server = (await processesOf(twice)).find(({ command }) => / serve\b/.test(command));
    process.kill(twice.pid(), 'SIGTERM');
    // Only now is the next one the second: the first has begun the end.
    await happened('it says that it stops', async () => twice.printed().includes('stopping…'));
    for (const pid of [server?.pid ?? 0, twice.pid()]) if (await isThere(pid)) process.kill(pid, 'SIGTERM');

    await happened('the command ends with its server', async () => !(await isThere(twice.pid())));
    expect(await twice.postgresPid()).toBeNull();
    await nothingRuns(twice);
  });

  test('two of them run side by side', async () => {
    const other = await aHouse();
    await Promise.all([house.start(), other.start()]);

    expect([await answers(house), await answers(other)]).toEqual([200, 200]);
    expect(await other.interrupt()).toBe(0);
    expect(await answers(house)).toBe(200);
    expect(await house.interrupt()).toBe(0);
  });

  test('--demo shows a company at work, and lets a newcomer play the customer', async () => {
    const demo = await aHouse('--demo');
    await demo.start();
    expect(demo.printed()).toContain(`${demo.url}/customer`);
    const window = await openWindow(browser);
    await window.page.goto(demo.url);
    await see(window.page.getByText('お試し用のアカウントで入る'));
    const people = window.page.getByRole('main').getByRole('button', { name: /^(?!.*ログイン|パスワード)/ });
    await people.first().click();
    await see(window.page.getByRole('option'));
    await window.page.getByRole('option').first().click();
    await see(window.conversation.getByRole('article'));

    await window.page.goto(`${demo.url}/customer`);
    await see(window.page.getByRole('heading', { name: 'お客さま役' }));
    expect(window.faults).toEqual([]);
    expect(await demo.interrupt()).toBe(0);
    await nothingRuns(demo);
  });
});

const isThere = async (pid: number) => (await readdir('/proc')).includes(String(pid));
