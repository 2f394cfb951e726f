import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  addNewMailRoute,
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
} from '@madoguchi/contract';
import type { FastifyRequest } from 'fastify';
import { actorOf, type MemberActor, mailboxesFor, notAllowed, openMasks } from '../accounts/index.ts';
import { conversationNotFound } from '../conversation/index.ts';
import { toDelivery } from '../outbox/index.ts';
import { type App, type Edge, route } from '../platform/index.ts';
import { toWireDraft } from './draft/draft.ts';
import { saveDraft } from './draft/save-draft.ts';
import { listDraftsIn, listDraftsOf } from './draft/store.ts';
import { beginNewMail, discardDraft, saveNewMail } from './draft/write-new-mail.ts';
import { uploadMissing, uploadTooLarge } from './errors.ts';
import { toWireHold } from './hold/hold.ts';
import { releaseHold } from './hold/release-hold.ts';
import { findAnswerPlace } from './hold/store.ts';
import { takeHold } from './hold/take-hold.ts';
import { restoreMasked } from './masked/restore-masked.ts';
import { proposeDraft } from './proposal/propose-draft.ts';
import { sendNewMail } from './send/send-new-mail.ts';
import { type SentLetter, sendReply } from './send/send-reply.ts';
import { type UndoneSend, undoSend } from './send/undo-send.ts';
import { keepUpload, UPLOAD_LIMIT } from './upload/keep-upload.ts';

export function composeRoutes(app: App, edge: Edge): void {
  holdRoutes(app, edge);
  draftRoutes(app, edge);
  sendRoutes(app, edge);
}

function holdRoutes(app: App, { db }: Edge): void {
  route(app, takeHoldRoute, async ({ params, body, request }) => {
    const { clientId = null, here = false, renew = false } = body;
    const wish = { ...params, clientId, here, renew };
    return toWireHold(await db.transaction((tx) => takeHold(tx, actorOf(request), wish)));
  });

  route(app, releaseHoldRoute, async ({ params, request }) => {
    await db.transaction((tx) => releaseHold(tx, actorOf(request), params));
    return {};
  });

  route(app, closeHoldRoute, async ({ params, body, request }) => {
    const window = { ...params, clientId: body.clientId ?? null };
    await db.transaction((tx) => releaseHold(tx, actorOf(request), window));
    return {};
  });
}

function draftRoutes(app: App, edge: Edge): void {
  const { db } = edge;
  const masks = openMasks(edge);
  route(app, proposeDraftRoute, async ({ params, query, request }) => {
    const question = { ...params, ...query, messageId: query.messageId ?? null };
    return db.transaction((tx) => proposeDraft(tx, actorOf(request), question));
  });

  route(app, listDraftsHereRoute, async ({ params, request }) => {
    const { conversationId } = params;
    const actor = actorOf(request);
    return db.transaction(async (tx) => {
      if ((await findAnswerPlace(tx, actor, conversationId)) === null)
        throw conversationNotFound({ conversationId });
      return { items: (await listDraftsIn(tx, actor, conversationId)).map(toWireDraft), next: null };
    });
  });

  route(app, saveDraftRoute, async ({ params, body, request }) => {
    const actor = actorOf(request);
    const { words: shown, ...save } = { ...params, ...readSave(body), kind: body.kind };
    const draft = await db.transaction(async (tx) => {
      const mask = await masks.ofWorkspace(tx, actor.workspaceId);
      const words = await restoreMasked(tx, actor, { where: params, words: shown, mask });
      return saveDraft(tx, actor, { ...save, words });
    });
    return toWireDraft(draft);
  });

  route(app, listMyDraftsRoute, async ({ request }) => {
    const drafts = await db.transaction((tx) => listDraftsOf(tx, actorOf(request)));
    const items = drafts.map((one) => ({
      ...toWireDraft(one),
      conversationSubject: one.conversationSubject ?? one.subject,
    }));
    return { items, next: null };
  });

  route(app, addNewMailRoute, async ({ body, request }) =>
    toWireDraft(await db.transaction((tx) => beginNewMail(tx, actorOf(request), body))),
  );

  route(app, saveNewMailRoute, async ({ params, body, request }) => {
    const actor = actorOf(request);
    const { words: shown, ...save } = { ...params, ...readSave(body), mailboxId: body.mailboxId };
    const draft = await db.transaction(async (tx) => {
      const mask = await masks.ofWorkspace(tx, actor.workspaceId);
      const words = await restoreMasked(tx, actor, { where: params, words: shown, mask });
      return saveNewMail(tx, actor, { ...save, words });
    });
    return toWireDraft(draft);
  });

  route(app, discardDraftRoute, async ({ params, request }) => {
    await db.transaction((tx) => discardDraft(tx, actorOf(request), params.draftId));
    return {};
  });

  route(app, uploadRoute, async ({ request }) => takeUpload(edge, request));
}

function sendRoutes(app: App, { db, files }: Edge): void {
  route(app, sendRoute, async ({ params, body, request }) =>
    toSent(await db.transaction((tx) => sendReply(tx, actorOf(request), { ...params, ...body }, files))),
  );

  route(app, sendNewMailRoute, async ({ params, body, request }) =>
    toSent(await db.transaction((tx) => sendNewMail(tx, actorOf(request), { ...params, ...body }, files))),
  );

  route(app, undoSendRoute, async ({ params, body, request }) => {
    const actor = actorOf(request);
    const undo = { ...params, clientId: body.clientId ?? null };
    return toUndone(await db.transaction((tx) => undoSend(tx, actor, undo)), actor);
  });
}

function toUndone({ draft, outgoing, ...rest }: UndoneSend, { memberId }: MemberActor): Undone {
  const isOwn = draft.authorId === memberId;
  const words = isOwn ? toWireDraft(draft) : null;
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
}

function readSave({
  version,
  seenRevision,
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
  return { words, version, seenRevision };
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
  const actor = actorOf(request);
  requireUpload(actor);
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
    return await db.transaction((tx) => keepUpload(tx, actor, { path, name, type }, files));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
