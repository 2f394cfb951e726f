/**
 * Long because: a request for each row of the table, one after the other as they stand there.
 */
import { houseActor, leaveMember, loadActor, type MemberActor } from '../../accounts/index.ts';
import { saveDraft } from '../../compose/draft/save-draft.ts';
import { beginNewMail, saveNewMail } from '../../compose/draft/write-new-mail.ts';
import { takeHold } from '../../compose/hold/take-hold.ts';
import { askTakeOver } from '../../compose/take-over/ask-take-over.ts';
import { changeMany } from '../../conversation/bulk/change-many.ts';
import { setLabel } from '../../conversation/index.ts';
import { lookAt } from '../../live/presence/look-at.ts';
import { newId, type Tx } from '../../platform/index.ts';
import type { Asker } from './people.ts';
import { ableActor, assignTo, draftWords, mailAccount, viewFacts, type World } from './world.ts';

/** He holds the answer; the conversation lies on nobody, as it would not show him more than his rights do. */
async function hold(tx: Tx, world: World, asker: Asker): Promise<MemberActor> {
  const actor = await ableActor(tx, world, asker);
  const { conversationId } = world;
  await takeHold(tx, actor, { conversationId, clientId: null, here: false, renew: false });
  if (!asker.column.assigned) await assignTo(tx, world, null);
  return actor;
}

/** One request of the table. */
export interface Call {
  /** Values of the :names in its address. */
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** A form with one file instead of a body. */
  upload?: boolean;
}

interface Facts {
  world: World;
  asker: Asker;
  /** What `prepare` made. */
  made: string;
}

export interface Row {
  /** What is asked, with its ids. */
  call(facts: Facts): Call;
  /** What must be there before, made as if the asker had every right; its answer goes into `made`. */
  prepare?(tx: Tx, facts: Omit<Facts, 'made'>): Promise<string | undefined>;
  /** Codes of a refusal that come after the rights were looked at: they count as allowed. */
  past?: readonly string[];
}

const here = ({ world }: Pick<Facts, 'world'>) => ({ conversationId: world.conversationId });
const atConversation: Row = { call: (facts) => ({ params: here(facts) }) };
const atMessage: Row = { call: ({ world }) => ({ params: { messageId: world.messageId } }) };
const nothing: Row = { call: () => ({}) };
const door = (body: object): Row => ({ call: () => ({ body }) });
const atTarget: Row = { call: ({ world }) => ({ params: { memberId: world.target } }) };
const leaveOfTarget: Row = {
  call: ({ world }) => ({ params: { memberId: world.target }, body: { successorId: null } }),
};
const roleFacts = {
  name: '新しい権限',
  permissions: ['conversation.see'],
  scope: 'mailboxes',
  secondFactor: false,
  networks: [],
};

/** His own reply, written and held, as it is before 送信. */
const written: Row['prepare'] = async (tx, { world, asker }) => {
  const actor = await hold(tx, world, asker);
  await saveDraft(tx, actor, {
    conversationId: world.conversationId,
    kind: 'reply',
    words: draftWords(world.messageId),
    version: 0,
    seenRevision: 1000,
  });
  return undefined;
};
const held: Row['prepare'] = async (tx, { world, asker }) => {
  await hold(tx, world, asker);
  return undefined;
};
const colleague = async (tx: Tx, { company, target }: World): Promise<MemberActor> => {
  const actor = await loadActor(tx, company.workspaceId, target);
  if (actor === null) throw new Error('the colleague may not act');
  return actor;
};
/** A colleague holds the answer; the conversation lies on whom it lay before. */
const heldByColleague: Row['prepare'] = async (tx, { world, asker }) => {
  const { conversationId } = world;
  const actor = await colleague(tx, world);
  await takeHold(tx, actor, { conversationId, clientId: null, here: false, renew: false });
  if (!asker.column.assigned) await assignTo(tx, world, null);
  return undefined;
};
/** His own new mail from the mailbox. */
const newMail: Row['prepare'] = async (tx, { world, asker }) => {
  const actor = await ableActor(tx, world, asker);
  const { mailboxId } = world;
  const { id } = await beginNewMail(tx, actor, { mailboxId });
  await saveNewMail(tx, actor, {
    draftId: id,
    mailboxId,
    words: { ...draftWords(world.messageId), messageId: null },
    version: 1,
    seenRevision: 0,
  });
  return id;
};
const proposal = (kind: string): Row => ({
  call: (facts) => ({ params: here(facts), query: { kind, messageId: facts.world.messageId } }),
});
const saving = (kind: 'reply' | 'forward' | 'note'): Row => ({
  call: (facts) => ({
    params: here(facts),
    body: { kind, ...draftWords(facts.world.messageId), version: 0, seenRevision: 5 },
  }),
});
const assigning = (to: 'me' | 'target'): Row => ({
  call: ({ world, asker }) => ({
    params: { conversationId: world.conversationId },
    body: {
      assigneeId: to === 'me' ? asker.memberId : world.target,
      seenAssigneeId: asker.column.assigned ? asker.memberId : null,
    },
  }),
});
const placing = (place: 'trash' | 'spam'): Row => ({
  call: (facts) => ({ params: here(facts), body: { place, seenPlace: 'inbox' } }),
});

