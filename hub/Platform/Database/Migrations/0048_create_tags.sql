-- A name for a version that stays on it: "locked picture". Where it goes if it must is told by an event.
create table tags (
    organization_id uuid not null,
    project_id uuid not null,
    name text not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
    version text collate "C" not null,
    message text not null check (length(message) <= 10000),
    tagged_by uuid not null references users (id),
    tagged_by_name text not null,
    tagged_at timestamptz not null,
    primary key (organization_id, project_id, name),
    foreign key (organization_id, project_id) references projects (organization_id, id),
    foreign key (organization_id, project_id, version) references versions (organization_id, project_id, id)
);
create unique index tags_name on tags (organization_id, project_id, lower(name));
create index tags_version on tags (organization_id, project_id, version);

alter table tags enable row level security;
alter table tags force row level security;
create policy tenant on tags
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert, delete on tags to cinegit_app;
grant update (version, message, tagged_by, tagged_by_name, tagged_at) on tags to cinegit_app;
