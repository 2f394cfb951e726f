import { type Static, Type } from 'typebox';
import { MemberId, RoleId, TeamId } from './ids.ts';
import { Permission, Scope } from './permission.ts';
import { defineRoute, listOf } from './wire.ts';

/** The roles that every workspace has. Their rights are the product's and do not change; own ones begin as a copy. */
export const builtInRoles = ['administrator', 'manager', 'member', 'trainee', 'reader', 'guest'] as const;
export type BuiltInRole = (typeof builtInRoles)[number];

/** A network in CIDR notation or one address: 203.0.113.0/24, 2001:db8::/32, 203.0.113.7. */
export const Network = Type.String({ minLength: 2, maxLength: 60 });

const roleFacts = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  permissions: Type.Array(Permission, { maxItems: 100 }),
  scope: Scope,
  /** Who has this role signs in with a second factor or a passkey. */
  secondFactor: Type.Boolean(),
  /** Networks from which who has this role may come; empty: from everywhere. */
  networks: Type.Array(Network, { maxItems: 200 }),
};
export const RoleFacts = Type.Object(roleFacts);
export type RoleFacts = Static<typeof RoleFacts>;

export const Role = Type.Object({
  id: RoleId,
  /** One of the built-in ones, whose name the screen knows; empty for an own role. */
  key: Type.String(),
  ...roleFacts,
  name: Type.String(),
  memberCount: Type.Integer(),
});
export type Role = Static<typeof Role>;

const RoleParams = Type.Object({ roleId: RoleId });

export const listRolesRoute = defineRoute({
  method: 'GET',
  path: '/roles',
  summary: 'Roles of the workspace',
  answer: listOf(Role),
});
export const addRoleRoute = defineRoute({
  method: 'POST',
  path: '/roles',
  summary: 'Make an own role; nobody gives rights that he has not',
  body: RoleFacts,
  answer: Role,
  needs: 'role.manage',
});
export const saveRoleRoute = defineRoute({
  method: 'PUT',
  path: '/roles/:roleId',
  summary: 'Change an own role; of a built-in one only secondFactor and networks change',
  params: RoleParams,
  body: RoleFacts,
  answer: Role,
  needs: 'role.manage',
});
export const deleteRoleRoute = defineRoute({
  method: 'DELETE',
  path: '/roles/:roleId',
  summary: 'Delete an own role that nobody has',
  params: RoleParams,
  needs: 'role.manage',
});

const teamFacts = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  memberIds: Type.Array(MemberId, { maxItems: 2000 }),
};
export const TeamFacts = Type.Object(teamFacts);
export type TeamFacts = Static<typeof TeamFacts>;

export const Team = Type.Object({ id: TeamId, ...teamFacts });
export type Team = Static<typeof Team>;

const TeamParams = Type.Object({ teamId: TeamId });

export const listTeamsRoute = defineRoute({
  method: 'GET',
  path: '/teams',
  summary: 'Teams of the workspace with their people',
  answer: listOf(Team),
});
export const addTeamRoute = defineRoute({
  method: 'POST',
  path: '/teams',
  summary: 'Add a team',
  body: TeamFacts,
  answer: Team,
  needs: 'team.manage',
});
export const saveTeamRoute = defineRoute({
  method: 'PUT',
  path: '/teams/:teamId',
  summary: 'Change the name and the people of a team',
  params: TeamParams,
  body: TeamFacts,
  answer: Team,
  needs: 'team.manage',
});
export const deleteTeamRoute = defineRoute({
  method: 'DELETE',
  path: '/teams/:teamId',
  summary: 'Dissolve a team: its conversations and mailboxes are no longer given to it',
  params: TeamParams,
  needs: 'team.manage',
});
