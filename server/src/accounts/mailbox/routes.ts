import {
  addMailboxRoute,
  listMailboxesRoute,
  saveMailboxAccessRoute,
  saveMailboxRoute,
} from '@madoguchi/contract';
import { type App, type AppRequest, type Edge, route, type Tx } from '../../platform/index.ts';
import type { Actor } from '../actor.ts';
import { actorOf } from '../sign-in/actor-of.ts';
import { addMailbox } from './add-mailbox.ts';
import { findAssignable } from './assignable/find-assignable.ts';
import { listMailboxes } from './list-mailboxes.ts';
import { mailboxToWire, type StoredMailbox } from './mailbox.ts';
import { saveMailbox } from './save-mailbox.ts';
import { saveMailboxAccess } from './save-mailbox-access.ts';

export function mailboxRoutes(app: App, { db, config }: Edge): void {
  const writer = async (tx: Tx, { workspaceId }: Actor) => {
    const assignable = await findAssignable(tx, workspaceId);
    return (mailbox: StoredMailbox) => mailboxToWire(mailbox, config, assignable.get(mailbox.id) ?? []);
  };
  const changed = (request: AppRequest, change: (tx: Tx, actor: Actor) => Promise<StoredMailbox>) =>
    db.transaction(async (tx) => {
      const actor = actorOf(request);
      const mailbox = await change(tx, actor);
      return (await writer(tx, actor))(mailbox);
    });

  route(app, listMailboxesRoute, ({ request }) =>
    db.transaction(async (tx) => {
      const actor = actorOf(request);
      const mailboxes = await listMailboxes(tx, actor);
      return { items: mailboxes.map(await writer(tx, actor)), next: null };
    }),
  );
  route(app, addMailboxRoute, ({ request, body }) =>
    changed(request, (tx, actor) => addMailbox(tx, actor, body)),
  );
  route(app, saveMailboxRoute, ({ request, params, body }) =>
    changed(request, (tx, actor) => saveMailbox(tx, actor, { ...params, ...body })),
  );
  route(app, saveMailboxAccessRoute, ({ request, params, body }) =>
    changed(request, (tx, actor) => saveMailboxAccess(tx, actor, { ...params, ...body })),
  );
}
