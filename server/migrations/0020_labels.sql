-- What a conversation is about, lists that one keeps, and what one act did to many.

-- One that is deleted keeps its row: events name it, and its id is never used again. Its name is free again.
create table label (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  tint text not null,
  deleted_at timestamptz,
  primary key (workspace_id, id)
);
create unique index label_name on label (workspace_id, name) where deleted_at is null;

create table conversation_label (
  workspace_id uuid not null,
  conversation_id uuid not null,
  label_id uuid not null,
  primary key (workspace_id, conversation_id, label_id),
  foreign key (workspace_id, conversation_id) references conversation,
  foreign key (workspace_id, label_id) references label
);
create index conversation_label_of on conversation_label (workspace_id, label_id, conversation_id);

-- What one act on many conversations brought about: who takes it back finds it by its cause.
create index event_cause on event (workspace_id, cause_id) where cause_id is not null;

create table saved_view (
  workspace_id uuid not null references workspace,
  id uuid not null,
  owner_id uuid not null,
  -- Null with `shared`: everyone's; a team's members see theirs; not shared: the owner's alone.
  team_id uuid,
  shared boolean not null,
  name text not null,
  filter jsonb not null,
  sort text not null,
  columns text[] not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references member,
  foreign key (workspace_id, team_id) references team,
  check (shared or team_id is null)
);

-- Everybody orders the lists for himself; one that he has not placed comes at the end.
create table saved_view_rank (
  workspace_id uuid not null,
  member_id uuid not null,
  view_id uuid not null,
  rank integer not null,
  primary key (workspace_id, member_id, view_id),
  foreign key (workspace_id, member_id) references member,
  foreign key (workspace_id, view_id) references saved_view on delete cascade
);
