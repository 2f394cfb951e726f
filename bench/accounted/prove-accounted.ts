import type { DovecotServer } from '../../e2e/servers/dovecot.ts';
import type { EximServer } from '../../e2e/servers/exim.ts';
import { listFlags, markHalfRead, type Place, putIn, recreate } from '../house/imap-accounts.ts';
import { orInterrupted } from '../house/or-interrupted.ts';
import { type House, setUpHouse } from '../house/start-house.ts';
import { type Delivered, findFaults, settle } from './compare.ts';
import { compareThreads, type ThreadFigures } from './compare-threads.ts';
import { allTaken, type MailAccounts, openAccounts, pollAll } from './house-accounts.ts';
import type { Letter } from './letters.ts';
import { printTable } from './print-table.ts';
import { type Kept, listVisible, readKept, readLedgers } from './read-house.ts';
import { sendAll } from './send-all.ts';
import { sendIntoTheVoid } from './send-into-the-void.ts';

const BOUNCES = 5;
const SHOWN = 10;

export interface Ground {
  dovecot: DovecotServer;
  exim: EximServer;
  /** All addresses of the shop. */
  shop: readonly string[];
  letters: readonly Letter[];
}

const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);

const tell = (faults: readonly string[]) => {
  for (const fault of faults) console.error(`FAULT ${fault}`);
};

/** @returns every fault as a sentence; the table and the faults are printed on the way */
export async function proveAccounted(
  ground: Ground,
  onEnd: (logFile: string) => Promise<void>,
): Promise<string[]> {
  const accounts = accountsOf(ground.shop);
  const house = await setUpHouse({ mailboxes: accounts.map(({ user }) => user) });
  try {
    return await orInterrupted(prove(house, ground, accounts));
  } finally {
    await house.stop();
    await onEnd(house.logFile);
    await house.remove();
  }
}

async function prove(house: House, ground: Ground, accounts: MailAccounts): Promise<string[]> {
  house.start();
  await house.ready();
  const { delivered, faults } = await bringIn(house, ground, accounts);
  const first = await look(house, delivered);
  const bounces = { truth: BOUNCES, house: first.bounces };
  await printTable({ house, dovecot: ground.dovecot, accounts, settled: first.settled, bounces });
  printThreads(first.threads);
  tell([...faults, ...first.faults]);
  const later = await makeFoldersAnew(house, ground, { accounts, first, delivered });
  tell(later);
  return [...faults, ...first.faults, ...later];
}

/** order@ has a folder with a Japanese name; all other addresses are aliases of support@, read from INBOX. */
function accountsOf(shop: readonly string[]): MailAccounts {
  const named = (name: string) => shop.find((address) => address.startsWith(name)) ?? '';
  const [support, order] = [named('support@'), named('order@')];
  const aliases = shop.filter((address) => address !== support && address !== order);
  return [
    { user: support, folder: 'INBOX', aliases },
    { user: order, folder: '受付', aliases: [] },
  ];
}

/** All letters through both doors, and reports about letters of ours through the one. */
async function bringIn(house: House, { dovecot, exim, letters }: Ground, accounts: MailAccounts) {
  const delivered: Delivered[] = [];
  const byDoor = (door: Letter['door']) => letters.filter((letter) => letter.door === door);
  say(`${byDoor('imap').length} letters are put into two IMAP accounts`);
  for (const account of accounts) {
    const mine = byDoor('imap').filter(({ address }) => [account.user, ...account.aliases].includes(address));
    const places = await putIn(
      dovecot,
      account,
      mine.map(({ bytes }) => bytes),
    );
    delivered.push(...mine.map((letter, at) => ({ letter, place: places[at] ?? null })));
    say(
      `another client has read ${await markHalfRead(dovecot, account)} of ${mine.length} in ${account.folder}`,
    );
  }
  const flags = await allFlags(dovecot, accounts);
  const [support] = await openAccounts(house, { dovecot, exim, accounts });
  say(`${byDoor('smtp').length} letters go to our own door`);
  delivered.push(...(await sendAll(house.smtpPort, byDoor('smtp'))));
  await allTaken(house, delivered.length, say);

  say(`${BOUNCES} letters of ours go to people who are gone`);
  await sendIntoTheVoid(house, { mailboxId: support?.mailboxId ?? '', count: BOUNCES });
  await allTaken(house, delivered.length + BOUNCES, say);
  return { delivered, faults: compareFlags(flags, await allFlags(dovecot, accounts)) };
}

async function allFlags(dovecot: DovecotServer, accounts: MailAccounts): Promise<Map<Place, string>> {
  const found = await Promise.all(accounts.map((account) => listFlags(dovecot, account)));
  return new Map(found.flatMap((flags) => [...flags]));
}

