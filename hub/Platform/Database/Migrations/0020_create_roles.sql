-- Roles that an organization makes for itself; the built-in ones are in the hub's code.
create table organization_roles (
    organization_id uuid not null references organizations (id) on delete cascade,
    name text not null check (
        name ~ '^[a-z0-9](-?[a-z0-9])*$' and length(name) <= 60
        and name not in ('admin', 'producer', 'editor', 'reviewer', 'guest')),
    -- Names, apart by spaces; one that the hub does not know gives nothing.
    permissions text not null,
    created_at timestamptz not null,
    primary key (organization_id, name)
);

alter table organization_roles enable row level security;
alter table organization_roles force row level security;
create policy tenant on organization_roles
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

-- A role that is not built in must be one of the organization's own: own_role is null for the former, which no key checks.
alter table memberships drop constraint memberships_role_check;
alter table memberships no force row level security;
update memberships set role = 'admin' where role = 'owner';
alter table memberships force row level security;
alter table memberships
    add column own_role text generated always as (
        case when role in ('admin', 'producer', 'editor', 'reviewer', 'guest') then null else role end) stored,
    add column authz_version bigint not null default 1,
    add constraint memberships_own_role foreign key (organization_id, own_role) references organization_roles (organization_id, name);
create index memberships_own_role on memberships (organization_id, own_role);

alter table projects add column restricted boolean not null default false;

create table project_members (
    organization_id uuid not null,
    project_id uuid not null,
    user_id uuid not null,
    role text not null,
    own_role text generated always as (
        case when role in ('admin', 'producer', 'editor', 'reviewer', 'guest') then null else role end) stored,
    created_at timestamptz not null,
    primary key (organization_id, project_id, user_id),
    foreign key (organization_id, project_id) references projects (organization_id, id),
    foreign key (organization_id, user_id) references memberships (organization_id, user_id) on delete cascade,
    constraint project_members_own_role foreign key (organization_id, own_role) references organization_roles (organization_id, name)
);
create index project_members_user on project_members (organization_id, user_id);
create index project_members_own_role on project_members (organization_id, own_role);

alter table project_members enable row level security;
alter table project_members force row level security;
create policy tenant on project_members
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert, update, delete on organization_roles, project_members to cinegit_app;
grant update (role, authz_version), delete on memberships to cinegit_app;
grant update (restricted) on projects to cinegit_app;
