-- The last number given out in a project; a number is never given twice.
create table cut_request_numbers (
    organization_id uuid not null,
    project_id uuid not null,
    last int not null,
    primary key (organization_id, project_id),
    foreign key (organization_id, project_id) references projects (organization_id, id)
);

-- An open request follows its branches; source_head and target_head are set when it ends, and it shows those from then on.
create table cut_requests (
    organization_id uuid not null,
    project_id uuid not null,
    number int not null check (number >= 1),
    title text not null check (title <> '' and length(title) <= 200),
    description text not null check (length(description) <= 10000),
    state text not null default 'open' check (state in ('open', 'merged', 'closed')),
    source_branch text not null,
    target_branch text not null check (target_branch <> source_branch),
    author_id uuid not null references users (id),
    author_name text not null,
    created_at timestamptz not null,
    source_head text collate "C",
    target_head text collate "C",
    merged_version text collate "C",
    ended_by uuid references users (id),
    ended_by_name text,
    ended_at timestamptz,
    primary key (organization_id, project_id, number),
    foreign key (organization_id, project_id) references projects (organization_id, id),
    foreign key (organization_id, project_id, source_branch) references branches (organization_id, project_id, name),
    foreign key (organization_id, project_id, target_branch) references branches (organization_id, project_id, name),
    foreign key (organization_id, project_id, source_head) references versions (organization_id, project_id, id),
    foreign key (organization_id, project_id, target_head) references versions (organization_id, project_id, id),
    foreign key (organization_id, project_id, merged_version) references versions (organization_id, project_id, id),
    check ((state = 'open') = (ended_at is null)),
    check ((state = 'merged') = (merged_version is not null))
);
create index cut_requests_open on cut_requests (organization_id, project_id) where state = 'open';

-- Answers outlive the conflicts they were given to: a conflict that comes back finds its answer by its id.
create table cut_request_resolutions (
    organization_id uuid not null,
    project_id uuid not null,
    number int not null,
    conflict text collate "C" not null check (length(conflict) between 1 and 200),
    choice text not null check (choice in ('ours', 'theirs', 'base', 'both')),
    chosen_by uuid not null references users (id),
    chosen_by_name text not null,
    chosen_at timestamptz not null,
    primary key (organization_id, project_id, number, conflict),
    foreign key (organization_id, project_id, number) references cut_requests (organization_id, project_id, number)
);

alter table cut_request_numbers enable row level security;
alter table cut_request_numbers force row level security;
create policy tenant on cut_request_numbers
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

alter table cut_requests enable row level security;
alter table cut_requests force row level security;
create policy tenant on cut_requests
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

alter table cut_request_resolutions enable row level security;
alter table cut_request_resolutions force row level security;
create policy tenant on cut_request_resolutions
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert on cut_request_numbers, cut_requests, cut_request_resolutions to cinegit_app;
grant update (last) on cut_request_numbers to cinegit_app;
grant update (state, source_head, target_head, merged_version, ended_by, ended_by_name, ended_at) on cut_requests to cinegit_app;
grant update (choice, chosen_by, chosen_by_name, chosen_at), delete on cut_request_resolutions to cinegit_app;
