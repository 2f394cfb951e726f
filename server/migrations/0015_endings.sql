-- How a session ended when nobody ended it, or a new password did.
alter table sign_in_record drop constraint sign_in_record_outcome_check;
alter table sign_in_record add constraint sign_in_record_outcome_check check (
  outcome in (
    'signed_in', 'wrong_password', 'wrong_second_factor', 'second_factor_asked', 'slowed_down',
    'network_refused', 'not_active', 'signed_out', 'ended', 'expired', 'idle', 'password_changed'
  )
);

-- Who looks at the page as somebody else, with which session. The cookie only names whom: it counts while its
-- row runs, in whichever process, and a row that has ended stays as a fact.
create table preview (
  workspace_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  -- sign_in.session; its row is gone when it has ended.
  session_id uuid not null,
  target_id uuid not null,
  started_at timestamptz not null default clock_timestamp(),
  until timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member,
  foreign key (workspace_id, target_id) references member
);
-- A session looks as one at a time.
create unique index preview_running on preview (session_id) where ended_at is null;
