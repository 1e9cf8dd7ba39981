-- What a branch asks of everything that is to come into it; a branch without a row asks nothing.
create table branch_protections (
    organization_id uuid not null,
    project_id uuid not null,
    branch text not null,
    approvals int not null check (approvals between 0 and 20),
    checks text[] not null check (cardinality(checks) <= 20),
    -- Empty together: whoever may merge at all.
    merge_roles text[] not null check (cardinality(merge_roles) <= 50),
    merge_people uuid[] not null check (cardinality(merge_people) <= 50),
    direct_push boolean not null,
    set_by uuid not null references users (id),
    set_by_name text not null,
    set_at timestamptz not null,
    primary key (organization_id, project_id, branch),
    foreign key (organization_id, project_id, branch) references branches (organization_id, project_id, name)
);

-- A person asked to look at a cut request, what they said, or both. What they said is about one version and no other.
create table cut_request_reviews (
    organization_id uuid not null,
    project_id uuid not null,
    number int not null,
    reviewer uuid not null references users (id),
    requested boolean not null,
    verdict text check (verdict in ('approved', 'changes')),
    version text collate "C",
    comment text not null default '' check (length(comment) <= 10000),
    reviewed_at timestamptz,
    primary key (organization_id, project_id, number, reviewer),
    foreign key (organization_id, project_id, number) references cut_requests (organization_id, project_id, number),
    foreign key (organization_id, project_id, version) references versions (organization_id, project_id, id),
    check ((verdict is null) = (version is null) and (verdict is null) = (reviewed_at is null)),
    check (requested or verdict is not null)
);

-- open_conflicts: how many were open when it was last compared.
alter table cut_requests
    add column draft boolean not null default false,
    add column open_conflicts int not null default 0 check (open_conflicts >= 0);

alter table branch_protections enable row level security;
alter table branch_protections force row level security;
create policy tenant on branch_protections
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

alter table cut_request_reviews enable row level security;
alter table cut_request_reviews force row level security;
create policy tenant on cut_request_reviews
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert, update, delete on branch_protections, cut_request_reviews to cinegit_app;
grant update (title, description, draft, open_conflicts) on cut_requests to cinegit_app;
