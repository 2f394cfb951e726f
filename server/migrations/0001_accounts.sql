-- The workspace is the border that nothing crosses: its id leads every key, so the database itself
-- refuses a reference into another workspace, and the tables can be distributed by it.
create table workspace (
  id uuid primary key,
  name text not null,
  demo boolean not null default false,
  created_at timestamptz not null default now()
);

create table role (
  workspace_id uuid not null references workspace,
  id uuid not null,
  key text not null,
  name text not null default '',
  permissions text[] not null,
  primary key (workspace_id, id),
  unique (workspace_id, key)
);

-- Every row that names a person names the member, never the sign-in user: a leaver keeps his row.
create table member (
  workspace_id uuid not null references workspace,
  id uuid not null,
  -- sign_in."user"; null until the person has set a password.
  user_id uuid,
  name text not null,
  email text not null,
  role_id uuid not null,
  state text not null check (state in ('invited', 'active', 'off')),
  tint smallint not null check (tint between 1 and 8),
  signature text not null default '',
  language text,
  time_zone text,
  created_at timestamptz not null default now(),
  off_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, email),
  foreign key (workspace_id, role_id) references role
);
create index member_user on member (user_id) where user_id is not null;

create table team (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  primary key (workspace_id, id)
);

create table team_member (
  workspace_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  primary key (workspace_id, team_id, member_id),
  foreign key (workspace_id, team_id) references team,
  foreign key (workspace_id, member_id) references member
);

create table mailbox (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  sender_name text not null default '',
  tint text not null,
  signature text not null default '',
  after_send text not null default 'done'
    check (after_send in ('open', 'in_progress', 'waiting', 'done', 'keep')),
  -- Minutes of waiting at which the age steps 2 to 5 begin.
  age_limits integer[] not null default '{60,120,240,480}',
  rank integer not null default 0,
  created_at timestamptz not null default now(),
  off_at timestamptz,
  primary key (workspace_id, id)
);

create table mailbox_address (
  workspace_id uuid not null,
  -- Lower case; one address belongs to one mailbox of a workspace.
  address text not null,
  mailbox_id uuid not null,
  -- False for an alias.
  main boolean not null,
  primary key (workspace_id, address),
  foreign key (workspace_id, mailbox_id) references mailbox
);
create unique index mailbox_address_main on mailbox_address (workspace_id, mailbox_id) where main;
-- The SMTP door asks whose an address is before it knows the workspace.
create index mailbox_address_any on mailbox_address (address);

create table mailbox_member (
  workspace_id uuid not null,
  mailbox_id uuid not null,
  member_id uuid not null,
  primary key (workspace_id, mailbox_id, member_id),
  foreign key (workspace_id, mailbox_id) references mailbox,
  foreign key (workspace_id, member_id) references member
);
create index mailbox_member_of on mailbox_member (workspace_id, member_id);

-- A link to set a password. The token itself is never kept, only its hash.
create table member_link (
  workspace_id uuid not null,
  token_hash bytea not null,
  member_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, token_hash),
  foreign key (workspace_id, member_id) references member
);

create table api_token (
  workspace_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  member_id uuid not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  ended_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, token_hash),
  foreign key (workspace_id, member_id) references member
);
