import type { CustomerId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { newId } from '../platform/index.ts';
import { aLetter, type LetterGiven } from '../testing/a-letter.ts';
import { aConversation, aShop } from '../testing/conversations.ts';
import { aMember, inMailboxes, withTx } from '../testing/index.ts';
import { addNote } from './add-note.ts';
import { appendOutgoingMessage } from './append-outgoing-message.ts';
import { assignConversation } from './assign-conversation.ts';
import { listEvents } from './history/list-events.ts';
import { getConversation, listConversations } from './list/list-conversations.ts';
import { listMessages } from './messages/list-messages.ts';
import { listNewSince } from './messages/store.ts';
import { moveConversation } from './move-conversation.ts';
import { reopenFor } from './reopen-for.ts';
import { setSeen } from './seen/set-seen.ts';
import { setPlace } from './set-place.ts';
import { changeStatus, setStatus } from './set-status.ts';
import { firstStatusOf, listStatuses } from './status/store.ts';
import { lockConversation } from './store.ts';

const REPLY = {
  references: [],
  inReplyTo: [],
  from: { name: 'こもれび雑貨店', address: 'order@komorebi.example' },
  recipients: { to: [{ name: '', address: 'mayumi@midori.example' }], cc: [], bcc: [], replyTo: [] },
  subject: 'Re: 届いたお皿',
  pieces: [{ kind: 'new' as const, text: '交換いたします。' }],
  html: null,
  sentAt: null,
  parts: [],
};
const reply = (to = 'mayumi@midori.example') => ({
  ...REPLY,
  messageId: `${Math.random()}@komorebi.example`,
  recipients: { ...REPLY.recipients, to: [{ name: '', address: to }] },
});

test('the second of two people to take a conversation is told who has it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const take = (who: typeof shop.ada) =>
      assignConversation(tx, who, { conversationId: id, assigneeId: who.memberId, seenAssigneeId: null });
    await take(shop.ada);

    await expect(take(shop.ben)).rejects.toMatchObject({
      code: 'conversation.assignment_changed',
      facts: { nowAssignedTo: shop.ada.memberId },
    });
  }));

test('nothing is handed to someone who would not see it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.info });
    const give = assignConversation(tx, shop.ada, {
      conversationId: id,
      assigneeId: shop.ben.memberId,
      seenAssigneeId: null,
    });
    await expect(give).rejects.toMatchObject({ code: 'conversation.assignee_unfit' });
  }));

test('what a person may not do answers like something that is not there', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id, statusId } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const reader = await aMember(tx, shop.workspaceId, {
      permissions: ['conversation.see'],
      mailboxIds: [shop.order],
    });
    const stranger = await aMember(tx, shop.workspaceId);
    const { ada: foreigner } = await aShop(tx, 'other.example');
    const notFound = { code: 'conversation.not_found' };
    const conversationId = id;
    const done = await firstStatusOf(tx, shop.workspaceId, 'done');

    const { rights } = await getConversation(tx, reader, id);
    expect(Object.entries(rights).filter(([, may]) => may)).toEqual([]);
    for (const who of [reader, stranger, { ...foreigner, mailboxes: inMailboxes([shop.order]) }]) {
      await expect(addNote(tx, who, { conversationId, text: 'x' })).rejects.toMatchObject(notFound);
      await expect(
        setStatus(tx, who, { conversationId, statusId: done.id, seenStatusId: statusId }),
      ).rejects.toMatchObject(notFound);
      await expect(
        setPlace(tx, who, { conversationId, place: 'trash', seenPlace: 'inbox' }),
      ).rejects.toMatchObject(notFound);
      await expect(
        assignConversation(tx, who, { conversationId, assigneeId: null, seenAssigneeId: null }),
      ).rejects.toMatchObject(notFound);
      await expect(
        moveConversation(tx, who, { conversationId, mailboxId: shop.info, seenMailboxId: shop.order }),
      ).rejects.toMatchObject(notFound);
    }
    for (const read of [
      getConversation(tx, stranger, id),
      setSeen(tx, stranger, { conversationId, revision: 1 }),
    ]) {
      await expect(read).rejects.toMatchObject(notFound);
    }
    await expect(listMessages(tx, stranger, { conversationId })).rejects.toMatchObject(notFound);
    await expect(listEvents(tx, stranger, { conversationId })).rejects.toMatchObject(notFound);
    expect((await listConversations(tx, stranger, {})).items).toEqual([]);
  }));

