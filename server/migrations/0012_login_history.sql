-- Login history: every try to sign in that names a person of ours, and how each session ended. Facts, never
-- altered but for `noted_at`. A try for an address that nobody has leaves no row.
create table sign_in_record (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  -- Whole milliseconds: a page mark says it in full.
  at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  address text not null,
  -- The /24 or /64 around it, by which a place is known again.
  network text not null,
  -- Browser and system in words; empty when they did not tell.
  device text not null,
  way text not null check (way in ('password', 'totp', 'recovery_code', 'passkey', 'token')),
  outcome text not null check (
    outcome in (
      'signed_in', 'wrong_password', 'wrong_second_factor', 'second_factor_asked', 'slowed_down',
      'network_refused', 'not_active', 'signed_out', 'ended'
    )
  ),
  -- From a network and with a device that this person had not signed in from together for 90 days.
  unusual boolean not null default false,
  noted_at timestamptz,
  -- sign_in.session or api_token; a session's row is gone when it has ended.
  session_id text,
  -- Who ended it, when it was ended.
  ended_by_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member,
  foreign key (workspace_id, ended_by_id) references member
);
create index sign_in_record_newest on sign_in_record (workspace_id, at, id);
create index sign_in_record_of on sign_in_record (workspace_id, member_id, at, id);
create index sign_in_record_unusual on sign_in_record (workspace_id, member_id)
  where unusual and noted_at is null;

alter table api_token add column name text not null default '';
