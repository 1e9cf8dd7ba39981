-- What is to be done once a transaction is committed. One row for one thing: asked for again while it waits or runs, its revision
-- moves on. due_at is when anybody may take it; whoever has taken it moves that ahead as long as they work on it.
create table jobs (
    organization_id uuid not null,
    project_id uuid not null,
    kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
    key text collate "C" not null check (length(key) <= 300),
    revision bigint not null default 1,
    attempts int not null default 0,
    due_at timestamptz not null default now(),
    lease uuid,
    last_error text,
    is_dead boolean not null default false,
    caused_by uuid not null references users (id),
    queued_at timestamptz not null default now(),
    primary key (organization_id, project_id, kind, key),
    foreign key (organization_id, project_id) references projects (organization_id, id)
);
create index jobs_due on jobs (due_at) where not is_dead;

alter table jobs enable row level security;
alter table jobs force row level security;
create policy tenant on jobs
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);
-- The worker takes the next job whosever it is, and sees nothing else of anybody; what it then does it does as that organization.
create policy worker on jobs
    using (current_setting('cinegit.worker', true) = 'on');

grant select, insert, delete on jobs to cinegit_app;
grant update (revision, attempts, due_at, lease, last_error, is_dead, caused_by, queued_at) on jobs to cinegit_app;

-- What a check says of a version: of the hub's own under the settings of the branch that it is meant for ('' for none), of
-- others' for every branch.
create table check_results (
    organization_id uuid not null,
    project_id uuid not null,
    version text collate "C" not null,
    branch text not null,
    name text collate "C" not null check (name ~ '^[a-z0-9][a-z0-9._-]{0,59}$'),
    state text not null check (state in ('pending', 'passed', 'failed')),
    summary text not null check (length(summary) <= 1000),
    findings json not null,
    link text check (length(link) <= 2000),
    is_own boolean not null,
    reported_by uuid not null references users (id),
    reported_at timestamptz not null,
    primary key (organization_id, project_id, version, branch, name),
    foreign key (organization_id, project_id, version) references versions (organization_id, project_id, id),
    check (is_own or branch = '')
);

-- '' is for all branches without a row of their own.
create table check_settings (
    organization_id uuid not null,
    project_id uuid not null,
    branch text not null,
    shortest_seconds int check (shortest_seconds between 1 and 864000),
    longest_seconds int check (longest_seconds between 1 and 864000),
    primary key (organization_id, project_id, branch),
    foreign key (organization_id, project_id) references projects (organization_id, id),
    check (shortest_seconds <= longest_seconds),
    check (shortest_seconds is not null or longest_seconds is not null)
);

alter table check_results enable row level security;
alter table check_results force row level security;
create policy tenant on check_results
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

alter table check_settings enable row level security;
alter table check_settings force row level security;
create policy tenant on check_settings
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert, update, delete on check_results, check_settings to cinegit_app;
