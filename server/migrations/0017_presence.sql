-- Which conversation a window looks at now. A row counts for 20 s after it was last said; after a crash of
-- the database nobody is believed to look, until the next beat of each window.
create unlogged table presence (
  workspace_id uuid not null,
  member_id uuid not null,
  -- One per browser window.
  client_id text not null,
  conversation_id uuid not null,
  -- He has something to write open there.
  writing boolean not null,
  seen_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, member_id, client_id),
  foreign key (workspace_id, member_id) references member on delete cascade,
  foreign key (workspace_id, conversation_id) references conversation on delete cascade
) with (fillfactor = 50);
create index presence_conversation on presence (workspace_id, conversation_id);
create index presence_seen on presence (seen_at);
