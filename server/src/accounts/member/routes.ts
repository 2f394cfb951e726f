import {
  addMemberRoute,
  getMeRoute,
  listMembersRoute,
  listRolesRoute,
  makeMemberLinkRoute,
  readMemberLinkRoute,
  saveMemberRoute,
  saveMeRoute,
  useMemberLinkRoute,
} from '@madoguchi/contract';
import { type App, type Edge, route } from '../../platform/index.ts';
import { actorOf } from '../sign-in/actor-of.ts';
import { addMember } from './add-member.ts';
import { getMe, saveMe } from './me.ts';
import { publicMember } from './member.ts';
import { type FreshLink, makeMemberLink, readMemberLink, useMemberLink } from './member-link.ts';
import { saveMember } from './save-member.ts';
import { findMembers, listRoles } from './store.ts';

export function memberRoutes(app: App, { db, config }: Edge): void {
  const baseUrl = config.url;

  route(app, getMeRoute, ({ request }) => db.transaction((tx) => getMe(tx, actorOf(request))));
  route(app, saveMeRoute, ({ request, body }) => db.transaction((tx) => saveMe(tx, actorOf(request), body)));
  route(app, listRolesRoute, ({ request }) =>
    db.transaction(async (tx) => ({ items: await listRoles(tx, actorOf(request).workspaceId), next: null })),
  );
  route(app, listMembersRoute, ({ request }) =>
    db.transaction(async (tx) => {
      const members = await findMembers(tx, actorOf(request).workspaceId);
      return { items: members.map(publicMember), next: null };
    }),
  );
  route(app, addMemberRoute, ({ request, body }) =>
    db.transaction(async (tx) => {
      const { member, link } = await addMember(tx, actorOf(request), { ...body, baseUrl });
      return { member, link: linkToWire(link) };
    }),
  );
  route(app, saveMemberRoute, ({ request, params, body }) =>
    db.transaction((tx) => saveMember(tx, actorOf(request), { ...params, ...body })),
  );
  route(app, makeMemberLinkRoute, ({ request, params }) =>
    db.transaction(async (tx) =>
      linkToWire(await makeMemberLink(tx, actorOf(request), { ...params, baseUrl })),
    ),
  );
  route(app, readMemberLinkRoute, ({ params }) =>
    db.transaction(async (tx) => {
      const link = await readMemberLink(tx, params);
      return { ...link, expiresAt: link.expiresAt.toISOString() };
    }),
  );
  route(app, useMemberLinkRoute, ({ params, body }) =>
    db.transaction((tx) => useMemberLink(tx, { ...params, ...body })),
  );
}

const linkToWire = ({ url, expiresAt }: FreshLink) => ({ url, expiresAt: expiresAt.toISOString() });
