-- What the framework's user management keeps about a person.
alter table users
    add column security_stamp text not null default gen_random_uuid()::text,
    add column concurrency_stamp text not null default gen_random_uuid()::text,
    add column email_confirmed boolean not null default false,
    add column access_failed_count int not null default 0,
    add column lockout_end timestamptz,
    add column two_factor_enabled boolean not null default false,
    -- Encrypted: unlike everything else that opens, the key of one-time codes is needed again as it was.
    add column authenticator_key text,
    -- The period of the last one-time code that was taken, so that none opens twice.
    add column last_code_step bigint not null default 0;

create table recovery_codes (
    user_id uuid not null references users (id) on delete cascade,
    code_hash bytea not null check (octet_length(code_hash) = 32),
    primary key (user_id, code_hash)
);

grant select, insert, delete on recovery_codes to cinegit_app;
