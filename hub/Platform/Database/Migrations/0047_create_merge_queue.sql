-- Who waits to be merged into a branch, in the order of their coming, and what became of those that wait no longer.
-- is_held: its checks have to end first; those behind it go on.
create table merge_queue (
    organization_id uuid not null,
    project_id uuid not null,
    entry bigint generated always as identity,
    branch text not null,
    number int not null,
    source_head text collate "C" not null,
    state text not null default 'waiting' check (state in ('waiting', 'merged', 'left')),
    is_held boolean not null default false,
    reason text not null default '',
    queued_by uuid not null references users (id),
    queued_by_name text not null,
    queued_at timestamptz not null,
    ended_at timestamptz,
    primary key (organization_id, project_id, entry),
    foreign key (organization_id, project_id, number) references cut_requests (organization_id, project_id, number),
    foreign key (organization_id, project_id, source_head) references versions (organization_id, project_id, id),
    check ((state = 'waiting') = (ended_at is null))
);
create unique index merge_queue_waiting on merge_queue (organization_id, project_id, number) where state = 'waiting';
create index merge_queue_branch on merge_queue (organization_id, project_id, branch, entry);
create index merge_queue_number on merge_queue (organization_id, project_id, number, entry);

alter table merge_queue enable row level security;
alter table merge_queue force row level security;
create policy tenant on merge_queue
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert on merge_queue to cinegit_app;
grant update (state, is_held, reason, ended_at) on merge_queue to cinegit_app;
