-- What a person sees of their ways in, and what ends one of them.
alter table sessions
    add column id uuid not null default gen_random_uuid() unique,
    add column browser text not null default '',
    add column last_used_at timestamptz,
    add column revoked_at timestamptz;
alter table sessions alter column id drop default;
create index sessions_user on sessions (user_id);

alter table devices add column last_used_at timestamptz;
create index devices_user on devices (user_id);

-- Tokens for scripts: they allow no more than their scopes, and no more than their person.
create table personal_tokens (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    name text not null check (name <> '' and length(name) <= 100),
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    scopes text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz
);
create index personal_tokens_user on personal_tokens (user_id);
create index personal_tokens_expiry on personal_tokens (expires_at);

grant update (last_used_at, revoked_at) on sessions to cinegit_app;
grant select, insert, update, delete on personal_tokens to cinegit_app;