function compareFlags(before: ReadonlyMap<Place, string>, after: ReadonlyMap<Place, string>): string[] {
  return [...before].flatMap(([place, flags]) =>
    after.get(place) === flags ? [] : [`${place} had the flags "${flags}" and has "${after.get(place)}"`],
  );
}

interface Look {
  kept: Kept[];
  settled: ReturnType<typeof settle>;
  threads: ThreadFigures;
  conversations: number;
  messageIds: string[];
  /** Reports that are attached to a letter of ours. */
  bounces: number;
  faults: string[];
}

async function look(
  house: House,
  delivered: readonly Delivered[],
  isLater: (place: Place | null) => boolean = () => false,
): Promise<Look> {
  const kept = await readKept(house);
  const { conversations, messageIds } = await listVisible(house);
  const settled = settle(delivered, kept);
  const known = new Set(settled.map((one) => one.kept?.rawId));
  const reports = kept.filter(({ rawId, place }) => !known.has(rawId) && !isLater(place));
  const attached = reports.filter(({ bounces, messageIds: shown }) => bounces === 1 && shown.length === 0);
  const faults = findFaults(settled, new Set(messageIds));
  if (reports.length !== BOUNCES || attached.length !== BOUNCES) {
    faults.push(`${BOUNCES} bounces came, ${reports.length} were kept and ${attached.length} are attached`);
  }
  if (new Set(messageIds).size !== messageIds.length) faults.push('a message is shown twice');
  faults.push(...(await unbalanced(house)));
  const threads = compareThreads(settled);
  const bounces = kept.reduce((all, one) => all + one.bounces, 0);
  return { kept, settled, threads, conversations, messageIds, bounces, faults };
}

async function unbalanced(house: House): Promise<string[]> {
  return (await readLedgers(house)).flatMap(({ kind, address, ledger }) => {
    const { seen, ...became } = ledger;
    const sum = Object.values(became).reduce((a, b) => a + b, 0);
    return sum === seen ? [] : [`the ledger of ${kind} ${address} has seen ${seen} and accounts for ${sum}`];
  });
}

function printThreads({
  joined,
  rightlyJoined,
  connected,
  foundConnected,
  wronglyJoined,
  missed,
}: ThreadFigures): void {
  const percent = (part: number, whole: number) => `${((100 * part) / Math.max(whole, 1)).toFixed(2)} %`;
  console.log(
    `conversations, by pairs of letters: precision ${percent(rightlyJoined, joined)} (${rightlyJoined} of ${joined}), ` +
      `recall of what headers connect ${percent(foundConnected, connected)} (${foundConnected} of ${connected})`,
  );
  for (const pair of wronglyJoined.slice(0, SHOWN)) console.log(`  joined against the truth: ${pair}`);
  for (const link of missed.slice(0, SHOWN)) console.log(`  not joined: ${link}`);
}

/** A new UIDVALIDITY: every letter is listed again under a new UID, and none of them may double. */
async function makeFoldersAnew(
  house: House,
  { dovecot }: Ground,
  { accounts, first, delivered }: { accounts: MailAccounts; first: Look; delivered: readonly Delivered[] },
): Promise<string[]> {
  const places: Place[] = [];
  for (const account of accounts) places.push(...(await recreate(dovecot, account)));
  say(`the mail server's folders were made anew with ${places.length} letters`);
  await pollAll(house);
  await allTaken(house, first.kept.length + places.length, say);

  const anew = new Set<Place | null>(places);
  const second = await look(house, delivered, (place) => anew.has(place));
  const byPlace = new Map(second.kept.map((one) => [one.place, one]));
  const states = places.map((place) => byPlace.get(place)?.state ?? 'lost');
  const count = (state: string) => states.filter((one) => one === state).length;
  console.log(`after a new UIDVALIDITY: ${count('duplicate')} of ${places.length} letters are duplicates`);
  const strange = places.filter((_, at) => states[at] !== 'duplicate');
  const doubled = [
    ['conversations', first.conversations, second.conversations],
    ['messages', first.messageIds.length, second.messageIds.length],
    ['bounces', first.bounces, second.bounces],
  ] as const;
  return [
    ...second.faults.filter((fault) => !first.faults.includes(fault)),
    ...strange.map((place) => `${place}, listed anew, is ${byPlace.get(place)?.state ?? 'lost'}`),
    ...doubled
      .filter(([, a, b]) => a !== b)
      .map(([what, a, b]) => `there were ${a} ${what}, and there are ${b}`),
  ];
}
