-- A way into an organization for one person, once. The link names the organization, so that its rows stay behind the policy.
create table invitations (
    organization_id uuid not null references organizations (id) on delete cascade,
    id uuid not null,
    secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
    -- Null: whoever has the link.
    email text check (email <> ''),
    role text not null,
    own_role text generated always as (
        case when role in ('admin', 'producer', 'editor', 'reviewer', 'guest') then null else role end) stored,
    project_id uuid,
    project_role text,
    project_own_role text generated always as (
        case when project_role in ('admin', 'producer', 'editor', 'reviewer', 'guest') then null else project_role end) stored,
    invited_by uuid not null references users (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_by uuid references users (id),
    revoked_at timestamptz,
    primary key (organization_id, id),
    foreign key (organization_id, project_id) references projects (organization_id, id),
    foreign key (organization_id, own_role) references organization_roles (organization_id, name),
    foreign key (organization_id, project_own_role) references organization_roles (organization_id, name),
    check ((project_id is null) = (project_role is null))
);
create index invitations_expiry on invitations (organization_id, expires_at);

alter table invitations enable row level security;
alter table invitations force row level security;
create policy tenant on invitations
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert, delete on invitations to cinegit_app;
grant update (used_by, revoked_at) on invitations to cinegit_app;
