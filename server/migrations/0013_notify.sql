-- A letter that the house itself writes to one of its people. What it says is made when it leaves: the link of
-- an invitation or a reset stands in no row.
create table house_letter (
  workspace_id uuid not null,
  -- The event that wanted it: one letter for each.
  event_id uuid not null,
  kind text not null check (kind in ('invitation', 'reset', 'unusual_sign_in')),
  member_id uuid not null,
  facts jsonb not null default '{}',
  state text not null default 'waiting'
    check (state in ('waiting', 'sending', 'accepted', 'refused', 'unknown', 'dropped')),
  reply text not null default '',
  attempts integer not null default 0,
  first_attempt_at timestamptz,
  -- While it waits: not before then.
  next_attempt_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (workspace_id, event_id),
  foreign key (workspace_id, event_id) references event,
  foreign key (workspace_id, member_id) references member
);
-- A letter whose job was lost is found again.
create index house_letter_waiting on house_letter (next_attempt_at) where state = 'waiting';
