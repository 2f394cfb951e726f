-- Words that their writer's other window had saved, and that he wrote over knowingly: they stay as a version,
-- whatever is saved within the same minute.
alter table draft_version add column kept boolean not null default false;
