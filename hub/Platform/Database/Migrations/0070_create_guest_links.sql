-- Guests who come by a link have no address and no password: they are known by the link and by what they call themselves.
alter table users alter column email drop not null;
alter table users alter column password_hash drop not null;
-- Whose guest a session is: it opens nothing outside that organization.
alter table sessions add column guest_of uuid references organizations (id) on delete cascade;

create table guest_links (
    organization_id uuid not null references organizations (id) on delete cascade,
    id uuid not null,
    project_id uuid not null,
    -- At most one of the two; neither for the whole project.
    branch text,
    cut_request int,
    name text not null check (name <> '' and length(name) <= 100),
    secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
    passphrase_hash text,
    may_comment boolean not null,
    most_people int check (most_people between 1 and 1000),
    failures int not null default 0,
    rests_until timestamptz,
    created_by uuid not null references users (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    last_used_at timestamptz,
    primary key (organization_id, id),
    foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade,
    foreign key (organization_id, project_id, branch)
        references branches (organization_id, project_id, name) on update cascade on delete cascade,
    foreign key (organization_id, project_id, cut_request)
        references cut_requests (organization_id, project_id, number) on delete cascade,
    check (branch is null or cut_request is null)
);
create index guest_links_project on guest_links (organization_id, project_id);

create table guests (
    organization_id uuid not null,
    user_id uuid not null references users (id) on delete cascade,
    link_id uuid not null,
    name text not null check (name <> '' and length(name) <= 100),
    -- Tells the hub that the same browser has come again; opens nothing without the link.
    return_hash bytea not null check (octet_length(return_hash) = 32),
    created_at timestamptz not null,
    primary key (organization_id, user_id),
    foreign key (organization_id, link_id) references guest_links (organization_id, id) on delete cascade
);
create index guests_link on guests (organization_id, link_id);

alter table guest_links enable row level security;
alter table guest_links force row level security;
create policy tenant on guest_links
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

alter table guests enable row level security;
alter table guests force row level security;
create policy tenant on guests
    using (organization_id = nullif(current_setting('cinegit.organization_id', true), '')::uuid);

grant select, insert on guest_links to cinegit_app;
grant update (failures, rests_until, revoked_at, last_used_at) on guest_links to cinegit_app;
grant select, insert on guests to cinegit_app;
grant update (name) on guests to cinegit_app;

-- The second lock: a guest's transaction says what the link names, and sees no other row, whatever a query forgets.
do $$
declare
    guest constant text := 'nullif(current_setting(''cinegit.guest_project'', true), '''')';
    each text;
begin
    execute format('create policy guest on projects as restrictive using (%1$s is null or id = %1$s::uuid)', guest);
    foreach each in array array[
        'packs', 'versions', 'version_parents', 'branches', 'branch_log', 'cut_requests', 'cut_request_resolutions', 'events']
    loop
        execute format('create policy guest on %2$I as restrictive using (%1$s is null or project_id = %1$s::uuid)', guest, each);
    end loop;

    foreach each in array array[
        'memberships', 'invitations', 'agent_seats', 'organization_roles', 'project_members', 'cut_request_numbers', 'guest_links', 'guests']
    loop
        execute format('create policy guest on %2$I as restrictive using (%1$s is null)', guest, each);
    end loop;

    foreach each in array array['branches:name', 'branch_log:branch']
    loop
        execute format(
            'create policy guest_branches on %1$I as restrictive using (
                nullif(current_setting(''cinegit.guest_branches'', true), '''') is null
                or %2$I = any (string_to_array(current_setting(''cinegit.guest_branches'', true), '' '')))',
            split_part(each, ':', 1), split_part(each, ':', 2));
    end loop;

    -- 0 is no request's number: a link to a branch shows none.
    foreach each in array array['cut_requests', 'cut_request_resolutions']
    loop
        execute format(
            'create policy guest_cut_request on %1$I as restrictive using (
                nullif(current_setting(''cinegit.guest_cut_request'', true), '''') is null
                or number = nullif(current_setting(''cinegit.guest_cut_request'', true), '''')::int)',
            each);
    end loop;
end
$$;