const atLabel = ({ world }: Facts): Call => ({ params: { labelId: world.labelId } });
const labelHere = ({ world }: Facts): Call => ({
  params: { conversationId: world.conversationId, labelId: world.labelId },
});
/** An act of his on the conversation, to be taken back. */
async function bulkSeen(tx: Tx, world: World, actor: MemberActor): Promise<string> {
  const choice = { ids: [world.conversationId] };
  return (await changeMany(tx, actor, { choice, act: { kind: 'seen', seen: true } })).id;
}

/** Every request of the table by its row; a row says its route and, in brackets, what makes it another one. */
export const calls: Record<string, Row> = {
  'GET /conversations': nothing,
  'GET /conversations/csv': nothing,
  'GET /conversations/count': nothing,
  'GET /conversations/:conversationId': atConversation,
  'PUT /conversations/:conversationId/assignee (to oneself)': assigning('me'),
  'PUT /conversations/:conversationId/assignee (to a colleague)': assigning('target'),
  'PUT /conversations/:conversationId/team': {
    call: ({ world, ...facts }) => ({
      params: here({ world, ...facts }),
      body: { teamId: null, seenTeamId: world.teamId },
    }),
  },
  'PUT /conversations/:conversationId/status': {
    call: ({ world, ...facts }) => ({
      params: here({ world, ...facts }),
      body: { statusId: world.statusIds.done, seenStatusId: world.statusIds.open },
    }),
  },
  'PUT /conversations/:conversationId/place (trash)': placing('trash'),
  'PUT /conversations/:conversationId/place (spam)': placing('spam'),
  'PUT /conversations/:conversationId/mailbox': {
    call: ({ world, ...facts }) => ({
      params: here({ world, ...facts }),
      body: { mailboxId: world.secondId, seenMailboxId: world.mailboxId },
    }),
  },
  'PUT /conversations/:conversationId/seen': {
    call: (facts) => ({ params: here(facts), body: { revision: 1 } }),
  },
  'GET /counts (conversations)': nothing,
  'GET /counts (letters that failed)': nothing,
  'GET /statuses': nothing,
  'GET /labels': nothing,
  'POST /labels': door({ name: '急ぎ', tint: 'asagi' }),
  'PUT /labels/:labelId': { call: (facts) => ({ ...atLabel(facts), body: { name: '急ぎ', tint: 'asagi' } }) },
  'GET /labels/:labelId/uses': { call: atLabel },
  'DELETE /labels/:labelId': { call: atLabel },
  'PUT /conversations/:conversationId/labels/:labelId': { call: labelHere },
  'DELETE /conversations/:conversationId/labels/:labelId': {
    call: labelHere,
    prepare: async (tx, { world }) => {
      const { conversationId, labelId } = world;
      await setLabel(tx, houseActor(world.company.workspaceId), { conversationId, labelId, on: true });
      return undefined;
    },
  },
  'POST /conversations/bulk (done)': {
    call: ({ world }) => ({
      body: {
        choice: { ids: [world.conversationId] },
        act: { kind: 'status', statusId: world.statusIds.done },
      },
    }),
  },
  'POST /conversations/bulk (seen)': {
    call: ({ world }) => ({
      body: { choice: { ids: [world.conversationId] }, act: { kind: 'seen', seen: true } },
    }),
  },
  'POST /bulk/:bulkId/undo (one’s own)': {
    call: ({ made }) => ({ params: { bulkId: made } }),
    prepare: async (tx, { world, asker }) => bulkSeen(tx, world, await ableActor(tx, world, asker)),
  },
  'POST /bulk/:bulkId/undo (a colleague’s)': {
    call: ({ made }) => ({ params: { bulkId: made } }),
    prepare: async (tx, { world }) => {
      const colleague = await loadActor(tx, world.company.workspaceId, world.target);
      return colleague === null ? undefined : bulkSeen(tx, world, colleague);
    },
  },
  'GET /views': nothing,
  'GET /views/counts': nothing,
  'POST /views (one’s own)': door({ ...viewFacts, shared: false }),
  'POST /views (everyone’s)': door(viewFacts),
  'PUT /views': { call: ({ world }) => ({ body: { viewIds: [world.viewIds.everyones] } }) },
  'PUT /views/:viewId (everyone’s)': {
    call: ({ world }) => ({
      params: { viewId: world.viewIds.everyones },
      body: { ...viewFacts, name: '別の名前' },
    }),
  },
  'DELETE /views/:viewId (everyone’s)': {
    call: ({ world }) => ({ params: { viewId: world.viewIds.everyones } }),
  },
  'PUT /views/:viewId (a colleague’s own)': {
    call: ({ world }) => ({
      params: { viewId: world.viewIds.own },
      body: { ...viewFacts, shared: false, name: '別の名前' },
    }),
  },
  'GET /waiting-reasons': nothing,
  'PUT /statuses': {
    call: () => ({ body: { statuses: [], reasons: [{ id: null, name: '在庫の確認', off: false }] } }),
  },
  'GET /conversations/:conversationId/messages': atConversation,
  'GET /conversations/:conversationId/events': atConversation,
  'POST /conversations/:conversationId/notes': {
    call: (facts) => ({ params: here(facts), body: { text: 'メモ' } }),
  },
  'GET /messages/:messageId/html': atMessage,
  'GET /messages/:messageId/html (with pictures)': {
    call: (facts) => ({ ...atMessage.call(facts), query: { images: '1' } }),
  },
  'GET /messages/:messageId/parts/:part': {
    call: ({ world }) => ({ params: { messageId: world.messageId, part: '2' } }),
  },
  'GET /messages/:messageId/remote/:number': {
    call: ({ world }) => ({ params: { messageId: world.messageId, number: '0' } }),
    past: ['conversation.picture_not_fetched'],
  },
  'GET /messages/:messageId/original': atMessage,
  'GET /conversations/:conversationId/proposal (reply)': proposal('reply'),
  'GET /conversations/:conversationId/proposal (forward)': proposal('forward'),
  'GET /conversations/:conversationId/drafts': atConversation,
  'PUT /conversations/:conversationId/draft (reply)': saving('reply'),
  'PUT /conversations/:conversationId/draft (forward)': saving('forward'),
  'PUT /conversations/:conversationId/draft (note)': saving('note'),
  'GET /drafts': nothing,
  'POST /drafts': { call: ({ world }) => ({ body: { mailboxId: world.mailboxId } }) },
  'PUT /drafts/:draftId': {
    prepare: newMail,
    call: ({ world, made }) => ({
      params: { draftId: made },
      body: {
        ...draftWords(world.messageId),
        messageId: null,
        mailboxId: world.mailboxId,
        version: 2,
        seenRevision: 0,
      },
    }),
  },
  'DELETE /drafts/:draftId (one’s own)': {
    prepare: newMail,
    call: ({ made }) => ({ params: { draftId: made } }),
  },
  'DELETE /drafts/:draftId (a colleague’s)': {
    call: ({ world }) => ({ params: { draftId: world.draftId } }),
  },
  'POST /uploads': { call: () => ({ upload: true }) },
  'PUT /conversations/:conversationId/hold': { call: (facts) => ({ params: here(facts), body: {} }) },
  'DELETE /conversations/:conversationId/hold': { prepare: held, call: (facts) => ({ params: here(facts) }) },
  'POST /conversations/:conversationId/hold/close': {
    prepare: held,
    call: (facts) => ({ params: here(facts), body: {} }),
  },
  'POST /conversations/:conversationId/hold/ask': {
    prepare: heldByColleague,
    call: (facts) => ({ params: here(facts), body: {} }),
  },
  'DELETE /conversations/:conversationId/hold/ask': atConversation,
  'POST /conversations/:conversationId/hold/answer': {
    prepare: async (tx, { world, asker }) => {
      await hold(tx, world, asker);
      await askTakeOver(tx, await colleague(tx, world), { ...here({ world }), clientId: null });
      return undefined;
    },
    call: (facts) => ({ params: here(facts), body: { give: false } }),
  },
  'POST /conversations/:conversationId/hold/break': {
    prepare: heldByColleague,
    call: (facts) => ({ params: here(facts), body: { reason: '離席' } }),
  },
  'POST /conversations/:conversationId/send': {
    prepare: written,
    call: (facts) => ({
      params: here(facts),
      body: { kind: 'reply', seenRevision: 1000, submissionKey: newId() },
    }),
  },
  'POST /drafts/:draftId/send': {
    prepare: newMail,
    call: ({ made }) => ({ params: { draftId: made }, body: { submissionKey: newId() } }),
  },
  'GET /outgoing': nothing,
  'POST /outgoing/:outgoingId/settle': {
    call: ({ world }) => ({
      params: { outgoingId: world.outgoingId },
      body: { decision: 'give_up', seenState: 'refused' },
    }),
  },
  'POST /outgoing/:outgoingId/undo (a colleague’s letter)': {
    call: ({ world }) => ({ params: { outgoingId: world.outgoingId } }),
    past: ['outbox.too_late'],
  },
  'POST /outgoing/:outgoingId/confirm (a colleague’s letter)': {
    call: ({ world }) => ({ params: { outgoingId: world.outgoingId }, body: { seenRevision: 1000 } }),
    past: ['outbox.too_late'],
  },
  'PUT /outgoing/:outgoingId/leave-at (a colleague’s letter)': {
    call: ({ world }) => ({ params: { outgoingId: world.outgoingId }, body: { leaveAt: null } }),
    past: ['outbox.too_late'],
  },
  'GET /customers/:customerId': { call: ({ world }) => ({ params: { customerId: world.customerId } }) },
  'GET /search (a word of the text)': { call: () => ({ query: { q: 'KAKURE-TEXT' } }) },
  'GET /search (an address)': { call: () => ({ query: { q: 'kasumi.kakure' } }) },
  'GET /stream': nothing,
  'GET /presence': {
    prepare: async (tx, { world }) => {
      const look = { ...here({ world }), clientId: 'w1', writing: false };
      await lookAt(tx, await colleague(tx, world), look);
      return undefined;
    },
    call: () => ({}),
  },
  'PUT /presence': {
    call: (facts) => ({ body: { ...here(facts), clientId: 'w1', writing: false } }),
  },
  'POST /presence/close': { call: () => ({ body: { clientId: 'w1' } }) },

  'GET /me': nothing,
  'PUT /me': { call: () => ({ body: { name: '係', signature: '', language: null, timeZone: null } }) },
  'POST /me/active': nothing,
  'GET /me/sessions': nothing,
  'DELETE /me/sessions/:sessionId (a colleague’s)': {
    prepare: async (tx, { world }) => sessionOf(tx, world),
    call: ({ made }) => ({ params: { sessionId: made } }),
  },
  'POST /me/sessions/end-others': nothing,
  'POST /me/sign-ins/noted': nothing,
  'GET /me/tokens': nothing,
  'POST /me/tokens': { call: () => ({ body: { name: '集計' } }) },
  'DELETE /me/tokens/:tokenId (a colleague’s)': {
    prepare: async (tx, { world }) => tokenOf(tx, world),
    call: ({ made }) => ({ params: { tokenId: made } }),
  },
  'POST /me/workspace (another one)': {
    call: ({ world, asker }) => ({
      body: {
        workspaceId:
          asker.column.workspace === 'another' ? world.company.workspaceId : world.anotherWorkspaceId,
      },
    }),
  },
  'GET /sign-ins (one’s own)': { call: () => ({ query: { memberId: 'me' } }) },
  'GET /sign-ins (everyone’s)': nothing,
  'GET /sign-ins (a colleague’s)': { call: ({ world }) => ({ query: { memberId: world.target } }) },
  'GET /sign-ins/csv (one’s own)': { call: () => ({ query: { memberId: 'me' } }) },
  'GET /sign-ins/csv (everyone’s)': nothing,

  'GET /members': nothing,
  'POST /members': {
    call: ({ world }) => ({
      body: {
        name: '新人',
        email: 'shinjin@matrix.example',
        roleId: world.company.roleIds.get('guest'),
        mailboxIds: [],
      },
    }),
  },
  'POST /members (an administrator)': {
    call: ({ world }) => ({
      body: {
        name: '新人',
        email: 'shinjin@matrix.example',
        roleId: world.company.roleIds.get('administrator'),
        mailboxIds: [],
      },
    }),
  },
  'PUT /members/:memberId': {
    call: ({ world }) => ({
      params: { memberId: world.target },
      body: { name: '改名', roleId: world.company.roleIds.get('reader'), skills: [], languages: [] },
    }),
  },
  'PUT /members/:memberId (makes an administrator)': {
    call: ({ world }) => ({
      params: { memberId: world.target },
      body: { name: '改名', roleId: world.company.roleIds.get('administrator'), skills: [], languages: [] },
    }),
  },
  'POST /members/:memberId/link': { call: (facts) => ({ ...atTarget.call(facts), body: {} }) },
  'GET /members/:memberId/leaving': atTarget,
  'GET /house-letters': nothing,
  'POST /members/:memberId/retire': leaveOfTarget,
  'POST /members/:memberId/suspend': leaveOfTarget,
  'POST /members/:memberId/return': {
    prepare: async (tx, { world }) => {
      const leave = { memberId: world.target, successorId: null };
      await leaveMember(tx, houseActor(world.company.workspaceId), 'suspended', leave);
      return undefined;
    },
    call: atTarget.call,
  },
  'GET /members/:memberId/sessions': atTarget,
  'DELETE /members/:memberId/sessions': atTarget,
  'POST /preview': { call: ({ world }) => ({ body: { memberId: world.target } }) },
  'DELETE /preview': nothing,
  'GET /roles': nothing,
  'POST /roles': { call: () => ({ body: roleFacts }) },
  'POST /roles (with more than one has)': {
    call: () => ({ body: { ...roleFacts, permissions: ['conversation.see', 'security.manage'] } }),
  },
  'PUT /roles/:roleId': {
    call: ({ world }) => ({ params: { roleId: world.ownRoleId }, body: roleFacts }),
  },
  'DELETE /roles/:roleId': { call: ({ world }) => ({ params: { roleId: world.ownRoleId } }) },
  'GET /teams': nothing,
  'POST /teams': { call: () => ({ body: { name: '新しい班', memberIds: [] } }) },
  'PUT /teams/:teamId': {
    call: ({ world }) => ({
      params: { teamId: world.emptyTeamId },
      body: { name: '改めた班', memberIds: [world.target] },
    }),
  },
  'DELETE /teams/:teamId': { call: ({ world }) => ({ params: { teamId: world.emptyTeamId } }) },

  'GET /mailboxes': nothing,
  'POST /mailboxes': {
    call: () => ({ body: { name: '新しい箱', address: 'atarashii@urushi.example', memberIds: [] } }),
  },
  'PUT /mailboxes/:mailboxId': {
    call: ({ world }) => ({
      params: { mailboxId: world.mailboxId },
      body: {
        name: '改名',
        address: 'kaimei@urushi.example',
        aliases: [],
        senderName: '',
        tint: 'sora',
        signature: '',
        afterSend: 'done',
        undoSeconds: 10,
        ageLimits: [1, 2, 3, 4],
      },
    }),
  },
  'PUT /mailboxes/:mailboxId/access': {
    call: ({ world, asker }) => ({
      params: { mailboxId: world.mailboxId },
      body: { members: [{ memberId: asker.memberId, level: 'manage' }], teams: [] },
    }),
    // The administrator of another workspace names himself, whom this one does not know.
    past: [],
  },
  'GET /channels': nothing,
  'POST /channels': {
    call: ({ world }) => ({ body: { mailboxId: world.mailboxId, account: mailAccount } }),
  },
  'PUT /channels/:channelId': {
    call: ({ world }) => ({
      params: { channelId: world.channelId },
      body: { account: mailAccount, off: true },
    }),
  },
  'POST /channels/try': {
    call: ({ world }) => ({
      body: {
        account: { imap: null, smtp: { ...mailAccount.smtp, host: '127.0.0.1', password: undefined } },
        channelId: world.channelId,
      },
    }),
  },
  'POST /channels/:channelId/poll': { call: ({ world }) => ({ params: { channelId: world.channelId } }) },
  'GET /security': nothing,
  'PUT /security': { call: () => ({ body: { sessionHours: 24, idleMinutes: 0, networks: [] } }) },
  'POST /api/auth/sign-in/email (with a wrong password)': {
    call: () => ({ body: { email: 'target@matrix.example', password: 'not the right one' } }),
  },
  'POST /api/auth/sign-out': door({}),
  'POST /api/auth/change-password (with a wrong one)': door({
    currentPassword: 'not the right one',
    newPassword: 'a-long-and-new-one-42',
  }),
  'POST /api/auth/two-factor/enable (with a wrong password)': door({ password: 'not the right one' }),
  'POST /api/auth/two-factor/verify-totp (with a wrong code)': door({ code: '000000' }),
  'POST /api/auth/two-factor/verify-backup-code (with a wrong one)': door({ code: 'aaaaa-bbbbb' }),
  'POST /api/auth/two-factor/generate-backup-codes (with a wrong password)': door({
    password: 'not the right one',
  }),
  'POST /api/auth/two-factor/disable (with a wrong password)': door({ password: 'not the right one' }),
  'GET /api/auth/two-factor/state': nothing,
  'POST /api/auth/passkey/generate-register-options (with a wrong password)': door({
    password: 'not the right one',
  }),
  'POST /api/auth/passkey/verify-registration (with none)': door({ response: {} }),
  'GET /api/auth/passkey/generate-authenticate-options': nothing,
  'POST /api/auth/passkey/verify-authentication (with none)': door({ response: {} }),
  'GET /api/auth/passkey/list-user-passkeys': nothing,
  'POST /api/auth/passkey/delete-passkey (with a wrong password)': door({
    id: '00000000-0000-7000-8000-000000000000',
    password: 'not the right one',
  }),
  'PUT /workspace': { call: () => ({ body: { name: '新しい社名' } }) },
};

async function sessionOf(tx: Tx, world: World): Promise<string> {
  const id = newId<string>();
  await tx
    .withTables<{ 'sign_in.session': Record<string, unknown> }>()
    .insertInto('sign_in.session')
    .columns(['id', 'expiresAt', 'token', 'updatedAt', 'userId', 'workspaceId'])
    .expression((eb) =>
      eb
        .selectFrom('member')
        .select(({ val, cast }) => [
          cast<string>(val(id), 'uuid').as('id'),
          cast<Date>(val('2100-01-01'), 'timestamptz').as('expiresAt'),
          val(id).as('token'),
          cast<Date>(val('2026-01-01'), 'timestamptz').as('updatedAt'),
          'user_id as userId',
          cast<string>('member.workspace_id', 'text').as('workspaceId'),
        ])
        .where('member.workspace_id', '=', world.company.workspaceId)
        .where('member.id', '=', world.target),
    )
    .execute();
  return id;
}

async function tokenOf(tx: Tx, world: World): Promise<string> {
  const id = newId<string>();
  const workspaceId = world.company.workspaceId;
  await tx
    .insertInto('api_token')
    .values({ workspace_id: workspaceId, id, token_hash: Buffer.from(id), member_id: world.target })
    .execute();
  return id;
}
