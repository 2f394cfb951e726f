import type {
  ChannelId,
  ConversationId,
  CustomerId,
  DraftId,
  LabelId,
  MailboxId,
  MemberId,
  MessageId,
  OutgoingId,
  RoleId,
  StatusId,
  TeamId,
  ViewFacts,
  ViewId,
  WorkspaceId,
} from '@madoguchi/contract';
import { permissions } from '@madoguchi/contract';
import { houseActor, loadActor, type MemberActor } from '../../accounts/index.ts';
import { addChannel } from '../../channels/index.ts';
import { saveDraft } from '../../compose/draft/save-draft.ts';
import {
  addLabel,
  addNote,
  addView,
  appendOutgoingMessage,
  assignConversation,
  firstStatusOf,
  lockConversation,
  makeStatuses,
  recountConversations,
} from '../../conversation/index.ts';
import { queueOutgoing } from '../../outbox/index.ts';
import { appendEvent, type Edge, type FeedEvent, newId, type Tx } from '../../platform/index.ts';
import { searchReaders } from '../../search/index.ts';
import { aLetter } from '../a-letter.ts';
import { aMailbox, aWorkspace, inMailboxes } from '../builders.ts';
import { type Asker, type Company, insertPerson, makeRoles } from './people.ts';

/** Words that stand in the mailbox and nowhere else: whoever may not see it must never read one. */
export const secrets = {
  subject: '漆器の注文KAKURE-SUBJECT',
  text: '漆器の本文KAKURE-TEXT',
  customer: '霞 花子KAKURE-NAME',
  note: '社内だけKAKURE-NOTE',
  draft: '書きかけKAKURE-DRAFT',
  file: '図面KAKURE-FILE.pdf',
} as const;
/** What someone whose addresses are masked must never read. */
export const secretAddress = 'kasumi.kakure@okyaku.example';

/** Everything that a route can name, with its id, in one mailbox of one company. */
export interface World {
  company: Company;
  mailboxId: MailboxId;
  anotherWorkspaceId: WorkspaceId;
  /** Where it can be moved. */
  secondId: MailboxId;
  teamId: TeamId;
  emptyTeamId: TeamId;
  ownRoleId: RoleId;
  conversationId: ConversationId;
  messageId: MessageId;
  customerId: CustomerId;
  outgoingId: OutgoingId;
  channelId: ChannelId;
  /** Of a colleague, unsent. */
  draftId: DraftId;
  /** A member whom others act on. */
  target: MemberId;
  statusIds: { open: StatusId; done: StatusId };
  /** It stands on nothing yet. */
  labelId: LabelId;
  /** The colleague’s: for everyone, and for himself. */
  viewIds: { everyones: ViewId; own: ViewId };
}

/** A company with two mailboxes, two teams and the built-in roles, but nobody in it. */
export async function makeCompany(tx: Tx, name: string): Promise<Company & { emptyTeamId: TeamId }> {
  const workspaceId = await aWorkspace(tx, name);
  await makeStatuses(tx, workspaceId);
  const domain = `${workspaceId}.example`;
  const mailboxIds = [
    await aMailbox(tx, workspaceId, { name: `${name}の漆器`, address: `shikki@${domain}` }),
    await aMailbox(tx, workspaceId, { name: '返品', address: `henpin@${domain}` }),
  ];
  const [teamId, emptyTeamId] = [newId<TeamId>(), newId<TeamId>()];
  await tx
    .insertInto('team')
    .values([
      { workspace_id: workspaceId, id: teamId, name: '漆器班' },
      { workspace_id: workspaceId, id: emptyTeamId, name: '休みの班' },
    ])
    .execute();
  return { workspaceId, roleIds: await makeRoles(tx, workspaceId), mailboxIds, teamId, emptyTeamId };
}

