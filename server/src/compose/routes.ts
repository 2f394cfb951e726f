import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  addNewMailRoute,
  answerTakeOverRoute,
  askTakeOverRoute,
  breakHoldRoute,
  closeHoldRoute,
  type DraftFile,
  type DraftWords,
  discardDraftRoute,
  listDraftsHereRoute,
  listMyDraftsRoute,
  proposeDraftRoute,
  releaseHoldRoute,
  type Sent,
  saveDraftRoute,
  saveNewMailRoute,
  sendNewMailRoute,
  sendRoute,
  takeHoldRoute,
  type Undone,
  undoSendRoute,
  uploadRoute,
  withdrawTakeOverRoute,
} from '@madoguchi/contract';
import type { FastifyRequest } from 'fastify';
import {
  actorOf,
  actorStill,
  type MemberActor,
  mailboxesFor,
  notAllowed,
  openMasks,
} from '../accounts/index.ts';
import { conversationNotFound } from '../conversation/index.ts';
import { toDelivery } from '../outbox/index.ts';
import { type App, type Edge, route } from '../platform/index.ts';
import { type DraftReader, toWireDraft } from './draft/draft.ts';
import { saveDraft } from './draft/save-draft.ts';
import { listDraftsIn, listDraftsOf } from './draft/store.ts';
import { beginNewMail, discardDraft, saveNewMail } from './draft/write-new-mail.ts';
import { uploadMissing, uploadTooLarge } from './errors.ts';
import { breakHold } from './hold/break-hold.ts';
import { toWireHold } from './hold/hold.ts';
import { releaseHold } from './hold/release-hold.ts';
import { findAnswerPlace } from './hold/store.ts';
import { takeHold } from './hold/take-hold.ts';
import { restoreMasked } from './masked/restore-masked.ts';
import { proposeDraft } from './proposal/propose-draft.ts';
import { sendNewMail } from './send/send-new-mail.ts';
import { type SentLetter, sendReply } from './send/send-reply.ts';
import { type UndoneSend, undoSend } from './send/undo-send.ts';
import { answerTakeOver, withdrawTakeOver } from './take-over/answer-take-over.ts';
import { askTakeOver } from './take-over/ask-take-over.ts';
import { findAsk } from './take-over/store.ts';
import { keepUpload, UPLOAD_LIMIT } from './upload/keep-upload.ts';

export function composeRoutes(app: App, edge: Edge): void {
  holdRoutes(app, edge);
  takeOverRoutes(app, edge);
  draftRoutes(app, edge);
  newMailRoutes(app, edge);
  sendRoutes(app, edge);
}

function holdRoutes(app: App, { db }: Edge): void {
  route(app, takeHoldRoute, async ({ params, body, request }) => {
    const { clientId = null, here = false, renew = false, typedAgo = null } = body;
    const wish = { ...params, clientId, here, renew, typedAgo };
    return db.transaction(async (tx) => {
      const hold = await takeHold(tx, actorOf(request), wish);
      return toWireHold(hold, await findAsk(tx, hold));
    });
  });

  route(app, releaseHoldRoute, async ({ params, request }) => {
    await db.transaction((tx) => releaseHold(tx, actorOf(request), params));
    return {};
  });

  route(app, closeHoldRoute, async ({ params, body, request }) => {
    const window = { ...params, clientId: body.clientId ?? null, idle: body.idle ?? false };
    await db.transaction((tx) => releaseHold(tx, actorOf(request), window));
    return {};
  });

  route(app, breakHoldRoute, async ({ params, body, request }) => {
    await db.transaction((tx) => breakHold(tx, actorOf(request), { ...params, ...body }));
    return {};
  });
}

function takeOverRoutes(app: App, { db }: Edge): void {
  route(app, askTakeOverRoute, async ({ params, body, request }) => {
    const wish = { ...params, clientId: body.clientId ?? null };
    const { hold, ask } = await db.transaction((tx) => askTakeOver(tx, actorOf(request), wish));
    return toWireHold(hold, ask);
  });

  route(app, withdrawTakeOverRoute, async ({ params, request }) => {
    await db.transaction((tx) => withdrawTakeOver(tx, actorOf(request), params.conversationId));
    return {};
  });

  route(app, answerTakeOverRoute, async ({ params, body, request }) => {
    await db.transaction((tx) => answerTakeOver(tx, actorOf(request), { ...params, ...body }));
    return {};
  });
}

function draftRoutes(app: App, edge: Edge): void {
  const { db } = edge;
  const masks = openMasks(edge);
  route(app, proposeDraftRoute, async ({ params, query, request }) => {
    const question = { ...params, ...query, messageId: query.messageId ?? null };
    return db.transaction(async (tx) => {
      const actor = actorOf(request);
      return proposeDraft(tx, actor, { ...question, mask: await masks.forActor(tx, actor) });
    });
  });

  route(app, listDraftsHereRoute, async ({ params, request }) => {
    const { conversationId } = params;
    const actor = actorOf(request);
    return db.transaction(async (tx) => {
      if ((await findAnswerPlace(tx, actor, conversationId)) === null)
        throw conversationNotFound({ conversationId });
      const reader = { actor, mask: await masks.forActor(tx, actor) };
      const drafts = await listDraftsIn(tx, actor, conversationId);
      return { items: drafts.map((draft) => toWireDraft(draft, reader)), next: null };
    });
  });

  route(app, saveDraftRoute, async ({ params, body, request }) => {
    const actor = actorOf(request);
    const { words: shown, ...save } = { ...params, ...readSave(body), kind: body.kind };
    return db.transaction(async (tx) => {
      const mask = await masks.ofWorkspace(tx, actor.workspaceId);
      const { words, typed } = await restoreMasked(tx, actor, { where: params, words: shown, mask });
      const behind = typed && { typed, mask };
      const draft = await saveDraft(tx, actor, { ...save, words, behind });
      return toWireDraft(draft, { actor, mask: behind && mask });
    });
  });

  route(app, discardDraftRoute, async ({ params, request }) => {
    await db.transaction((tx) => discardDraft(tx, actorOf(request), params.draftId));
    return {};
  });

  route(app, uploadRoute, async ({ request }) => takeUpload(edge, request));
}

