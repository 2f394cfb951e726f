create table channel (
  workspace_id uuid not null,
  id uuid not null,
  mailbox_id uuid not null,
  kind text not null check (kind in ('smtp_listener', 'mail_account', 'import')),
  -- Host, port, security, user, folders. Secrets stand apart, sealed with the key file.
  imap jsonb,
  imap_secret text,
  -- Raised when the account becomes another one (host or user): UIDs of the two never mix.
  account_no integer not null default 1,
  smtp jsonb,
  smtp_secret text,
  state text not null default 'connecting' check (state in ('connected', 'connecting', 'failed', 'off')),
  problem text,
  not_receiving_since timestamptz,
  last_checked_at timestamptz,
  failures integer not null default 0,
  next_check_at timestamptz not null default now(),
  -- The process that reads this account now; two never do.
  reader text,
  reader_until timestamptz,
  off_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailbox
);
create index channel_mailbox on channel (workspace_id, mailbox_id);
create unique index channel_built_in on channel (workspace_id, mailbox_id, kind) where kind <> 'mail_account';

-- A folder of a mail account. A new UIDVALIDITY is a new row; the old one stays as history.
create table channel_folder (
  workspace_id uuid not null,
  channel_id uuid not null,
  account_no integer not null default 1,
  folder text not null,
  uid_validity bigint not null,
  last_uid bigint not null default 0,
  -- Letters up to last_uid that the server listed to us: counted from its list, never from what was fetched.
  listed bigint not null default 0,
  -- Listed, then deleted on the server before it could be fetched.
  gone bigint not null default 0,
  primary key (workspace_id, channel_id, account_no, folder, uid_validity),
  foreign key (workspace_id, channel_id) references channel
);

-- The bytes exactly as they came, with the envelope they came in.
create table raw_message (
  workspace_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  mailbox_id uuid not null,
  account_no integer not null default 1,
  folder text,
  uid_validity bigint,
  uid bigint,
  -- {mailFrom, rcptTo[], peer, helo, tls}; nulls where the door does not know them.
  envelope jsonb not null,
  received_at timestamptz not null default now(),
  size bigint not null,
  sha256 bytea not null,
  -- Up to 256 KB here, larger ones in the file store under sha256.
  body bytea,
  in_file boolean not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'taken', 'duplicate', 'quarantined', 'ignored')),
  reason text,
  duplicate_of uuid,
  attempts integer not null default 0,
  settled_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel,
  foreign key (workspace_id, mailbox_id) references mailbox,
  check (in_file = (body is null))
);
create unique index raw_message_uid on raw_message
  (workspace_id, channel_id, account_no, folder, uid_validity, uid)
  where uid is not null;
create index raw_message_state on raw_message (workspace_id, channel_id, state);
create index raw_message_waiting on raw_message (received_at) where state = 'waiting';
create index raw_message_sha256 on raw_message (workspace_id, sha256);
