-- A node tells its balancer whether the tables are as it knows them.
grant select on schema_migrations to cinegit_app;
