create table status (
  workspace_id uuid not null references workspace,
  id uuid not null,
  kind text not null check (kind in ('open', 'in_progress', 'waiting', 'done')),
  name text not null default '',
  rank integer not null,
  primary key (workspace_id, id)
);

-- One answer for all conversations that the same letter made. Its row is locked before theirs.
create table answer (
  workspace_id uuid not null references workspace,
  id uuid not null,
  revision integer not null default 0,
  primary key (workspace_id, id)
);

create table conversation_number (
  workspace_id uuid primary key references workspace,
  next bigint not null
);

create table conversation (
  workspace_id uuid not null,
  id uuid not null,
  number bigint not null,
  mailbox_id uuid not null,
  subject text not null,
  status_id uuid not null,
  place text not null default 'inbox' check (place in ('inbox', 'spam', 'trash')),
  assignee_id uuid,
  team_id uuid,
  customer_id uuid,
  answer_id uuid not null,
  -- How many messages it has had; raised under its row lock by each message and by nothing else.
  revision integer not null default 0,
  -- How many events it has had.
  event_no integer not null default 0,
  last_message_at timestamptz not null,
  -- Since when the customer waits for us; null while it is not our turn.
  waiting_since timestamptz,
  has_attachments boolean not null default false,
  snippet text not null default '',
  -- The worst of its letters on their way: unknown, refused, bounced, waiting_for_way.
  alarm text,
  quarantined boolean not null default false,
  merged_into_id uuid,
  previous_id uuid,
  trashed_at timestamptz,
  trashed_by_id uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  foreign key (workspace_id, mailbox_id) references mailbox,
  foreign key (workspace_id, status_id) references status,
  foreign key (workspace_id, assignee_id) references member,
  foreign key (workspace_id, trashed_by_id) references member,
  foreign key (workspace_id, team_id) references team,
  foreign key (workspace_id, customer_id) references customer,
  foreign key (workspace_id, answer_id) references answer,
  foreign key (workspace_id, merged_into_id) references conversation,
  foreign key (workspace_id, previous_id) references conversation
);
create index conversation_list on conversation
  (workspace_id, mailbox_id, place, status_id, last_message_at desc, id desc);
create index conversation_waiting on conversation (workspace_id, mailbox_id, place, waiting_since, id)
  where waiting_since is not null;
create index conversation_all on conversation (workspace_id, place, last_message_at desc, id desc);
create index conversation_assignee on conversation (workspace_id, assignee_id, place, status_id, last_message_at desc);
create index conversation_customer on conversation (workspace_id, customer_id, last_message_at desc);
create index conversation_answer on conversation (workspace_id, answer_id);

create table message (
  workspace_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  kind text not null check (kind in ('in', 'out', 'note', 'memo')),
  -- The conversation's revision that this message made.
  revision integer not null,
  -- The answer's revision that it made: what a writer has not seen yet is found by it.
  answer_revision integer not null,
  parent_id uuid,
  member_id uuid,
  customer_id uuid,
  -- The mailbox a letter came to; a move never changes it. Null for what we wrote.
  arrived_mailbox_id uuid,
  raw_message_id uuid,
  -- Without <>; made from a hash of the bytes where the letter had none.
  message_id text,
  -- Over From, Date, Subject and the body's bytes, without trace lines.
  content_hash bytea,
  -- The server's receipt, which orders the conversation; a move or merge never changes it.
  received_at timestamptz not null,
  sent_at timestamptz,
  from_name text not null default '',
  from_address text not null default '',
  -- {to, cc, bcc, replyTo}: lists of {name, address}.
  recipients jsonb not null default '{}',
  subject text not null default '',
  -- The whole text; `pieces` says how long each new, quoted or signed run of it is.
  text text not null default '',
  pieces jsonb not null default '[]',
  -- Cleaned.
  html text,
  remote_images text[] not null default '{}',
  joined_by text not null,
  stranger boolean not null default false,
  auto_reply boolean not null default false,
  unreadable text,
  wire_size bigint,
  wire_sha256 bytea,
  mime_map jsonb,
  problems text[] not null default '{}',
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, arrived_mailbox_id, message_id, content_hash),
  unique (workspace_id, conversation_id, revision),
  foreign key (workspace_id, conversation_id) references conversation,
  foreign key (workspace_id, parent_id) references message,
  foreign key (workspace_id, member_id) references member,
  foreign key (workspace_id, customer_id) references customer,
  foreign key (workspace_id, arrived_mailbox_id) references mailbox,
  foreign key (workspace_id, raw_message_id) references raw_message
);
create index message_by_message_id on message (workspace_id, message_id);
create index message_received on message (workspace_id, received_at desc, id desc);
create index message_raw on message (workspace_id, raw_message_id);

-- Every id that a letter names as before it, oldest first: a child may come before its parent.
create table message_reference (
  workspace_id uuid not null,
  message_row_id uuid not null,
  rank integer not null,
  referenced text not null,
  in_reply_to boolean not null,
  primary key (workspace_id, message_row_id, rank),
  foreign key (workspace_id, message_row_id) references message
);
create index message_reference_to on message_reference (workspace_id, referenced);

create table message_part (
  workspace_id uuid not null,
  message_row_id uuid not null,
  part text not null,
  rank integer not null,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 bytea not null,
  content_id text,
  inline boolean not null,
  primary key (workspace_id, message_row_id, part),
  foreign key (workspace_id, message_row_id) references message,
  foreign key (workspace_id, sha256) references file
);
create index message_part_file on message_part (workspace_id, sha256);

-- Unread = conversation.revision > seen.revision, but for single messages marked out of order.
create table seen (
  workspace_id uuid not null,
  member_id uuid not null,
  conversation_id uuid not null,
  revision integer not null,
  primary key (workspace_id, member_id, conversation_id),
  foreign key (workspace_id, member_id) references member,
  foreign key (workspace_id, conversation_id) references conversation
);
create table seen_except (
  workspace_id uuid not null,
  member_id uuid not null,
  message_row_id uuid not null,
  seen boolean not null,
  primary key (workspace_id, member_id, message_row_id),
  foreign key (workspace_id, member_id) references member,
  foreign key (workspace_id, message_row_id) references message
);

-- Each transaction appends its differences, a sweep folds them: one counter row would queue all writers.
create table conversation_count_change (
  workspace_id uuid not null references workspace,
  id bigint generated always as identity,
  mailbox_id uuid not null,
  place text not null,
  status_id uuid not null,
  assignee_id uuid,
  team_id uuid,
  n integer not null,
  primary key (workspace_id, id)
);
create table conversation_count (
  workspace_id uuid not null references workspace,
  mailbox_id uuid not null,
  place text not null,
  status_id uuid not null,
  assignee_id uuid,
  team_id uuid,
  n bigint not null,
  unique nulls not distinct (workspace_id, mailbox_id, place, status_id, assignee_id, team_id)
);

alter table event add foreign key (workspace_id, conversation_id) references conversation;
