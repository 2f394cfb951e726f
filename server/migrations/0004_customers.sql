create table customer (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);

create table customer_address (
  workspace_id uuid not null,
  -- Lower case, for finding; `address` is byte for byte what came.
  address_key text not null,
  address text not null,
  customer_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, address_key),
  foreign key (workspace_id, customer_id) references customer
);
create index customer_address_of on customer_address (workspace_id, customer_id);
