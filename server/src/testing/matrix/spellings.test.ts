import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadActor, type MemberActor } from '../../accounts/index.ts';
import { saveDraft } from '../../compose/draft/save-draft.ts';
import { addNote } from '../../conversation/index.ts';
import { identifyCustomer } from '../../customers/index.ts';
import type { Tx } from '../../platform/index.ts';
import { aLetter } from '../a-letter.ts';
import { routeOf, send } from './ask.ts';
import { calls } from './calls.ts';
import { type OpenMatrix, openMatrix } from './open-matrix.ts';
import { addressSpellings, numberSpellings, readBy } from './spellings.ts';
import { draftWords, makeFindable, type World } from './world.ts';

let matrix: OpenMatrix;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  matrix = await openMatrix();
});
afterAll(async () => {
  await matrix.close();
  vi.useRealTimers();
});

const word = fc.stringMatching(/^[b-df-hj-np-tv-z]{9}$/);
const digits = (count: number) => fc.stringMatching(new RegExp(`^[1-9]{${count}}$`));

/** A customer with an address and a number, and in each place of a letter another spelling of both. */
const someone = fc.record({
  name: word,
  host: word,
  number: fc
    .tuple(fc.constantFrom('050', '070', '080', '090'), digits(4), digits(4))
    .map((groups) => groups.join('-')),
  spelled: fc.array(fc.tuple(fc.nat(addressSpellings.length - 1), fc.nat(numberSpellings.length - 1)), {
    minLength: 6,
    maxLength: 6,
  }),
});
type Someone = typeof someone extends fc.Arbitrary<infer Facts> ? Facts : never;

const addressOf = ({ name, host }: Someone) => `${name}@${host}.example`;

function saidBy(who: Someone): string[] {
  return who.spelled.map(([address, number]) => {
    const [first, second] = [addressSpellings[address], numberSpellings[number]];
    return `連絡先: ${first?.(addressOf(who))} 、 ${second?.(who.number)} です。`;
  });
}

/** What he writes, and what a colleague who sees it notes and drafts; all of it findable. */
async function writeIn(tx: Tx, world: World, who: Someone): Promise<World> {
  const [text = '', subject = '', html = '', note = '', draft = '', name = ''] = saidBy(who);
  const { workspaceId, mailboxIds } = world.company;
  const colleague = await loadActor(tx, workspaceId, world.target);
  const [mailboxId] = mailboxIds;
  if (colleague === null || mailboxId === undefined) throw new Error('the colleague may not act');
  const from = { name, address: addressOf(who) };
  const customerId = await identifyCustomer(tx, workspaceId, from);
  const letter = await aLetter(
    tx,
    { workspaceId, mailboxId },
    { from, subject, text, html: `<p>${divided(html)}</p>`, customerId },
  );
  await makeFindable(tx, workspaceId, letter.messageId);
  const { id: conversationId } = letter.conversation;
  await answerTo(tx, colleague, { conversationId, messageId: letter.messageId, note, draft });
  return { ...world, conversationId, messageId: letter.messageId, customerId };
}

/** As a page does it: a mark-up between any two signs. */
const divided = (html: string) => html.replace(/([a-z]{3})([a-z]{3})/i, '$1<b>$2</b>');

async function answerTo(
  tx: Tx,
  colleague: MemberActor,
  {
    conversationId,
    messageId,
    note,
    draft,
  }: Pick<World, 'conversationId' | 'messageId'> & Record<'note' | 'draft', string>,
): Promise<void> {
  await addNote(tx, colleague, { conversationId, text: note });
  const words = { ...draftWords(messageId), text: draft, to: [] };
  await saveDraft(tx, colleague, { conversationId, kind: 'reply', words, version: 0, seenRevision: 5 });
}

const reading = Object.keys(calls).filter(
  (name) => name.startsWith('GET /') && !name.startsWith('GET /stream'),
);

test('however an address or a number is written, no answer tells it to whom it is hidden from', async () => {
  const asker = matrix.askers.find(({ column }) => column.key === 'trainee');
  if (asker === undefined) throw new Error('nobody is there to ask');
  const { app, connection } = matrix;
  await fc.assert(
    fc.asyncProperty(someone, (who) =>
      connection.undone(async () => {
        const world = await connection.db.transaction((tx) => writeIn(tx, matrix.world, who));
        for (const name of reading) {
          const call = calls[name]?.call({ world, asker, made: '' }) ?? {};
          const { text } = await send(app, asker, routeOf(name), call);
          const read = readBy(text);
          for (const secret of [who.name, who.host, who.number.replaceAll('-', '').slice(1)])
            expect([name, read.includes(secret)]).toEqual([name, false]);
        }
      }),
    ),
    { numRuns: 8, seed: 4168 },
  );
}, 300_000);

test('whoever sees addresses is told all of it: else the test above would prove nothing', async () => {
  const asker = matrix.askers.find(({ column }) => column.key === 'admin');
  if (asker === undefined) throw new Error('nobody is there to ask');
  const { app, connection } = matrix;
  const [who] = fc.sample(someone, { numRuns: 1, seed: 4168 });
  if (who === undefined) throw new Error('nobody writes');
  await connection.undone(async () => {
    const world = await connection.db.transaction((tx) => writeIn(tx, matrix.world, who));
    const told: string[] = [];
    for (const name of reading) {
      const call = calls[name]?.call({ world, asker, made: '' }) ?? {};
      const { text } = await send(app, asker, routeOf(name), call);
      if (readBy(text).includes(who.name)) told.push(name);
    }
    expect(told).toEqual(
      expect.arrayContaining([
        'GET /conversations',
        'GET /conversations/:conversationId',
        'GET /conversations/:conversationId/messages',
        'GET /conversations/:conversationId/drafts',
        'GET /messages/:messageId/html',
        'GET /customers/:customerId',
      ]),
    );
  });
});
