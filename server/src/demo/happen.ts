/** Lets one step of the plan happen, by the operations that a real letter or a real person would set off. */
import type { ConversationId, MailboxId } from '@madoguchi/contract';
import { houseActor, type MemberActor } from '../accounts/index.ts';
import {
  addNote,
  assignConversation,
  firstStatusOf,
  lockConversation,
  setLabel,
  setPlace,
  setSeen,
  setStatus,
} from '../conversation/index.ts';
import type { Tx } from '../platform/index.ts';
import type { MailboxKey } from './company.ts';
import { withLabels } from './labels.ts';
import type { PlannedConversation, Step } from './planned.ts';
import { receiveThen } from './receive-then.ts';
import { sendThen } from './send-then.ts';
import { backDate, doNotWaitForDisk } from './store.ts';
import type { Telling } from './telling.ts';

/** Lets a whole conversation happen, in order. */
export async function happen(
  telling: Telling,
  { mailbox, steps, isSeen }: PlannedConversation,
): Promise<void> {
  let conversationId: ConversationId | null = null;
  for (const step of withLabels(steps)) {
    if (step.kind === 'in') {
      const place: ConversationId | null = await receiveThen(telling, {
        mailbox,
        step,
        before: conversationId,
      });
      conversationId ??= place;
    } else if (conversationId !== null) await act(telling, conversationId, step);
  }
  if (isSeen && conversationId !== null) await seeAll(telling, mailbox, conversationId, steps.at(-1)?.at);
}

const placeOf = ({ company }: Telling, key: MailboxKey): MailboxId | undefined => company.mailboxes.get(key);

async function act(
  telling: Telling,
  conversationId: ConversationId,
  step: Exclude<Step, { kind: 'in' }>,
): Promise<void> {
  const actor = asThen(telling, personOf(telling, step.by));
  await telling.db.transaction(async (tx) => {
    await doNotWaitForDisk(tx);
    await doStep(tx, telling, actor, { conversationId, step });
    const { workspaceId } = telling.company;
    await backDate(tx, {
      workspaceId,
      conversationId,
      at: step.at,
      since: telling.since,
      hasWords: step.kind === 'out' || step.kind === 'note',
    });
  });
}

function personOf({ company }: Telling, no: number): MemberActor {
  const actor = company.people[no];
  if (actor === undefined) throw new RangeError(`nobody has the number ${no}`);
  return actor;
}

/** In what lies back he did what was his to do then: his rights of today are not asked. */
function asThen({ company }: Telling, actor: MemberActor): MemberActor {
  const { permissions } = houseActor(actor.workspaceId);
  const mailboxes = new Map([...company.mailboxes.values()].map((id) => [id, 'work' as const]));
  return { ...actor, permissions, mailboxes, scope: 'mailboxes' };
}

interface Deed {
  conversationId: ConversationId;
  step: Exclude<Step, { kind: 'in' }>;
}

async function doStep(
  tx: Tx,
  telling: Telling,
  actor: MemberActor,
  { conversationId, step }: Deed,
): Promise<void> {
  const now = await lockConversation(tx, houseActor(actor.workspaceId), conversationId);
  if (now === null) throw new Error('a conversation of the example company is gone');
  switch (step.kind) {
    case 'note':
      await addNote(tx, actor, { conversationId, text: step.text });
      return;
    case 'assign': {
      const { memberId } = personOf(telling, step.to);
      await assignConversation(tx, actor, {
        conversationId,
        assigneeId: memberId,
        seenAssigneeId: now.assigneeId,
      });
      return;
    }
    case 'status': {
      const status = await firstStatusOf(tx, actor.workspaceId, step.to);
      await setStatus(tx, actor, { conversationId, statusId: status.id, seenStatusId: now.statusId });
      return;
    }
    case 'place':
      await setPlace(tx, actor, { conversationId, place: step.to, seenPlace: now.place });
      return;
    case 'label': {
      const labelId = telling.company.labels.get(step.name);
      if (labelId !== undefined) await setLabel(tx, actor, { conversationId, labelId, on: true });
      return;
    }
    case 'out':
      await sendThen(tx, telling, actor, { conversation: now, step });
  }
}

async function seeAll(
  telling: Telling,
  key: MailboxKey,
  conversationId: ConversationId,
  at = telling.since,
): Promise<void> {
  const mailboxId = placeOf(telling, key);
  await telling.db.transaction(async (tx) => {
    await doNotWaitForDisk(tx);
    for (const actor of telling.company.people) {
      const worksHere = mailboxId !== undefined && actor.mailboxes.has(mailboxId);
      if (worksHere) await setSeen(tx, actor, { conversationId, revision: Number.MAX_SAFE_INTEGER });
    }
    const { workspaceId } = telling.company;
    await backDate(tx, { workspaceId, conversationId, at, since: telling.since, hasWords: false });
  });
}
