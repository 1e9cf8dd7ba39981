-- What was answered to a write under a person's key; status is null while it is carried out.
create table idempotency_keys (
    person uuid not null references users (id) on delete cascade,
    key text collate "C" not null check (length(key) between 1 and 200),
    request bytea not null check (octet_length(request) = 32),
    began_at timestamptz not null,
    status int check (status between 200 and 499),
    content_type text,
    location text,
    body bytea,
    primary key (person, key)
);
create index idempotency_keys_age on idempotency_keys (person, began_at);

grant select, insert, update, delete on idempotency_keys to cinegit_app;
