create table branches (
    organization_id uuid not null,
    project_id uuid not null,
    name text not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
    head text collate "C",
    moves bigint not null default 0,
    created_by uuid not null references users (id),
    created_at timestamptz not null,
    primary key (organization_id, project_id, name),
    foreign key (organization_id, project_id) references projects (organization_id, id),
    foreign key (organization_id, project_id, head) references versions (organization_id, project_id, id)
);
-- Main and main would be one file on the bays' disks.
create unique index branches_name on branches (organization_id, project_id, lower(name));

-- Every move of every head, the first included.
create table branch_log (
    organization_id uuid not null,
    project_id uuid not null,
    branch text not null,
    move bigint not null,
    old_head text collate "C",
    new_head text collate "C",
    reason text not null check (reason in ('create', 'push', 'merge')),
    moved_by uuid not null references users (id),
    moved_at timestamptz not null,
    primary key (organization_id, project_id, branch, move),
    foreign key (organization_id, project_id, branch) references branches (organization_id, project_id, name)
);

create trigger written_once before update or delete or truncate on branch_log
    for each statement execute function refuse_change();

alter table branches enable row level security;
alter table branches force row level security;
create policy tenant on branches
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

alter table branch_log enable row level security;
alter table branch_log force row level security;
create policy tenant on branch_log
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert on branches, branch_log to cinegit_app;
grant update (head, moves) on branches to cinegit_app;
