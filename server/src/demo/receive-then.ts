import type { ConversationId, RawMessageId } from '@madoguchi/contract';
import { houseActor } from '../accounts/index.ts';
import { builtInChannel, type RawMessage, readRawMessage } from '../channels/index.ts';
import { keepRaw } from '../channels/keep-raw.ts';
import { type Reading, takeIn } from '../intake/index.ts';
import { readHead, readRaw } from '../intake/read-raw.ts';
import type { Tx } from '../platform/index.ts';
import { type MailboxKey, mailboxOf } from './company.ts';
import type { MadeCompany } from './make-company.ts';
import type { Step } from './planned.ts';
import { backDate, doNotWaitForDisk, findMessages } from './store.ts';
import type { Telling } from './telling.ts';

interface Receiving {
  mailbox: MailboxKey;
  step: Extract<Step, { kind: 'in' }>;
  /** The conversation so far: a report on a letter of ours changes it without being a message. */
  before: ConversationId | null;
}

/**
 * Takes a letter in at its moment, in each mailbox that it is for.
 * @returns the conversation that it came to in the first of them; null for a report
 */
export async function receiveThen(
  telling: Telling,
  { mailbox, step, before }: Receiving,
): Promise<ConversationId | null> {
  const { db, company } = telling;
  const mailboxes = step.alsoTo === undefined ? [mailbox] : [mailbox, step.alsoTo];
  for (const key of mailboxes) {
    const raw = await keep(telling, key, step);
    const reading = await read(telling, raw, step.isUnreadable ?? false);
    await db.transaction(async (tx) => {
      await doNotWaitForDisk(tx);
      await takeIn(tx, houseActor(company.workspaceId), { raw, reading });
      await backDateAll(tx, telling, { step, before });
    });
  }
  const found = await db.transaction((tx) => findMessages(tx, company.workspaceId, step.letter.messageId));
  const first = company.mailboxes.get(mailbox);
  return found.find(({ mailboxId }) => mailboxId === first)?.conversationId ?? null;
}

async function backDateAll(
  tx: Tx,
  { company: { workspaceId }, since }: Telling,
  { step, before }: Pick<Receiving, 'step' | 'before'>,
): Promise<void> {
  const found = await findMessages(tx, workspaceId, step.letter.messageId);
  const touched = new Set(found.map(({ conversationId }) => conversationId));
  if (before !== null) touched.add(before);
  for (const conversationId of touched)
    await backDate(tx, { workspaceId, conversationId, at: step.at, since, hasWords: true });
}

/** As the SMTP door does it, but that the take-in is not left to a worker. */
async function keep(
  { db, files, company }: Telling,
  key: MailboxKey,
  step: Receiving['step'],
): Promise<RawMessage> {
  const { workspaceId } = company;
  const mailboxId = company.mailboxes.get(key);
  if (mailboxId === undefined) throw new Error(`the example company has no mailbox ${key} any more`);
  return db.transaction(async (tx) => {
    await doNotWaitForDisk(tx);
    const id = await keepRaw(
      tx,
      { files, onRaw: async () => {} },
      {
        workspaceId,
        channelId: await builtInChannel(tx, workspaceId, mailboxId, 'smtp_listener'),
        mailboxId,
        place: null,
        envelope: {
          mailFrom: step.mailFrom,
          rcptTo: [mailboxOf(key).address],
          peer: '192.0.2.25',
          helo: 'mx.mail.example',
          tls: 'TLSv1.3',
        },
        receivedAt: step.at,
        bytes: step.letter.bytes,
      },
    );
    return mustRead(tx, company, id);
  });
}

async function mustRead(tx: Tx, { workspaceId }: MadeCompany, id: RawMessageId | null): Promise<RawMessage> {
  const raw = id === null ? null : await readRawMessage(tx, workspaceId, id);
  if (raw === null) throw new Error('a letter that was just kept is not there');
  return raw;
}

/** One stands for those at which the parser gives up; making it really use up its memory would take too long. */
async function read(telling: Telling, raw: RawMessage, isUnreadable: boolean): Promise<Reading> {
  if (isUnreadable) return readHead(telling, raw, 'memory');
  const outcome = await readRaw(telling, raw);
  if (!outcome.ok) throw new Error(`a letter of the example company cannot be read: ${outcome.problem}`);
  return outcome.reading;
}
