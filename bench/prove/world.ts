import type { ConversationId, MessageId, OutgoingId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { MemberActor } from '../../server/src/accounts/index.ts';
import type { SendOutcome } from '../../server/src/channels/index.ts';
import { saveDraft } from '../../server/src/compose/draft/save-draft.ts';
import { expireHold } from '../../server/src/compose/hold/end-holds.ts';
import { releaseHold } from '../../server/src/compose/hold/release-hold.ts';
import { takeHold } from '../../server/src/compose/hold/take-hold.ts';
import { sendReply } from '../../server/src/compose/send/send-reply.ts';
import { addNote } from '../../server/src/conversation/index.ts';
import { type Claim, claimOutgoing } from '../../server/src/outbox/claim-outgoing.ts';
import { decideOutgoing } from '../../server/src/outbox/decide-outgoing.ts';
import { settleDeadClaim, settleOutgoing } from '../../server/src/outbox/settle-outgoing.ts';
import type { Db, Files, Tx } from '../../server/src/platform/index.ts';
import { aLetter } from '../../server/src/testing/a-letter.ts';
import { aShop, type Shop } from '../../server/src/testing/a-shop.ts';
import { aMember } from '../../server/src/testing/builders.ts';
import {
  type Act,
  keyOf,
  type Model,
  nthOf,
  type Reply,
  type ServerNo,
  type Told,
  textOf,
  type WindowNo,
  WRITERS,
  type Writer,
  writerOf,
} from './model.ts';

const CUSTOMER = { name: '小林 真由美', address: 'mayumi@midori.example' };

/** Two server processes on one database. */
export interface Servers {
  dbs: readonly [Db, Db];
  files: Files;
}

/** The house as it is after some acts, in the words of the model. */
export type Seen = Pick<Model, 'status' | 'assignee' | 'drafts'> & {
  revision: number;
  hold: { writer: Writer; window: WindowNo; isOver: boolean } | null;
  letters: (Pick<Model['letters'][number], 'writer' | 'key' | 'text' | 'state' | 'attempts'> & {
    copies: number;
  })[];
};

/** One workspace with one conversation, played upon through the operations of the house. */
export interface World {
  /**
   * Does an act on one of the servers.
   * @param shown what its window knew when it began
   * @param crashes the server dies before the transaction is through
   */
  act(act: Act, server: ServerNo, shown: Model['windows'], crashes?: boolean): Promise<Told>;
  see(): Promise<Seen>;
  /** Every text that somebody of ours could still find: in versions of drafts and in messages. */
  texts(): Promise<Set<string>>;
}

interface Place extends Shop {
  conversationId: ConversationId;
  messageId: MessageId;
  writers: readonly MemberActor[];
}

const crash = new Error('the server was killed here, on purpose');
const windowName = (window: WindowNo) => `window-${window}`;

export async function openWorld(servers: Servers): Promise<World> {
  const place = await servers.dbs[0].transaction(makePlace);
  const inHand: [Claim | null, Claim | null] = [null, null];
  const copies = new Map<OutgoingId, number>();
  const world = { ...servers, place, inHand, copies };
  return {
    async act(act, server, shown, crashes = false) {
      const db = servers.dbs[server];
      const attempt = act.do === 'claim' || act.do === 'reach' || act.do === 'die';
      if (attempt) return workOf(world, act, db, crashes);
      const once = () =>
        told(
          place,
          db.transaction(async (tx) => {
            const answer = await actIn(tx, world, act, shown);
            if (crashes) throw crash;
            return answer;
          }),
        );
      const answer = await once();
      // Who has looked before he decides, and is told that somebody was quicker, looks again.
      const wasQuicker = answer === 'already_settled' || (act.do === 'settle' && answer === 'draft_changed');
      return wasQuicker ? once() : answer;
    },
    see: () => servers.dbs[0].transaction((tx) => see(tx, world)),
    texts: () => servers.dbs[0].transaction((tx) => textsOf(tx, place)),
  };
}

async function makePlace(tx: Tx): Promise<Place> {
  const shop = await aShop(tx);
  const { conversation, messageId } = await aLetter(tx, shop, { from: CUSTOMER });
  const third = await aMember(tx, shop.workspaceId, { name: '鈴木 健', mailboxIds: [shop.mailboxId] });
  return {
    ...shop,
    conversationId: conversation.id,
    messageId,
    writers: [shop.tanaka, shop.sato, third],
  };
}

interface Playing extends Servers {
  place: Place;
  /** The attempt of each server's worker, as its memory has it. */
  inHand: [Claim | null, Claim | null];
  /** What the far side took, by letter. */
  copies: Map<OutgoingId, number>;
}

/** Refusals of the house in the words of the model; anything else is a fault. */
async function told(place: Place, work: Promise<Told>): Promise<Told> {
  return work.catch((error: Error & { code?: string; facts?: { memberId?: string | null } }) => {
    if (error === crash) return 'crashed';
    const [, code] = error.code?.split('.') ?? [];
    if (code === undefined) throw error;
    if (code !== 'held_by_other' && code !== 'hold_needed') return code;
    const holder = place.writers.findIndex(({ memberId }) => memberId === error.facts?.memberId);
    return `${code} ${holder === -1 ? 'nobody' : holder}`;
  });
}

/** An act that is one transaction. */
async function actIn(tx: Tx, playing: Playing, act: Act, windows: Model['windows']): Promise<Told> {
  const { place } = playing;
  const { workspaceId, conversationId } = place;
  switch (act.do) {
    case 'write':
      await aLetter(tx, place, { conversationId, from: CUSTOMER });
      return 'ok';
    case 'note':
      await addNote(tx, actorOf(place, act.writer), { conversationId, text: textOf(act) });
      return 'ok';
    case 'take':
    case 'renew':
    case 'give_up':
    case 'close':
      return holdIn(tx, place, act);
    case 'save':
    case 'settle':
    case 'send':
      return writeIn(tx, playing, act, windows);
    case 'let_lease_end':
    case 'let_retry_come':
      return letTimePass(tx, place, act);
    case 'sweep_holds':
      await expireHold(tx, { workspaceId, answerId: await answerOf(tx, place) });
      return 'ok';
    case 'sweep_claims':
      for (const { id, state } of await lettersOf(tx, place)) {
        if (state === 'sending') await settleDeadClaim(tx, { workspaceId, outgoingId: id });
      }
      return 'ok';
    case 'decide':
      return decideIn(tx, place, act);
    case 'look':
      return 'ok';
    default:
      throw new Error(`${act.do} is no act of one transaction`);
  }
}

const actorOf = ({ writers }: Place, writer: Writer) => writers[writer] as MemberActor;

async function holdIn(
  tx: Tx,
  place: Place,
  act: Act & { do: 'take' | 'renew' | 'give_up' | 'close' },
): Promise<Told> {
  const { conversationId } = place;
  if (act.do === 'give_up') {
    await releaseHold(tx, actorOf(place, act.writer), { conversationId });
    return 'ok';
  }
  const actor = actorOf(place, writerOf(act.window));
  const clientId = windowName(act.window);
  if (act.do === 'close') await releaseHold(tx, actor, { conversationId, clientId });
  else {
    const wish = { here: act.do === 'take' && act.here, renew: act.do === 'renew' };
    await takeHold(tx, actor, { conversationId, clientId, ...wish });
  }
  return 'ok';
}

async function writeIn(
  tx: Tx,
  playing: Playing,
  act: Act & { do: 'save' | 'settle' | 'send' },
  windows: Model['windows'],
): Promise<Told> {
  const { place, files } = playing;
  const writer = writerOf(act.window);
  const actor = actorOf(place, writer);
  const shown = windows[act.window] as Model['windows'][number];
  const here = { conversationId: place.conversationId, kind: 'reply' as const };
  if (act.do === 'send') {
    const submissionKey = keyOf(act, shown);
    const meant = { seenRevision: shown.revision, version: shown.version };
    await sendReply(tx, actor, { ...here, submissionKey, ...meant }, files);
    return `sent ${submissionKey}`;
  }
  const version = act.do === 'save' ? shown.version : (await see(tx, playing)).drafts[writer]?.version;
  if (version === undefined) return 'draft_not_found';
  const words = { ...wordsOf(place), text: textOf(act) };
  const draft = await saveDraft(tx, actor, {
    ...{ ...here, words, version },
    ...{ seenRevision: shown.revision, settles: act.do === 'settle' },
  });
  return `kept ${draft.version}`;
}

async function letTimePass(
  tx: Tx,
  { workspaceId }: Place,
  act: Act & { do: 'let_lease_end' | 'let_retry_come' },
): Promise<Told> {
  const past = sql<Date>`clock_timestamp() - interval '1 second'`;
  if (act.do === 'let_lease_end') {
    await tx.updateTable('hold').set({ expires_at: past }).where('workspace_id', '=', workspaceId).execute();
  } else {
    await tx
      .updateTable('outgoing')
      .set({ next_attempt_at: past })
      .where('workspace_id', '=', workspaceId)
      .where('state', '=', 'deferred')
      .execute();
  }
  return 'ok';
}

async function decideIn(tx: Tx, place: Place, act: Act & { do: 'decide' }): Promise<Told> {
  const letters = await lettersOf(tx, place);
  const letter = letters[nthOf(letters.length, act.nth) ?? -1];
  if (letter === undefined) return 'nothing';
  const { id: outgoingId, state: seenState } = letter;
  await decideOutgoing(tx, actorOf(place, act.writer), { outgoingId, decision: act.decision, seenState });
  return 'ok';
}

/** What a worker does about one letter: a transaction, the talk with the far side, a transaction. */
async function workOf(
  { place, inHand, copies }: Playing,
  act: Act & { do: 'claim' | 'reach' | 'die' },
  db: Db,
  crashes: boolean,
): Promise<Told> {
  const { worker } = act;
  const { workspaceId } = place;
  const leaseId = `worker-${worker}`;
  if (act.do === 'claim') {
    if (inHand[worker] !== null) return 'nothing';
    const letters = await db.transaction((tx) => lettersOf(tx, place));
    const letter = letters[nthOf(letters.length, act.nth) ?? -1];
    if (letter === undefined) return 'nothing';
    const claiming = db.transaction(async (tx) => {
      const claim = await claimOutgoing(tx, { workspaceId, outgoingId: letter.id, leaseId });
      if (crashes) throw crash;
      if (claim === null) return 'nothing';
      inHand[worker] = claim;
      return 'claimed';
    });
    return told(place, claiming);
  }
  const claim = inHand[worker];
  if (claim === null) return 'nothing';
  inHand[worker] = null;
  const { id } = claim.outgoing;
  const reached = act.do === 'die' ? act.reached : act.reply === 'accepted';
  if (reached) copies.set(id, (copies.get(id) ?? 0) + 1);
  if (act.do === 'die') return 'dead';
  const settling = db.transaction(async (tx) => {
    await settleOutgoing(tx, claim, outcomeOf(act.reply));
    if (crashes) throw crash;
    return 'ended';
  });
  return told(place, settling);
}

function outcomeOf(reply: Reply): SendOutcome {
  switch (reply) {
    case 'accepted':
      return { kind: 'accepted', reply: '250 2.0.0 taken', failed: [] };
    case 'deferred':
      return { kind: 'deferred', reply: '451 4.7.1 try later' };
    case 'unknown':
      return { kind: 'unknown', reply: '' };
    case 'refused': {
      const refusal = { reason: '5.1.1', reply: '550 5.1.1 no such user', isTemporary: false };
      return { kind: 'refused', reply: refusal.reply, failed: [{ address: CUSTOMER.address, ...refusal }] };
    }
  }
}

const wordsOf = ({ messageId }: Place) => ({
  ...{ messageId, to: [CUSTOMER], cc: [], bcc: [] },
  ...{ subject: 'Re: お皿', quote: '', signature: '', uploadIds: [] },
});

const answerOf = async (tx: Tx, { workspaceId, conversationId }: Place) =>
  (
    await tx
      .selectFrom('conversation')
      .select('answer_id')
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', conversationId)
      .executeTakeFirstOrThrow()
  ).answer_id;

/** In the order in which they were sent. */
const lettersOf = (tx: Tx, { workspaceId }: Place) =>
  tx
    .selectFrom('outgoing')
    .innerJoin('message', (join) =>
      join
        .onRef('message.workspace_id', '=', 'outgoing.workspace_id')
        .onRef('message.id', '=', 'outgoing.message_row_id'),
    )
    .select(['outgoing.id', 'outgoing.state', 'outgoing.attempts', 'outgoing.member_id as memberId'])
    .select(['outgoing.submission_key as key', 'message.text'])
    .where('outgoing.workspace_id', '=', workspaceId)
    .orderBy('message.answer_revision')
    .execute();

async function see(tx: Tx, { place, copies }: Playing): Promise<Seen> {
  const { workspaceId, conversationId, writers } = place;
  const writerWith = (id: string | null) => {
    const at = writers.findIndex(({ memberId }) => memberId === id);
    return at === -1 ? null : (at as Writer);
  };
  const { rows } = await sql<{
    revision: number;
    status: Seen['status'];
    assignee: string | null;
    hold: { member: string; client: string; isOver: boolean } | null;
    drafts: { author: string; version: number; text: string }[] | null;
  }>`
    select answer.revision, status.kind as status, conversation.assignee_id as assignee,
      (select json_build_object('member', member_id, 'client', client_id, 'isOver', expires_at <= clock_timestamp())
        from hold where hold.workspace_id = answer.workspace_id and hold.answer_id = answer.id) as hold,
      (select json_agg(json_build_object('author', author_id, 'version', version, 'text', text))
        from draft where draft.workspace_id = answer.workspace_id and closed_at is null) as drafts
    from conversation
      join answer on answer.workspace_id = conversation.workspace_id and answer.id = conversation.answer_id
      join status on status.workspace_id = conversation.workspace_id and status.id = conversation.status_id
    where conversation.workspace_id = ${workspaceId} and conversation.id = ${conversationId}`.execute(tx);
  const row = rows[0];
  if (row === undefined) throw new Error('the conversation is gone');
  const letters = await lettersOf(tx, place);
  return {
    revision: row.revision,
    status: row.status,
    assignee: writerWith(row.assignee),
    hold: row.hold && {
      writer: writerWith(row.hold.member) as Writer,
      window: Number(row.hold.client.slice(-1)) as WindowNo,
      isOver: row.hold.isOver,
    },
    drafts: WRITERS.map((writer) => {
      const draft = row.drafts?.find(({ author }) => writerWith(author) === writer);
      return draft === undefined ? null : { version: draft.version, text: draft.text };
    }) as Seen['drafts'],
    letters: letters.map(({ id, state, attempts, memberId, key, text }) => ({
      writer: writerWith(memberId) as Writer,
      key: key ?? '',
      text: text.trim(),
      state: state as Seen['letters'][number]['state'],
      attempts,
      copies: copies.get(id) ?? 0,
    })),
  };
}

async function textsOf(tx: Tx, { workspaceId }: Place): Promise<Set<string>> {
  const { rows } = await sql<{ text: string }>`
    select words ->> 'text' as text from draft_version where workspace_id = ${workspaceId}
    union select trim(text, e'\n') from message where workspace_id = ${workspaceId}`.execute(tx);
  return new Set(rows.map(({ text }) => text));
}
