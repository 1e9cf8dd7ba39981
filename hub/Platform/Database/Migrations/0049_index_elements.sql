-- What each version has that its first parent has not, by element. is_whole: it was compared with nothing, because there is no
-- parent or the parent came before there was an index; then all of its elements are listed.
create table indexed_versions (
    organization_id uuid not null,
    project_id uuid not null,
    version text collate "C" not null,
    is_whole boolean not null,
    primary key (organization_id, project_id, version),
    foreign key (organization_id, project_id, version) references versions (organization_id, project_id, id)
);

-- is_carried: a merge has it as another of its parents has it, so it was done there.
create table element_changes (
    organization_id uuid not null,
    project_id uuid not null,
    version text collate "C" not null,
    element text collate "C" not null,
    kind text not null check (kind in ('added', 'changed', 'removed')),
    name text not null,
    track text not null,
    media_before text collate "C",
    media text collate "C",
    is_carried boolean not null,
    primary key (organization_id, project_id, version, element),
    foreign key (organization_id, project_id, version) references indexed_versions (organization_id, project_id, version)
);
create index element_changes_element on element_changes (organization_id, project_id, element);
create index element_changes_media on element_changes (organization_id, project_id, media);
create index element_changes_media_before on element_changes (organization_id, project_id, media_before);

alter table indexed_versions enable row level security;
alter table indexed_versions force row level security;
create policy tenant on indexed_versions
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

alter table element_changes enable row level security;
alter table element_changes force row level security;
create policy tenant on element_changes
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert on indexed_versions, element_changes to cinegit_app;
