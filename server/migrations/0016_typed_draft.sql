-- Null: written by somebody who sees addresses. Else {words, marks}: his words as he typed them, and what each
-- mark in them stands for. The other columns hold the words as they will leave; he himself is shown these, or a
-- guess of his that came back as a mark would tell him that it is right.
alter table draft add column typed jsonb;
