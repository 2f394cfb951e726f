-- Second factors and passkeys as better-auth keeps them (a test compares), what a session must know to end
-- in time, and the counting that keeps guessers out without locking anybody else out.
alter table sign_in."user" add column "twoFactorEnabled" boolean;

alter table sign_in.session
  -- How its person came in; a password alone is no second factor.
  add column way text,
  -- When he last touched a key or the screen; what a page asks by itself does not count.
  add column "lastActiveAt" timestamptz;
update sign_in.session set way = 'password', "lastActiveAt" = "updatedAt";

create table sign_in."twoFactor" (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  secret text not null,
  "backupCodes" text not null,
  "userId" uuid not null references sign_in."user" (id) on delete cascade,
  verified boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index "twoFactor_secret_idx" on sign_in."twoFactor" (secret);
create index "twoFactor_userId_idx" on sign_in."twoFactor" ("userId");

create table sign_in.passkey (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  name text,
  "publicKey" text not null,
  "userId" uuid not null references sign_in."user" (id) on delete cascade,
  "credentialID" text not null,
  counter integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  transports text,
  "createdAt" timestamptz,
  aaguid text
);
create index "passkey_userId_idx" on sign_in.passkey ("userId");
create index "passkey_credentialID_idx" on sign_in.passkey ("credentialID");

-- One counter for everything that is open to the world, instead of better-auth's own.
drop table sign_in."rateLimit";
create table request_count (
  -- Who asks: an address, or the /64 of one.
  peer text not null,
  door text not null,
  minute timestamptz not null,
  count integer not null,
  primary key (peer, door, minute)
);
create index request_count_minute on request_count (minute);

-- Each try of a password that was not right, and those that are being judged now. The account is the hash
-- of what was typed: some type their password there.
create table sign_in.password_try (
  id uuid primary key default pg_catalog.gen_random_uuid(),
  account bytea not null,
  network text not null,
  at timestamptz not null default pg_catalog.clock_timestamp()
);
create index password_try_account on sign_in.password_try (account, at);
create index password_try_at on sign_in.password_try (at);

-- Networks from which somebody signed in before: strangers elsewhere cannot make him wait there.
create table sign_in.known_network (
  user_id uuid not null references sign_in."user" (id) on delete cascade,
  network text not null,
  seen_at timestamptz not null default pg_catalog.now(),
  primary key (user_id, network)
);

-- Codes of the last minutes: each opens once.
create table sign_in.used_code (
  user_id uuid not null references sign_in."user" (id) on delete cascade,
  code text not null,
  at timestamptz not null default pg_catalog.clock_timestamp(),
  primary key (user_id, code)
);