export async function makeWorld(edge: Edge, anotherWorkspaceId: WorkspaceId): Promise<World> {
  return edge.db.transaction(async (tx) => {
    const { emptyTeamId, ...company } = await makeCompany(tx, 'うるし堂');
    const { workspaceId, teamId } = company;
    const [mailboxId, secondId] = company.mailboxIds;
    if (mailboxId === undefined || secondId === undefined) throw new Error('two mailboxes are needed');
    const { memberId: target } = await insertPerson(tx, company, {
      key: 'target',
      role: 'member',
      level: 'work',
      inTeam: false,
    });
    const colleague = await loadActor(tx, workspaceId, target);
    if (colleague === null) throw new Error('the colleague may not act');
    const ownRoleId = newId<RoleId>();
    await tx
      .insertInto('role')
      .values({ workspace_id: workspaceId, id: ownRoleId, key: ownRoleId, name: '見るだけ', permissions: [] })
      .execute();
    const told = await makeConversation(tx, edge, company, colleague);
    await giveToTeam(tx, company, told.conversationId);
    await enterOnce(tx, workspaceId, target);
    await writeOnce(tx, workspaceId, target);
    return {
      company,
      mailboxId,
      secondId,
      anotherWorkspaceId,
      teamId,
      emptyTeamId,
      ownRoleId,
      target,
      ...told,
      channelId: await makeChannel(tx, edge, company),
      statusIds: {
        open: (await firstStatusOf(tx, workspaceId, 'open')).id,
        done: (await firstStatusOf(tx, workspaceId, 'done')).id,
      },
      labelId: (await addLabel(tx, houseActor(workspaceId), { name: '割れ物', tint: 'momo' })).id,
      viewIds: await makeViews(tx, colleague),
    };
  });
}

export const viewFacts: ViewFacts = {
  name: 'みんなの一覧',
  filter: { status: 'open' },
  sort: 'waiting',
  columns: ['labels'],
  shared: true,
  teamId: null,
};

async function makeViews(tx: Tx, colleague: MemberActor): Promise<World['viewIds']> {
  const able = { ...colleague, permissions: new Set(permissions) };
  const { id: everyones } = await addView(tx, able, viewFacts);
  const { id: own } = await addView(tx, able, { ...viewFacts, name: '自分の一覧', shared: false });
  return { everyones, own };
}

/** One line of the colleague's login history. */
async function enterOnce(tx: Tx, workspaceId: WorkspaceId, memberId: MemberId): Promise<void> {
  await tx
    .insertInto('sign_in_record')
    .values({
      workspace_id: workspaceId,
      id: newId(),
      member_id: memberId,
      address: '203.0.113.77',
      network: '203.0.113.0/24',
      device: 'KAKURE-DEVICE',
      way: 'password',
      outcome: 'signed_in',
    })
    .execute();
}

/** One letter of the house to the colleague, which his server refused. */
async function writeOnce(tx: Tx, workspaceId: WorkspaceId, memberId: MemberId): Promise<void> {
  const facts = { memberId, purpose: 'reset' };
  await tx
    .insertInto('house_letter')
    .values({
      workspace_id: workspaceId,
      event_id: await appendEvent(tx, houseActor(workspaceId), { kind: 'invitation_wanted', facts }),
      kind: 'reset',
      member_id: memberId,
      state: 'refused',
      reply: '550 KAKURE-REPLY',
    })
    .execute();
}

async function giveToTeam(
  tx: Tx,
  { workspaceId, teamId }: Company,
  conversationId: ConversationId,
): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ team_id: teamId })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', conversationId)
    .execute();
  await recountConversations(tx, houseActor(workspaceId));
}

async function makeConversation(tx: Tx, { files }: Edge, company: Company, colleague: MemberActor) {
  const { workspaceId } = company;
  const [mailboxId] = company.mailboxIds;
  if (mailboxId === undefined) throw new Error('a mailbox is needed');
  const customerId = await makeCustomer(tx, company);
  const kept = await files.put(tx, workspaceId, Buffer.from('%PDF-1.4 KAKURE'));
  const letter = await aLetter(
    tx,
    { workspaceId, mailboxId },
    {
      from: { name: secrets.customer, address: secretAddress },
      to: [{ name: '', address: 'shikki@urushi.example' }],
      subject: secrets.subject,
      text: `${secrets.text}\n${secretAddress}\n`,
      html: `<p>${secrets.text} <img alt="" data-remote-src="https://pictures.example/a.png" /><a href="mailto:${secretAddress}">${secretAddress}</a></p>`,
      customerId,
      parts: [
        {
          part: '2',
          name: secrets.file,
          type: 'application/pdf',
          size: 15,
          contentId: null,
          inline: false,
          sha256: kept.sha256,
        },
      ],
    },
  );
  const { id: conversationId } = letter.conversation;
  const note = await addNote(tx, colleague, { conversationId, text: secrets.note });
  const draft = await saveDraft(tx, colleague, {
    conversationId,
    kind: 'reply',
    words: draftWords(letter.messageId),
    version: 0,
    seenRevision: note.answerRevision,
  });
  const outgoingId = await makeOutgoing(tx, files, { colleague, conversationId, mailboxId });
  await makeFindable(tx, workspaceId, letter.messageId);
  return { conversationId, messageId: letter.messageId, customerId, draftId: draft.id, outgoingId };
}

