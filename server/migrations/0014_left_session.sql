-- Sessions that ended because their person left or went on leave: an open window is told that it is over,
-- and not to sign in again. The session's token itself is never kept, only its hash.
create table sign_in.left_session (
  token_hash bytea primary key,
  left_at timestamptz not null default now()
);
create index left_session_at on sign_in.left_session (left_at);
