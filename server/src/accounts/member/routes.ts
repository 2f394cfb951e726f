import {
  addMemberRoute,
  getMeRoute,
  listMembersRoute,
  type Member,
  makeMemberLinkRoute,
  readLeavingRoute,
  readMemberLinkRoute,
  retireMemberRoute,
  returnMemberRoute,
  saveMemberRoute,
  saveMeRoute,
  suspendMemberRoute,
  useMemberLinkRoute,
} from '@madoguchi/contract';
import { type App, type AppRequest, type Edge, route, type Tx } from '../../platform/index.ts';
import type { Actor } from '../actor.ts';
import { actorOf } from '../sign-in/actor-of.ts';
import { addMember } from './add-member.ts';
import { leaveMember, returnMember } from './leave-member.ts';
import { readLeaving } from './leaving/read-leaving.ts';
import { wantInvitation } from './letter-to-member.ts';
import { getMe, saveMe } from './me.ts';
import { colleague, publicMember } from './member.ts';
import { type FreshLink, makeMemberLink, readMemberLink } from './member-link.ts';
import { saveMember } from './save-member.ts';
import { findMembers } from './store.ts';
import { tryMemberLink } from './try-member-link.ts';

export function memberRoutes(app: App, { db, config }: Edge): void {
  const baseUrl = config.url;
  const canMail = config.systemSmtp !== null;
  /** A person whom an operation has changed, as the asker may know him. */
  const shown = (request: AppRequest, change: (tx: Tx, actor: Actor) => Promise<Member>) =>
    db.transaction(async (tx) => colleague(actorOf(request), await change(tx, actorOf(request))));

  route(app, getMeRoute, ({ request }) => db.transaction((tx) => getMe(tx, actorOf(request))));
  route(app, saveMeRoute, ({ request, body }) => db.transaction((tx) => saveMe(tx, actorOf(request), body)));
  route(app, listMembersRoute, ({ request }) =>
    db.transaction(async (tx) => {
      const actor = actorOf(request);
      const members = await findMembers(tx, actor.workspaceId);
      return { items: members.map((one) => colleague(actor, publicMember(one))), next: null };
    }),
  );
  route(app, addMemberRoute, ({ request, body }) =>
    db.transaction(async (tx) => {
      const actor = actorOf(request);
      const { member, link } = await addMember(tx, actor, { ...body, baseUrl });
      const mailed = canMail && body.byMail === true;
      if (mailed) await wantInvitation(tx, actor, { memberId: member.id, purpose: 'invitation' });
      return { member, link: linkToWire(link), mailed };
    }),
  );
  route(app, saveMemberRoute, ({ request, params, body }) =>
    shown(request, (tx, actor) => saveMember(tx, actor, { ...params, ...body })),
  );
  route(app, readLeavingRoute, ({ request, params }) =>
    db.transaction((tx) => readLeaving(tx, actorOf(request), params)),
  );
  route(app, retireMemberRoute, ({ request, params, body }) =>
    shown(request, (tx, actor) => leaveMember(tx, actor, 'left', { ...params, ...body })),
  );
  route(app, suspendMemberRoute, ({ request, params, body }) =>
    shown(request, (tx, actor) => leaveMember(tx, actor, 'suspended', { ...params, ...body })),
  );
  route(app, returnMemberRoute, ({ request, params }) =>
    shown(request, (tx, actor) => returnMember(tx, actor, params)),
  );
  route(app, makeMemberLinkRoute, ({ request, params, body }) =>
    db.transaction(async (tx) => {
      const actor = actorOf(request);
      const link = await makeMemberLink(tx, actor, { ...params, baseUrl });
      const mailed = canMail && body.byMail === true;
      if (mailed) await wantInvitation(tx, actor, { ...params, purpose: 'reset' });
      return { ...linkToWire(link), mailed };
    }),
  );
  route(app, readMemberLinkRoute, ({ params }) =>
    db.transaction(async (tx) => {
      const link = await readMemberLink(tx, params);
      return { ...link, expiresAt: link.expiresAt.toISOString() };
    }),
  );
  route(app, useMemberLinkRoute, ({ params, body, request }) =>
    tryMemberLink(db, { ...params, ...body, address: request.ip }),
  );
}

const linkToWire = ({ url, expiresAt }: FreshLink) => ({ url, expiresAt: expiresAt.toISOString() });
