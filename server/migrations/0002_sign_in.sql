-- better-auth's own tables, as its getMigrations makes them (a test compares). They stand beside the
-- workspaces: who signs in is asked before the workspace is known, so "workspaceId" says where he goes.
create schema if not exists sign_in;

create table sign_in."user" (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  "workspaceId" text
);

create table sign_in.session (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references sign_in."user" (id) on delete cascade,
  "workspaceId" text
);
create index "session_userId_idx" on sign_in.session ("userId");

create table sign_in.account (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references sign_in."user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create index "account_userId_idx" on sign_in.account ("userId");

create table sign_in.verification (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index verification_identifier_idx on sign_in.verification (identifier);

create table sign_in."rateLimit" (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  key text not null unique,
  count integer not null,
  "lastRequest" bigint not null
);
