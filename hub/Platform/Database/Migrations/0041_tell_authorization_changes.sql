-- Whoever has a stream open is asked for again when what lets them in changes. The first argument names the column with the
-- person's id.
create function tell_authorization_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('cinegit_authorization', coalesce(to_jsonb(old), to_jsonb(new)) ->> tg_argv[0]);
    return null;
end
$$;

create trigger authorization_changed after update or delete on sessions
    for each row execute function tell_authorization_change('user_id');
create trigger authorization_changed after update or delete on devices
    for each row execute function tell_authorization_change('user_id');
create trigger authorization_changed after insert or update or delete on memberships
    for each row execute function tell_authorization_change('user_id');
create trigger authorization_changed after update or delete on users
    for each row execute function tell_authorization_change('id');
