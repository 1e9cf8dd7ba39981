-- Tokens of scripts and seats of bays let somebody in, too; being used is no change.
create trigger authorization_changed after update of revoked_at or delete on personal_tokens
    for each row execute function tell_authorization_change('user_id');
create trigger authorization_changed after update of revoked_at or delete on agent_seats
    for each row execute function tell_authorization_change('user_id');

drop trigger authorization_changed on sessions;
create trigger authorization_changed after update of revoked_at or delete on sessions
    for each row execute function tell_authorization_change('user_id');
