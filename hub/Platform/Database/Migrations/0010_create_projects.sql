create table projects (
    organization_id uuid not null references organizations (id),
    id uuid not null unique,
    slug text not null check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) <= 60),
    name text not null check (name <> '' and length(name) <= 200),
    created_by uuid not null references users (id),
    created_at timestamptz not null,
    primary key (organization_id, id),
    constraint projects_slug unique (organization_id, slug)
);

alter table projects enable row level security;
alter table projects force row level security;
create policy tenant on projects
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert on projects to cinegit_app;
