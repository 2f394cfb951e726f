import type { OutgoingId } from '@madoguchi/contract';
import type { MemberActor } from '../accounts/index.ts';
import type { SendOutcome } from '../channels/index.ts';
import {
  appendOutgoingMessage,
  type Conversation,
  changeStatus,
  firstStatusOf,
  type Part,
} from '../conversation/index.ts';
import { claimOutgoing } from '../outbox/claim-outgoing.ts';
import { queueOutgoing } from '../outbox/index.ts';
import { settleOutgoing } from '../outbox/settle-outgoing.ts';
import { type Files, newId, type Tx } from '../platform/index.ts';
import type { WrittenLetter } from './letter/correspondence.ts';
import type { Step } from './planned.ts';
import { findMessages, forgetReminder } from './store.ts';

interface Sending {
  conversation: Conversation;
  step: Extract<Step, { kind: 'out' }>;
}

/** Writes a letter of ours, as compose does it, and what the world then said to it, as the worker does. */
export async function sendThen(
  tx: Tx,
  { files }: { files: Files },
  actor: MemberActor,
  { conversation, step }: Sending,
): Promise<void> {
  const { letter, answersCustomer, after, fate } = step;
  const { workspaceId, memberId } = actor;
  const [parent] = letter.inReplyTo === null ? [] : await findMessages(tx, workspaceId, letter.inReplyTo);
  const written = await appendOutgoingMessage(tx, actor, {
    where: { conversationId: conversation.id },
    parentId: parent?.id ?? null,
    answersCustomer,
    letter: {
      messageId: letter.messageId,
      references: [...letter.references],
      inReplyTo: letter.inReplyTo === null ? [] : [letter.inReplyTo],
      from: letter.from,
      recipients: { to: [...letter.to], cc: [], bcc: [], replyTo: [] },
      subject: letter.subject,
      pieces: letter.runs,
      html: null,
      sentAt: letter.at,
      parts: await partsOf(tx, files, actor, letter),
    },
  });
  await changeStatus(tx, actor, written.conversation, await firstStatusOf(tx, workspaceId, after));
  const outgoingId = newId<OutgoingId>();
  await queueOutgoing(
    tx,
    actor,
    {
      id: outgoingId,
      conversationId: conversation.id,
      messageRowId: written.messageId,
      mailboxId: conversation.mailboxId,
      envelopeFrom: letter.from.address,
      envelopeTo: letter.to.map(({ address }) => address),
      shownTo: letter.to,
      subject: letter.subject,
      messageId: letter.messageId,
      bytes: letter.bytes,
      submissionKey: outgoingId,
      leaveAt: step.at,
    },
    files,
  );
  const claim = await claimOutgoing(tx, { workspaceId, outgoingId, leaseId: `demo:${memberId}` });
  if (claim === null) throw new Error('a letter of the past does not leave');
  await settleOutgoing(tx, claim, outcomeOf(fate, letter));
  await forgetReminder(tx, outgoingId);
}

async function partsOf(tx: Tx, files: Files, actor: MemberActor, letter: WrittenLetter): Promise<Part[]> {
  const parts: Part[] = [];
  for (const [at, { name, type, bytes }] of letter.files.entries()) {
    const stored = await files.put(tx, actor.workspaceId, bytes);
    // The first part of the letter is its text.
    parts.push({ part: String(at + 2), name, type, ...stored, contentId: null, inline: false });
  }
  return parts;
}

function outcomeOf(fate: Sending['step']['fate'], { messageId, to }: WrittenLetter): SendOutcome {
  const address = to[0]?.address ?? '';
  switch (fate) {
    case 'accepted':
      return {
        kind: 'accepted',
        reply: `250 2.0.0 Ok: queued as ${messageId.slice(0, 10).toUpperCase()}`,
        failed: [],
      };
    case 'refused': {
      const reply = `550 5.1.1 <${address}>: Recipient address rejected: User unknown`;
      return { kind: 'refused', reply, failed: [{ address, reason: '5.1.1', reply, isTemporary: false }] };
    }
    case 'unknown':
      return { kind: 'unknown', reply: 'The connection ended after the body, while waiting for 250' };
  }
}
