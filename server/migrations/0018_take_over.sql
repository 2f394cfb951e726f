-- When the holder last typed, as his window says with each renewal: who writes is not taken over in silence.
alter table hold add column typed_at timestamptz;

-- Somebody asks the holder to hand over; one at a time. Without an answer he has it when this expires.
create table take_over (
  workspace_id uuid not null,
  answer_id uuid not null,
  -- Where he asks; the answer's copies lie in other mailboxes.
  conversation_id uuid not null,
  asker_id uuid not null,
  -- His window, which will hold.
  client_id text,
  -- Whom he asks: a hold that went to somebody else meanwhile is not what he asked for.
  holder_id uuid not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (workspace_id, answer_id),
  foreign key (workspace_id, answer_id) references answer on delete cascade,
  foreign key (workspace_id, conversation_id) references conversation on delete cascade,
  foreign key (workspace_id, asker_id) references member,
  foreign key (workspace_id, holder_id) references member
);
create index take_over_expiry on take_over (expires_at);
