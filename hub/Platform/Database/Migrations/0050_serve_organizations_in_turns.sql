-- The worker looks for the next organization that has something due, then for what is due there for the longest.
create index jobs_due_in_turns on jobs (organization_id, due_at) where not is_dead;
drop index jobs_due;
