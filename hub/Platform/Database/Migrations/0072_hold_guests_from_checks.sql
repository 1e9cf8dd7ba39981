-- What branches ask, what was said of requests and found in versions, and what is searched by is for members only.
do $$
declare
    each text;
begin
    foreach each in array array[
        'branch_protections', 'cut_request_reviews', 'jobs', 'check_results', 'check_settings', 'merge_queue', 'tags',
        'indexed_versions', 'element_changes']
    loop
        execute format(
            'create policy guest on %I as restrictive using (nullif(current_setting(''cinegit.guest_project'', true), '''') is null)', each);
    end loop;
end
$$;