function newMailRoutes(app: App, edge: Edge): void {
  const { db } = edge;
  const masks = openMasks(edge);
  route(app, listMyDraftsRoute, async ({ request }) => {
    const actor = actorOf(request);
    return db.transaction(async (tx) => {
      const reader = { actor, mask: await masks.forActor(tx, actor) };
      const drafts = await listDraftsOf(tx, actor);
      const items = drafts.map((one) => {
        const shown = toWireDraft(one, reader);
        return { ...shown, conversationSubject: one.conversationSubject ?? shown.subject };
      });
      return { items, next: null };
    });
  });

  route(app, addNewMailRoute, async ({ body, request }) =>
    db.transaction(async (tx) => {
      const actor = actorOf(request);
      const draft = await beginNewMail(tx, actor, body);
      return toWireDraft(draft, { actor, mask: await masks.forActor(tx, actor) });
    }),
  );

  route(app, saveNewMailRoute, async ({ params, body, request }) => {
    const actor = actorOf(request);
    const { words: shown, ...save } = { ...params, ...readSave(body), mailboxId: body.mailboxId };
    return db.transaction(async (tx) => {
      const mask = await masks.ofWorkspace(tx, actor.workspaceId);
      const { words, typed } = await restoreMasked(tx, actor, { where: params, words: shown, mask });
      const behind = typed && { typed, mask };
      const draft = await saveNewMail(tx, actor, { ...save, words, behind });
      return toWireDraft(draft, { actor, mask: behind && mask });
    });
  });
}

function sendRoutes(app: App, edge: Edge): void {
  const { db, files } = edge;
  const masks = openMasks(edge);
  route(app, sendRoute, async ({ params, body, request }) =>
    toSent(await db.transaction((tx) => sendReply(tx, actorOf(request), { ...params, ...body }, files))),
  );

  route(app, sendNewMailRoute, async ({ params, body, request }) =>
    toSent(await db.transaction((tx) => sendNewMail(tx, actorOf(request), { ...params, ...body }, files))),
  );

  route(app, undoSendRoute, async ({ params, body, request }) => {
    const actor = actorOf(request);
    const undo = { ...params, clientId: body.clientId ?? null };
    return db.transaction(async (tx) =>
      toUndone(await undoSend(tx, actor, undo), { actor, mask: await masks.forActor(tx, actor) }),
    );
  });
}

function toUndone({ draft, outgoing, ...rest }: UndoneSend, reader: DraftReader): Undone {
  const isOwn = draft.authorId === reader.actor.memberId;
  const words = isOwn ? toWireDraft(draft, reader) : null;
  return { ...rest, delivery: toDelivery(outgoing), draft: words, setAside: draft.setAsideAt !== null };
}

const toSent = ({ conversationId, messageId, outgoing }: SentLetter): Sent => ({
  conversationId,
  messageId,
  delivery: toDelivery(outgoing),
});

interface SaveBody extends DraftWords {
  version: number;
  seenRevision: number;
  settles?: boolean;
}

function readSave({
  version,
  seenRevision,
  settles = false,
  messageId,
  to,
  cc,
  bcc,
  subject,
  text,
  quote,
  signature,
  uploadIds,
}: SaveBody) {
  const words: DraftWords = { messageId, to, cc, bcc, subject, text, quote, signature, uploadIds };
  return { words, version, seenRevision, settles };
}

/** It lies beside no words yet: whoever may lay files anywhere may bring one. @throws notAllowed */
function requireUpload(actor: MemberActor): void {
  if (mailboxesFor(actor, 'file.upload').length === 0) throw notAllowed({});
}

/** A form without a border, or cut off: its reader throws what has no status of its own. */
function refuseBrokenForm(error: Error & { statusCode?: number }): never {
  throw error.statusCode === undefined ? uploadMissing({}) : error;
}

/** Streams the file to disk first: no transaction stands open while a slow line brings it. */
async function takeUpload({ db, files }: Edge, request: FastifyRequest): Promise<DraftFile> {
  requireUpload(actorOf(request));
  const part = await request
    .file({ limits: { fileSize: UPLOAD_LIMIT }, throwFileSizeLimit: false })
    .catch(refuseBrokenForm);
  if (part === undefined || part.fieldname !== 'file') throw uploadMissing({});
  const folder = await files.scratch();
  try {
    const path = join(folder, 'upload');
    await pipeline(part.file, createWriteStream(path)).catch((error: unknown) => {
      throw part.file.errored === null ? error : uploadMissing({});
    });
    const { filename: name, mimetype: type } = part;
    if (part.file.truncated) throw uploadTooLarge({ name, limitBytes: UPLOAD_LIMIT });
    return await db.transaction(async (tx) => {
      // The file may have come for minutes: his rights may have gone meanwhile.
      const still = await actorStill(tx, request);
      requireUpload(still);
      return keepUpload(tx, still, { path, name, type }, files);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
