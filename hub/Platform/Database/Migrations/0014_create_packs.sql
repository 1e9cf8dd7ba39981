-- Versions of the format before this one name their cuts by other hashes, and their objects are no packs.
do $$
begin
    if exists (select from versions) or exists (select from objects) then
        raise exception 'This database holds versions made by an earlier preview, which this hub cannot read; start it with a new data folder (--Hub:Data), and export with the earlier hub what is to be kept.';
    end if;
end
$$;

alter table versions drop constraint versions_organization_id_project_id_cut_fkey;
alter table versions drop constraint versions_organization_id_project_id_native_fkey;
drop table objects;

-- Nobody asks for children, and before its statistics are gathered PostgreSQL may take this index to find parents, reading
-- all of a project for each.
drop index version_parents_children;

-- What a version's cut or its committed file brought. id: the first 63 bits of the version's id; odd for the file.
-- ordinal: the order of arrival; what is read together arrived together.
create table packs (
    organization_id uuid not null,
    project_id uuid not null,
    id bigint not null,
    version text collate "C" not null check (version ~ '^[0-9a-f]{64}$'),
    bytes bytea not null,
    created_at timestamptz not null,
    ordinal bigint generated always as identity,
    primary key (organization_id, project_id, id),
    foreign key (organization_id, project_id) references projects (organization_id, id)
);
-- Packs are compressed already.
alter table packs alter column bytes set storage external;
create index packs_received on packs (project_id, (id & 1), ordinal);

create trigger written_once before update or delete or truncate on packs
    for each statement execute function refuse_change();

alter table packs enable row level security;
alter table packs force row level security;
create policy tenant on packs
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert on packs to cinegit_app;
