-- What a film's history is made of never changes once written: the application role may only add and read,
-- and the trigger holds for every other role too.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are written once and never changed', tg_table_name using errcode = 'restrict_violation';
end
$$;

-- Bytes by their SHA-256: canonical cuts and the files editors committed.
create table objects (
    organization_id uuid not null,
    project_id uuid not null,
    hash text collate "C" not null check (hash ~ '^[0-9a-f]{64}$'),
    size bigint not null check (size >= 0),
    encoding text not null check (encoding in ('identity', 'br')),
    bytes bytea not null,
    created_at timestamptz not null,
    primary key (organization_id, project_id, hash),
    foreign key (organization_id, project_id) references projects (organization_id, id)
);
-- The hub has compressed what can be compressed.
alter table objects alter column bytes set storage external;

-- generation: 1 for a version without parents, else one more than its latest parent's.
-- lineage: how many versions lead to this one, itself included.
create table versions (
    organization_id uuid not null,
    project_id uuid not null,
    id text collate "C" not null check (id ~ '^[0-9a-f]{64}$'),
    cut text collate "C" not null,
    native text collate "C",
    native_name text check (native_name <> '' and length(native_name) <= 255),
    author_name text not null check (author_name <> '' and length(author_name) <= 200),
    message text not null check (length(message) <= 10000),
    created_at timestamptz not null,
    generation int not null check (generation >= 1),
    lineage int not null check (lineage >= generation),
    received_from uuid not null references users (id),
    received_at timestamptz not null,
    primary key (organization_id, project_id, id),
    foreign key (organization_id, project_id) references projects (organization_id, id),
    foreign key (organization_id, project_id, cut) references objects (organization_id, project_id, hash),
    foreign key (organization_id, project_id, native) references objects (organization_id, project_id, hash),
    check ((native is null) = (native_name is null))
);

create table version_parents (
    organization_id uuid not null,
    project_id uuid not null,
    version text collate "C" not null,
    ordinal smallint not null check (ordinal >= 0),
    parent text collate "C" not null check (parent <> version),
    primary key (organization_id, project_id, version, ordinal),
    foreign key (organization_id, project_id, version) references versions (organization_id, project_id, id),
    foreign key (organization_id, project_id, parent) references versions (organization_id, project_id, id)
);
create index version_parents_children on version_parents (organization_id, project_id, parent);

create trigger written_once before update or delete or truncate on objects
    for each statement execute function refuse_change();
create trigger written_once before update or delete or truncate on versions
    for each statement execute function refuse_change();
create trigger written_once before update or delete or truncate on version_parents
    for each statement execute function refuse_change();

alter table objects enable row level security;
alter table objects force row level security;
create policy tenant on objects
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

alter table versions enable row level security;
alter table versions force row level security;
create policy tenant on versions
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

alter table version_parents enable row level security;
alter table version_parents force row level security;
create policy tenant on version_parents
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert on objects, versions, version_parents to cinegit_app;
