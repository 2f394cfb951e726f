-- Who may see and do what: levels in a mailbox, teams there, scopes and conditions of a role, the ways of a
-- person to go and to come back. The rights of the built-in roles are the program's own.
alter table workspace
  -- After so many hours one signs in again.
  add column session_hours integer not null default 720 check (session_hours between 1 and 2160),
  -- 0: a session ends by its length alone.
  add column idle_minutes integer not null default 0 check (idle_minutes between 0 and 10080),
  -- CIDR; empty: from everywhere.
  add column networks text[] not null default '{}';

alter table role
  add column scope text not null default 'mailboxes' check (scope in ('mailboxes', 'teams', 'assigned')),
  add column second_factor boolean not null default false,
  add column networks text[] not null default '{}';

insert into role (workspace_id, id, key, permissions, scope)
  select workspace.id, pg_catalog.gen_random_uuid(), fresh.key, '{}', fresh.scope
  from workspace, (values ('manager', 'mailboxes'), ('trainee', 'mailboxes'), ('guest', 'assigned'))
    as fresh (key, scope);

alter table member drop constraint member_state_check;
update member set state = 'left' where state = 'off';
alter table member
  add constraint member_state_check check (state in ('invited', 'active', 'suspended', 'left')),
  add column skills text[] not null default '{}',
  add column languages text[] not null default '{}';

-- A dissolved team keeps its row: events and conversations name it. Its name is free again.
alter table team add column dissolved_at timestamptz;
-- Names were not unique until now: the oldest keeps its own, the others carry an end that nobody else has.
update team set name = team.name || ' ' || right(team.id::text, 12)
  from (select workspace_id, id, row_number() over (partition by workspace_id, name order by id) as nth from team) as named
  where named.workspace_id = team.workspace_id and named.id = team.id and named.nth > 1;
create unique index team_name on team (workspace_id, name) where dissolved_at is null;
-- Who sees only what is with his teams.
create index conversation_team on conversation (workspace_id, team_id, place, last_message_at desc)
  where team_id is not null;
create index team_member_of on team_member (workspace_id, member_id);

alter table mailbox_member
  add column level text not null default 'work' check (level in ('read', 'work', 'manage'));

create table mailbox_team (
  workspace_id uuid not null,
  mailbox_id uuid not null,
  team_id uuid not null,
  level text not null check (level in ('read', 'work', 'manage')),
  primary key (workspace_id, mailbox_id, team_id),
  foreign key (workspace_id, mailbox_id) references mailbox,
  foreign key (workspace_id, team_id) references team
);
create index mailbox_team_of on mailbox_team (workspace_id, team_id);
