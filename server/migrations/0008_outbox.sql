-- A letter on its way. Envelope, bytes, Message-ID and leave_at are fixed before the first attempt.
create table outgoing (
  workspace_id uuid not null,
  id uuid not null,
  -- Null for the house's own mail.
  conversation_id uuid,
  message_row_id uuid,
  mailbox_id uuid,
  member_id uuid,
  via text not null default 'web',
  -- Unique per member: the same key never sends twice.
  submission_key text,
  client_message_id text,
  seen_revision integer,
  seen_basis text,
  lane text not null default 'person' check (lane in ('person', 'machine')),
  envelope_from text not null,
  envelope_to text[] not null,
  -- To and Cc as they are shown: lists of {name, address}.
  shown_to jsonb not null default '[]',
  subject text not null,
  -- Without <>.
  message_id text not null,
  size bigint not null,
  sha256 bytea not null,
  bytes bytea,
  in_file boolean not null,
  leave_at timestamptz not null default now(),
  state text not null default 'queued' check (state in
    ('queued', 'sending', 'accepted', 'deferred', 'refused', 'unknown', 'waiting_for_way', 'bounced', 'cancelled')),
  reply text not null default '',
  -- Addresses that did not take it: {address, reason, reply}.
  failed jsonb not null default '[]',
  attempts integer not null default 0,
  first_attempt_at timestamptz,
  next_attempt_at timestamptz,
  claimed_by text,
  claimed_at timestamptz,
  settled_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, member_id, submission_key),
  foreign key (workspace_id, conversation_id) references conversation,
  foreign key (workspace_id, message_row_id) references message,
  foreign key (workspace_id, mailbox_id) references mailbox,
  foreign key (workspace_id, member_id) references member,
  check (in_file = (bytes is null))
);
create index outgoing_undelivered on outgoing (workspace_id, state, created_at)
  where state not in ('accepted', 'cancelled');
create index outgoing_due on outgoing (next_attempt_at)
  where state in ('queued', 'deferred', 'sending', 'waiting_for_way');
create index outgoing_message on outgoing (workspace_id, message_row_id);
create index outgoing_message_id on outgoing (workspace_id, message_id);

create table outgoing_attempt (
  workspace_id uuid not null,
  outgoing_id uuid not null,
  no integer not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome text,
  reply text not null default '',
  primary key (workspace_id, outgoing_id, no),
  foreign key (workspace_id, outgoing_id) references outgoing
);

-- A standard report about a letter of ours; it makes no conversation of its own.
create table bounce (
  workspace_id uuid not null,
  id uuid not null,
  outgoing_id uuid not null,
  raw_message_id uuid not null,
  -- {address, action, status, reason, hard} for each.
  recipients jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, raw_message_id),
  foreign key (workspace_id, outgoing_id) references outgoing,
  foreign key (workspace_id, raw_message_id) references raw_message
);