/** Lets search's own reader see the letter, as it would after the event. */
export async function makeFindable(tx: Tx, workspaceId: WorkspaceId, messageId: MessageId): Promise<void> {
  const event: FeedEvent = {
    position: 1,
    workspaceId,
    id: newId(),
    kind: 'message_received',
    conversationId: null,
    mailboxId: null,
    revision: null,
    memberId: null,
    facts: { messageId },
    causeId: null,
    silent: false,
    createdAt: new Date(),
  };
  for (const reader of searchReaders) await reader.run(tx, {}, [event]);
}

export const draftWords = (messageId: MessageId) => ({
  messageId,
  to: [{ name: secrets.customer, address: secretAddress }],
  cc: [],
  bcc: [],
  subject: `Re: ${secrets.subject}`,
  text: secrets.draft,
  quote: '',
  signature: '',
  uploadIds: [],
});

async function makeCustomer(tx: Tx, { workspaceId }: Company): Promise<CustomerId> {
  const id = newId<CustomerId>();
  await tx.insertInto('customer').values({ workspace_id: workspaceId, id, name: secrets.customer }).execute();
  await tx
    .insertInto('customer_address')
    .values({
      workspace_id: workspaceId,
      address_key: secretAddress,
      address: secretAddress,
      customer_id: id,
    })
    .execute();
  return id;
}

/** A letter that the far side refused: it waits for somebody's decision. */
async function makeOutgoing(
  tx: Tx,
  files: Edge['files'],
  given: { colleague: MemberActor; conversationId: ConversationId; mailboxId: MailboxId },
): Promise<OutgoingId> {
  const id = newId<OutgoingId>();
  const shown = [{ name: secrets.customer, address: secretAddress }];
  const written = await appendOutgoingMessage(tx, given.colleague, {
    where: { conversationId: given.conversationId },
    parentId: null,
    answersCustomer: false,
    letter: {
      messageId: `${id}@urushi.example`,
      references: [],
      inReplyTo: [],
      from: { name: '', address: 'shikki@urushi.example' },
      recipients: { to: shown, cc: [], bcc: [], replyTo: [] },
      subject: `Re: ${secrets.subject}`,
      pieces: [{ kind: 'new', text: secrets.text }],
      html: null,
      sentAt: null,
      parts: [],
    },
  });
  const bytes = Buffer.from('A: b\r\n\r\nc\r\n');
  await queueOutgoing(
    tx,
    given.colleague,
    {
      id,
      conversationId: given.conversationId,
      messageRowId: written.messageId,
      mailboxId: given.mailboxId,
      envelopeFrom: 'shikki@urushi.example',
      envelopeTo: [secretAddress],
      shownTo: shown,
      subject: `Re: ${secrets.subject}`,
      messageId: `${id}@urushi.example`,
      bytes,
    },
    files,
  );
  await tx
    .updateTable('outgoing')
    .set({ state: 'refused', reply: `550 <${secretAddress}> no such user` })
    .where('workspace_id', '=', given.colleague.workspaceId)
    .where('id', '=', id)
    .execute();
  return id;
}

function makeChannel(tx: Tx, { secrets: sealed }: Edge, { workspaceId, mailboxIds }: Company) {
  const [mailboxId] = mailboxIds;
  if (mailboxId === undefined) throw new Error('a mailbox is needed');
  return addChannel(tx, houseActor(workspaceId), { mailboxId, account: mailAccount }, sealed);
}

export const mailAccount = {
  imap: null,
  smtp: {
    host: 'smtp.urushi.example',
    port: 587,
    security: 'starttls' as const,
    verifyCertificate: true,
    user: 'KAKURE-USER',
    password: 'KAKURE-PASSWORD',
  },
};

/** The asker with every right in the mailbox: what he would have done before his rights were looked at. */
export async function ableActor(tx: Tx, world: World, asker: Asker): Promise<MemberActor> {
  const actor = await loadActor(tx, asker.workspaceId, asker.memberId);
  if (actor === null) throw new Error('this person cannot act at all');
  return {
    ...actor,
    permissions: new Set(permissions),
    mailboxes: inMailboxes([world.mailboxId, world.secondId]),
    scope: 'mailboxes',
  };
}

/** Lays the conversation on somebody, or on nobody. */
export async function assignTo(tx: Tx, world: World, memberId: MemberId | null): Promise<void> {
  const house = houseActor(world.company.workspaceId);
  const { conversationId } = world;
  const now = await lockConversation(tx, house, conversationId);
  const seenAssigneeId = now?.assigneeId ?? null;
  await assignConversation(tx, house, { conversationId, assigneeId: memberId, seenAssigneeId });
}
