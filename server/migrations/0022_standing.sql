-- Where a conversation stands: a workspace's own statuses, what it waits for and until when.

alter table status
  add column tint text,
  -- Switched off: nothing new comes to it, and what stands there stays. Its id is never used again.
  add column off_at timestamptz;

create table waiting_reason (
  workspace_id uuid not null references workspace,
  id uuid not null,
  -- `later` for the one that every workspace has (あとで); null for its own.
  key text check (key in ('later')),
  name text not null default '',
  rank integer not null,
  off_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, key)
);
insert into waiting_reason (workspace_id, id, key, rank)
  select id, pg_catalog.gen_random_uuid(), 'later', -1 from workspace;

alter table conversation
  add column waiting_reason_id uuid,
  -- When it comes back by itself unless the customer writes first.
  add column wake_at timestamptz,
  -- The status that it comes back to; null: the first 未対応.
  add column wake_status_id uuid,
  -- When it came back so; null once its status changed again.
  add column woken_at timestamptz,
  add constraint conversation_waiting_reason_fkey
    foreign key (workspace_id, waiting_reason_id) references waiting_reason,
  add constraint conversation_wake_status_fkey foreign key (workspace_id, wake_status_id) references status;
create index conversation_wake on conversation (wake_at) where wake_at is not null;

-- What taking the hold took away with the status, so that giving up puts all of it back.
alter table hold
  add column reason_before_id uuid,
  add column wake_before_at timestamptz,
  add column wake_status_before_id uuid;

-- Where a scheduled letter leads its conversation when its author chose one status and what it waits for; else
-- after_send says it.
alter table outgoing add column after_standing jsonb;

-- When its person last had it open: what came back is told to him until then.
alter table seen add column opened_at timestamptz;
