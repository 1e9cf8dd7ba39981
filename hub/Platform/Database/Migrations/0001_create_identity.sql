-- People and how they get in belong to no organization: they are looked up before anybody is known.
create table users (
    id uuid primary key,
    email text not null,
    display_name text not null check (display_name <> ''),
    password_hash text not null,
    created_at timestamptz not null
);
create unique index users_email on users (lower(email));

create table sessions (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    user_id uuid not null references users (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index sessions_expiry on sessions (expires_at);

-- At most one row: the secret of the set-up link, while there is no user.
create table setup_links (
    only_one boolean primary key default true check (only_one),
    secret_hash bytea not null check (octet_length(secret_hash) = 32),
    created_at timestamptz not null
);

create table device_codes (
    device_code_hash bytea primary key check (octet_length(device_code_hash) = 32),
    user_code text not null unique,
    machine_name text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    last_polled_at timestamptz,
    approved_by uuid references users (id) on delete cascade
);
create index device_codes_expiry on device_codes (expires_at);

-- One bay that was let in: the family of all tokens that descend from one approval.
create table devices (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    machine_name text not null,
    created_at timestamptz not null,
    revoked_at timestamptz
);

create table device_tokens (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    device_id uuid not null references devices (id) on delete cascade,
    kind text not null check (kind in ('access', 'refresh')),
    expires_at timestamptz not null,
    used_at timestamptz
);
create index device_tokens_device on device_tokens (device_id);
create index device_tokens_expiry on device_tokens (expires_at);

create table organizations (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) <= 60),
    name text not null check (name <> ''),
    created_at timestamptz not null
);

create table memberships (
    organization_id uuid not null references organizations (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    role text not null check (role in ('owner', 'editor')),
    created_at timestamptz not null,
    primary key (organization_id, user_id)
);
create index memberships_user on memberships (user_id);

alter table memberships enable row level security;
alter table memberships force row level security;
create policy tenant on memberships
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);
create policy own on memberships for select
    using (user_id = nullif(current_setting('cinegit.user_id', true), '')::uuid);

alter table organizations enable row level security;
alter table organizations force row level security;
create policy tenant on organizations
    using (id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);
create policy own on organizations for select
    using (exists (
        select from memberships m
        where m.organization_id = organizations.id
          and m.user_id = nullif(current_setting('cinegit.user_id', true), '')::uuid));

grant select, insert, update on users to cinegit_app;
grant select, insert, delete on sessions to cinegit_app;
grant select, insert, delete on setup_links to cinegit_app;
grant select, insert, update, delete on device_codes to cinegit_app;
grant select, insert, update on devices to cinegit_app;
grant select, insert, update, delete on device_tokens to cinegit_app;
grant select, insert on organizations to cinegit_app;
grant select, insert on memberships to cinegit_app;
