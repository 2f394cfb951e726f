import { type Browser, chromium } from 'playwright-core';
import { beforeEach } from 'vitest';
import { findNeeds } from '../../bin/test-needs.mjs';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { type EximServer, startExim } from '../servers/exim.ts';
import { aCustomer, type Customer } from './customer.ts';
import { type House, newHouse } from './house.ts';
import { openWindow, signIn, takePictures, type Window } from './window.ts';
import { openWire, signedInWire, type Wire } from './wire.ts';

export const ORDER = 'order@komorebi.example';
export const HELLO = 'hello@komorebi.example';
export const PASSWORD = 'aoi-sora-to-umi';
export const OWNER = { name: '田中 彩', email: 'tanaka@komorebi.example', password: PASSWORD };

const needs = findNeeds();
/** A journey needs all of them; without one it is skipped, and `npm test` names what is missing. */
export const canTravel = needs.chromium !== null && needs.dovecot !== null && needs.exim !== null;
export const neomutt = needs.neomutt;

export interface Person {
  name: string;
  email: string;
  password: string;
}

/** A company at work: a server, the world's mail servers, a browser. */
export interface Ground {
  house: House;
  dovecot: DovecotServer;
  exim: EximServer;
  browser: Browser;
  /** The administrator, over the API: for what is there before a journey begins. */
  owner: Wire;
  /** Of the two shared mailboxes: ご注文・配送 and お問い合わせ. */
  mailboxes: { order: string; hello: string };
  /** @param role the key of a built-in one or the name of an own one; a member when none is named */
  hire(name: string, email: string, mailboxIds: readonly string[], role?: string): Promise<Person>;
  customer(name: string, address: string): Customer;
  /** A window in which someone has signed in; the administrator when nobody is named. */
  enter(person?: Person): Promise<Window>;
  close(): Promise<void>;
}

/** How the browser of this machine is started, by us or as a server of its own. */
export const BROWSER = {
  executablePath: needs.chromium ?? '',
  args: [
    ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    ...['--disable-background-networking', '--disable-component-update'],
  ],
  // Without a locale that can spell them, a saved file loses its Japanese name.
  env: { ...process.env, LC_ALL: 'C.UTF-8' },
};

export const openBrowser = (): Promise<Browser> => chromium.launch(BROWSER);

/** Pictures of the windows when a test fails. */
export function withPictures(): void {
  beforeEach(({ task, onTestFailed }) => onTestFailed(() => takePictures(task.name)));
}

/** The world outside, for a house that is not set up. */
export async function openWorld(handOver: Record<string, number>) {
  const dovecot = await startDovecot();
  const exim = await startExim({ mailRoot: dovecot.mailRoot, handOver });
  return { dovecot, exim };
}

/**
 * A house that has been set up, with letters coming by SMTP and leaving through Exim.
 * @param settings those in which it differs from the usual ones
 */
export async function openGround(settings: Record<string, string> = {}): Promise<Ground> {
  const house = await newHouse(undefined, settings);
  const [, { dovecot, exim }, browser] = await Promise.all([
    house.start(),
    openWorld({ 'komorebi.example': house.smtpPort, 'hinata.example': house.smtpPort }),
    openBrowser(),
  ]);
  const { owner, mailboxes } = await setUp(house, exim);
  return {
    ...{ house, dovecot, exim, browser, owner, mailboxes },
    hire: (name, email, mailboxIds, role = 'member') => hire(house, owner, { name, email, mailboxIds, role }),
    customer: (name, address) => aCustomer({ dovecot, exim }, name, address),
    async enter(person = OWNER) {
      const window = await openWindow(browser);
      await signIn(window, house.url, person);
      return window;
    },
    async close() {
      await browser.close();
      await house.remove();
      await exim.remove();
      await dovecot.remove();
    },
  };
}

async function setUp(house: House, exim: EximServer) {
  await openWire(house.url).ask('POST', '/setup', {
    ...OWNER,
    code: house.code(),
    company: 'こもれび雑貨店',
    mailboxName: 'ご注文・配送',
    mailboxAddress: ORDER,
    account: null,
  });
  const owner = await signedInWire(house.url, OWNER);
  const { member } = await owner.ask('GET', '/me');
  await owner.ask('POST', '/mailboxes', { name: 'お問い合わせ', address: HELLO, memberIds: [member.id] });
  const { items } = await owner.ask('GET', '/mailboxes');
  const idOf = (address: string): string =>
    items.find((each: { address: string }) => each.address === address).id;
  const mailboxes = { order: idOf(ORDER), hello: idOf(HELLO) };
  for (const mailboxId of Object.values(mailboxes)) {
    const account = { imap: null, smtp: smtpOf(exim) };
    await owner.ask('POST', '/channels', { mailboxId, account });
  }
  return { owner, mailboxes };
}

const smtpOf = ({ port, password }: EximServer) => ({
  ...{ host: '127.0.0.1', port, security: 'none', verifyCertificate: false },
  ...{ user: 'order', password },
});

interface Hired {
  name: string;
  email: string;
  mailboxIds: readonly string[];
  role: string;
}

async function hire(house: House, owner: Wire, { name, email, mailboxIds, role }: Hired): Promise<Person> {
  const roles = (await owner.ask('GET', '/roles')).items;
  const roleId = roles.find((one: { key: string; name: string }) => [one.key, one.name].includes(role)).id;
  const { link } = await owner.ask('POST', '/members', { name, email, roleId, mailboxIds });
  const token = link.url.split('/').at(-1);
  await openWire(house.url).ask('POST', `/member-links/${token}`, { password: PASSWORD });
  return { name, email, password: PASSWORD };
}
