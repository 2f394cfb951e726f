-- What can be found of a message: subject, text and addresses, folded. Made from the feed, can be made anew.
create table search_document (
  workspace_id uuid not null,
  message_row_id uuid not null,
  conversation_id uuid not null,
  received_at timestamptz not null,
  words text not null,
  primary key (workspace_id, message_row_id),
  foreign key (workspace_id, message_row_id) references message,
  foreign key (workspace_id, conversation_id) references conversation
);
create index search_document_newest on search_document (workspace_id, received_at desc, message_row_id);
