-- Which person a provider means by its own name for them.
create table external_sign_ins (
    provider text not null check (provider <> '' and length(provider) <= 100),
    subject text collate "C" not null check (subject <> '' and length(subject) <= 255),
    user_id uuid not null references users (id) on delete cascade,
    email text,
    created_at timestamptz not null,
    last_used_at timestamptz,
    primary key (provider, subject),
    unique (user_id, provider)
);

grant select, insert, delete on external_sign_ins to cinegit_app;
grant update (last_used_at) on external_sign_ins to cinegit_app;
