-- How long a letter of this mailbox waits in the outbox, so that its author can still undo it.
alter table mailbox add column undo_seconds integer not null default 10 check (undo_seconds between 0 and 60);

-- Null: it was said. `waiting`: a letter that leaves later, and counts for nothing before. `undone`: it never
-- left; the row stays so that the time line can say so.
alter table message add column unsaid text check (unsaid in ('waiting', 'undone'));
create index message_undone on message (workspace_id, conversation_id) where unsaid = 'undone';

-- True while it waits for a moment that its author chose: it stops when somebody writes meanwhile.
alter table outgoing add column scheduled boolean not null default false;
-- What a scheduled letter does to its conversation at the moment of leaving.
alter table outgoing add column after_send text;
alter table outgoing add column answers_customer boolean not null default false;
-- What the send changed, as compose wrote it, so that undoing can put it back. Emptied when it leaves.
alter table outgoing add column undo jsonb;
alter table outgoing drop constraint outgoing_state_check;
alter table outgoing add constraint outgoing_state_check check (state in
  ('queued', 'sending', 'accepted', 'deferred', 'refused', 'unknown', 'waiting_for_way', 'bounced', 'cancelled',
   'stopped'));
create index outgoing_scheduled on outgoing (workspace_id, conversation_id) where scheduled;

-- A draft that came back from an undone send while its author had begun another of its kind: it waits behind
-- that one, and comes forward when that one is sent or thrown away.
alter table draft add column set_aside_at timestamptz;
drop index draft_open;
create unique index draft_open on draft (workspace_id, conversation_id, author_id, kind)
  where closed_at is null and conversation_id is not null and set_aside_at is null;
