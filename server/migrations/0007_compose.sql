-- The right to answer, a lease on the server's clock. Renewed every 25 s and read by everyone: narrow.
create table hold (
  workspace_id uuid not null,
  answer_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  -- The window that writes; null for a program.
  client_id text,
  via text not null default 'web',
  taken_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- What taking it changed, so that giving up can put it back.
  status_before_id uuid,
  status_set_id uuid,
  assignee_set boolean not null default false,
  primary key (workspace_id, answer_id),
  foreign key (workspace_id, answer_id) references answer,
  foreign key (workspace_id, conversation_id) references conversation,
  foreign key (workspace_id, member_id) references member
) with (fillfactor = 50);
create index hold_expiry on hold (expires_at);
create index hold_member on hold (workspace_id, member_id);

create table draft (
  workspace_id uuid not null,
  id uuid not null,
  -- Null for a new mail until it is sent.
  conversation_id uuid,
  mailbox_id uuid not null,
  author_id uuid not null,
  kind text not null check (kind in ('reply', 'forward', 'note', 'new')),
  message_row_id uuid,
  -- {to, cc, bcc}: lists of {name, address}.
  recipients jsonb not null default '{"to":[],"cc":[],"bcc":[]}',
  subject text not null default '',
  text text not null default '',
  quote text not null default '',
  signature text not null default '',
  version integer not null default 1,
  -- The answer's revision that its author had on the screen when it began.
  seen_revision integer not null,
  created_at timestamptz not null default now(),
  saved_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_as text check (closed_as in ('sent', 'discarded', 'handed_over')),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation,
  foreign key (workspace_id, mailbox_id) references mailbox,
  foreign key (workspace_id, author_id) references member,
  foreign key (workspace_id, message_row_id) references message,
  check ((closed_at is null) = (closed_as is null))
);
create unique index draft_open on draft (workspace_id, conversation_id, author_id, kind)
  where closed_at is null and conversation_id is not null;
create index draft_author on draft (workspace_id, author_id, saved_at desc) where closed_at is null;

create table draft_version (
  workspace_id uuid not null,
  draft_id uuid not null,
  version integer not null,
  words jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (workspace_id, draft_id, version),
  foreign key (workspace_id, draft_id) references draft
);

create table upload (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  sha256 bytea not null,
  name text not null,
  type text not null,
  size bigint not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member,
  foreign key (workspace_id, sha256) references file
);
create index upload_file on upload (workspace_id, sha256);

create table draft_upload (
  workspace_id uuid not null,
  draft_id uuid not null,
  upload_id uuid not null,
  rank integer not null,
  primary key (workspace_id, draft_id, upload_id),
  foreign key (workspace_id, draft_id) references draft,
  foreign key (workspace_id, upload_id) references upload
);