test('a status and a place are compared by what was seen', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id, statusId } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const [, inProgress, , done] = await listStatuses(tx, shop.workspaceId);
    if (inProgress === undefined || done === undefined) throw new Error('no statuses');
    await setStatus(tx, shop.ada, { conversationId: id, statusId: done.id, seenStatusId: statusId });

    await expect(
      setStatus(tx, shop.ben, { conversationId: id, statusId: inProgress.id, seenStatusId: statusId }),
    ).rejects.toMatchObject({ code: 'conversation.status_changed', facts: { nowStatusId: done.id } });

    const trashed = await setPlace(tx, shop.ada, { conversationId: id, place: 'trash', seenPlace: 'inbox' });
    expect(trashed).toMatchObject({ trashedById: shop.ada.memberId, statusId: done.id });
    await expect(
      setPlace(tx, shop.ben, { conversationId: id, place: 'spam', seenPlace: 'inbox' }),
    ).rejects.toMatchObject({ code: 'conversation.place_changed' });
    expect((await listConversations(tx, shop.ada, {})).items).toEqual([]);
    expect((await listConversations(tx, shop.ada, { place: 'trash' })).items).toHaveLength(1);
    expect((await listConversations(tx, shop.ada, { ids: id })).items).toHaveLength(1);
  }));

test('a move tells both mailboxes, and takes it from who does not work in the new one', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await assignConversation(tx, shop.ada, {
      conversationId: id,
      assigneeId: shop.ben.memberId,
      seenAssigneeId: null,
    });
    const move = { conversationId: id, mailboxId: shop.info, seenMailboxId: shop.order };
    await expect(moveConversation(tx, shop.ben, move)).rejects.toMatchObject({
      code: 'conversation.mailbox_not_reachable',
    });

    expect(await moveConversation(tx, shop.ada, move)).toMatchObject({
      mailboxId: shop.info,
      assigneeId: null,
    });

    const { items } = await listEvents(tx, shop.ada, { conversationId: id });
    expect(items.map(({ kind, facts }) => [kind, facts.from, facts.to])).toEqual([
      ['message_received', undefined, undefined],
      ['assigned', null, shop.ben.memberId],
      ['mailbox_changed', shop.order, shop.info],
      ['assigned', shop.ben.memberId, null],
    ]);
    await expect(getConversation(tx, shop.ben, id)).rejects.toMatchObject({ code: 'conversation.not_found' });
  }));

test('a reply ends the waiting, a forward does not, and a status taken back knows which it was', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id, waitingSince } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const done = await firstStatusOf(tx, shop.workspaceId, 'done');
    const open = await firstStatusOf(tx, shop.workspaceId, 'open');
    const send = (to: string, answersCustomer: boolean) =>
      appendOutgoingMessage(tx, shop.ada, {
        where: { conversationId: id },
        parentId: null,
        answersCustomer,
        letter: reply(to),
      });

    const forwarded = await send('lieferant@topf.example', false);
    expect(forwarded.conversation.waitingSince).toEqual(waitingSince);
    const closed = await changeStatus(tx, shop.ada, forwarded.conversation, done);
    expect((await changeStatus(tx, shop.ada, closed, open)).waitingSince).toEqual(waitingSince);

    const answered = await send('Mayumi@midori.example', true);
    expect(answered).toMatchObject({ answerRevision: 3, conversation: { waitingSince: null, revision: 3 } });
    const shut = await changeStatus(tx, shop.ada, answered.conversation, done);
    expect((await changeStatus(tx, shop.ada, shut, open)).waitingSince).toBeNull();
  }));

test('who sends has seen it all; who leaves a note keeps unread what he has not opened', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const unread = async () => [
      (await getConversation(tx, shop.ada, id)).unread,
      (await getConversation(tx, shop.ben, id)).unread,
    ];
    await addNote(tx, shop.ben, { conversationId: id, text: '先に見ておきます' });
    expect(await unread()).toEqual([true, true]);

    await setSeen(tx, shop.ben, { conversationId: id, revision: 99 });
    await addNote(tx, shop.ben, { conversationId: id, text: '見ました' });
    expect(await unread()).toEqual([true, false]);

    const where = { conversationId: id };
    await appendOutgoingMessage(tx, shop.ada, {
      where,
      parentId: null,
      answersCustomer: true,
      letter: reply(),
    });
    expect(await unread()).toEqual([false, true]);

    expect(await setSeen(tx, shop.ada, { conversationId: id, revision: 0 })).toBe(0);
    expect(await unread()).toEqual([true, true]);
    const { items } = await listEvents(tx, shop.ada, { conversationId: id });
    expect(items.map(({ kind }) => kind)).not.toContain('seen_changed');
  }));

