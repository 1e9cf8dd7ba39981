-- A bay is the key it was paired with. Bays of before have none and are let in again.
delete from device_codes;
update devices set revoked_at = now() where revoked_at is null;
alter table device_codes add column public_key bytea not null;
alter table devices add column public_key bytea;
alter table devices add constraint devices_keyed check (public_key is not null or revoked_at is not null);

alter table organizations add column agent_seats int check (agent_seats between 0 and 100000);

-- A bay takes a seat with its first request in an organization.
create table agent_seats (
    organization_id uuid not null references organizations (id) on delete cascade,
    device_id uuid not null references devices (id) on delete cascade,
    user_id uuid not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    primary key (organization_id, device_id),
    foreign key (organization_id, user_id) references memberships (organization_id, user_id) on delete cascade
);
create index agent_seats_user on agent_seats (organization_id, user_id);
create index agent_seats_device on agent_seats (device_id);

alter table agent_seats enable row level security;
alter table agent_seats force row level security;
create policy tenant on agent_seats
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert on agent_seats to cinegit_app;
grant update (revoked_at) on agent_seats to cinegit_app;
grant update (agent_seats) on organizations to cinegit_app;
