-- One change that happened, in the past tense, never altered but for its position.
create table event (
  workspace_id uuid not null references workspace,
  id uuid not null,
  -- Null until committed: one loop numbers committed events, so a slow writer is never skipped.
  position bigint,
  -- The conversation's own count, under its row lock; null when the event is about none.
  conversation_id uuid,
  no integer,
  mailbox_id uuid,
  revision integer,
  kind text not null,
  -- Null: the house itself.
  member_id uuid,
  facts jsonb not null default '{}',
  -- The event that caused this one; automation stops at depth 5.
  cause_id uuid,
  -- Not shown in 履歴 (seen, saved drafts).
  silent boolean not null default false,
  -- The moment of writing, not of the transaction's start: under the conversation's lock it rises with `no`.
  created_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member,
  foreign key (workspace_id, mailbox_id) references mailbox,
  check ((conversation_id is null) = (no is null))
);
create unique index event_position on event (position);
create index event_unnumbered on event (created_at, id) where position is null;
create unique index event_no on event (workspace_id, conversation_id, no) where conversation_id is not null;

-- The last number given. A restore must not set it back (doors remember positions).
create table feed_counter (
  one boolean primary key default true check (one),
  position bigint not null
);
insert into feed_counter (position) values (0);

create table feed_reader (
  name text primary key,
  position bigint not null,
  moved_at timestamptz not null default now()
);

-- One stored content, by its hash. The sweep deletes what no row names and nobody touched for 48 hours.
create table file (
  workspace_id uuid not null references workspace,
  sha256 bytea not null check (length(sha256) = 32),
  size bigint not null,
  touched_at timestamptz not null default now(),
  primary key (workspace_id, sha256)
);
create index file_touched on file (touched_at);

-- A worker process that lives. Past its lease, others free its jobs and its claims.
create table worker_lease (
  id text primary key,
  started_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- What the house knows about itself: the set-up code, the last sweep.
create table house_fact (
  key text primary key,
  value jsonb not null
);
