-- One row an organization: its lock is held from the moment an event is numbered until its transaction ends, so events
-- become visible in the order of their numbers, and a number is taken back with the transaction that took it.
create table event_sequences (
    organization_id uuid primary key references organizations (id),
    last bigint not null check (last >= 1),
    removed_through bigint not null default 0 check (removed_through between 0 and last)
);

create table events (
    organization_id uuid not null references organizations (id),
    sequence bigint not null check (sequence >= 1),
    project_id uuid,
    name text not null check (name ~ '^[a-z]+(_[a-z]+)*$'),
    detail json not null,
    caused_by uuid not null references users (id),
    caused_at timestamptz not null,
    primary key (organization_id, sequence),
    foreign key (organization_id, project_id) references projects (organization_id, id)
);

alter table event_sequences enable row level security;
alter table event_sequences force row level security;
create policy tenant on event_sequences
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

alter table events enable row level security;
alter table events force row level security;
create policy tenant on events
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert on event_sequences to cinegit_app;
grant update (last, removed_through) on event_sequences to cinegit_app;
grant select, insert, delete on events to cinegit_app;
