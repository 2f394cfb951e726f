import {
  addMailboxRoute,
  listMailboxesRoute,
  saveMailboxAccessRoute,
  saveMailboxRoute,
} from '@madoguchi/contract';
import { type App, type Edge, route } from '../../platform/index.ts';
import { actorOf } from '../sign-in/actor-of.ts';
import { addMailbox } from './add-mailbox.ts';
import { listMailboxes } from './list-mailboxes.ts';
import { mailboxToWire } from './mailbox.ts';
import { saveMailbox } from './save-mailbox.ts';
import { saveMailboxAccess } from './save-mailbox-access.ts';

export function mailboxRoutes(app: App, { db, config }: Edge): void {
  route(app, listMailboxesRoute, ({ request }) =>
    db.transaction(async (tx) => {
      const mailboxes = await listMailboxes(tx, actorOf(request));
      return { items: mailboxes.map((mailbox) => mailboxToWire(mailbox, config)), next: null };
    }),
  );
  route(app, addMailboxRoute, ({ request, body }) =>
    db.transaction(async (tx) => mailboxToWire(await addMailbox(tx, actorOf(request), body), config)),
  );
  route(app, saveMailboxRoute, ({ request, params, body }) =>
    db.transaction(async (tx) =>
      mailboxToWire(await saveMailbox(tx, actorOf(request), { ...params, ...body }), config),
    ),
  );
  route(app, saveMailboxAccessRoute, ({ request, params, body }) =>
    db.transaction(async (tx) =>
      mailboxToWire(await saveMailboxAccess(tx, actorOf(request), { ...params, ...body }), config),
    ),
  );
}