test('what is new to a writer is neither his own note nor the copy of a letter that he has seen', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const messageId = 'one@midori.example';
    const here = await aLetter(tx, { ...shop, mailboxId: shop.order }, { messageId });
    const { answerId, id } = here.conversation;
    await aLetter(tx, { ...shop, mailboxId: shop.info }, { messageId, answerId });
    await addNote(tx, shop.ada, { conversationId: id, text: '自分のメモ' });
    const since = () => listNewSince(tx, shop.ada, { answerId, seenRevision: here.answerRevision });
    expect(await since()).toEqual([]);

    await addNote(tx, shop.ben, { conversationId: id, text: '在庫があります' });
    expect(await since()).toMatchObject([
      { kind: 'note', memberId: shop.ben.memberId, text: '在庫があります' },
    ]);
  }));

test('of a mailbox where he does not work a writer learns that something was said, and no word of it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const messageId = 'one@midori.example';
    const here = await aLetter(tx, { ...shop, mailboxId: shop.order }, { messageId });
    const { answerId } = here.conversation;
    const copy = await aLetter(tx, { ...shop, mailboxId: shop.info }, { messageId, answerId });
    await addNote(tx, shop.ada, { conversationId: copy.conversation.id, text: 'カナリア' });
    const since = () => listNewSince(tx, shop.ben, { answerId, seenRevision: here.answerRevision });
    expect(await since()).toEqual([]);

    const later = { conversationId: copy.conversation.id, text: 'カナリア' };
    const { messageId: laterId } = await aLetter(tx, { ...shop, mailboxId: shop.info }, later);
    expect(await since()).toMatchObject([
      { messageId: laterId, kind: 'in', fromName: '', fromAddress: '', text: '' },
    ]);
  }));

test('what comes back does not lie on someone who went after he had done it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const place = { ...shop, mailboxId: shop.order };
    const { id } = await aConversation(tx, place);
    const assignment = { conversationId: id, assigneeId: shop.ben.memberId, seenAssigneeId: null };
    const his = await assignConversation(tx, shop.ada, assignment);
    await changeStatus(tx, shop.ben, his, await firstStatusOf(tx, shop.workspaceId, 'done'));
    await tx
      .updateTable('member')
      .set({ state: 'left' })
      .where('workspace_id', '=', shop.workspaceId)
      .where('id', '=', shop.ben.memberId)
      .execute();
    expect((await lockConversation(tx, shop.ada, id))?.assigneeId).toBe(shop.ben.memberId);

    const { conversation } = await aLetter(tx, place, { conversationId: id });
    expect([conversation.status, conversation.assigneeId]).toEqual(['open', null]);
  }));

test('who answers a new mail becomes its customer; a stranger or a machine does not', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const place = { ...shop, mailboxId: shop.order };
    const { id } = await aConversation(tx, place);
    const [customerId, other] = [newId<CustomerId>(), newId<CustomerId>()];
    await tx
      .insertInto('customer')
      .values([customerId, other].map((one) => ({ workspace_id: shop.workspaceId, id: one, name: '小林' })))
      .execute();
    const letter = async (given: Partial<LetterGiven>) =>
      (await aLetter(tx, place, { conversationId: id, customerId: other, ...given })).conversation.customerId;

    expect(await letter({ stranger: true })).toBeNull();
    expect(await letter({ autoReply: true })).toBeNull();
    expect(await letter({ customerId })).toBe(customerId);
    expect(await letter({})).toBe(customerId);
    expect((await lockConversation(tx, shop.ada, id))?.customerId).toBe(customerId);
  }));

test('a new mail begins a conversation that is its author’s', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { conversation } = await appendOutgoingMessage(tx, shop.ada, {
      where: { mailboxId: shop.info, customerId: null },
      parentId: null,
      answersCustomer: true,
      letter: reply(),
    });
    expect(conversation).toMatchObject({
      assigneeId: shop.ada.memberId,
      mailboxId: shop.info,
      waitingSince: null,
    });
  }));

test('a letter that did not arrive brings its conversation back to its author', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const before = await lockConversation(tx, shop.ada, id);
    if (before === null) throw new Error('no conversation');
    await changeStatus(tx, shop.ada, before, await firstStatusOf(tx, shop.workspaceId, 'done'));

    const after = await reopenFor(tx, shop.house, { conversationId: id, authorId: shop.ben.memberId });

    expect(after).toMatchObject({ status: 'open', assigneeId: shop.ben.memberId, place: 'inbox' });
    expect(after.waitingSince).not.toBeNull();
    expect(
      await reopenFor(tx, shop.house, { conversationId: id, authorId: shop.ada.memberId }),
    ).toMatchObject({
      assigneeId: shop.ben.memberId,
    });
  }));
