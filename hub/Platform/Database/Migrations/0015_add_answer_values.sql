-- Which choices a conflict offers the merge says; the table keeps the word, and what was typed in with it.
alter table cut_request_resolutions drop constraint cut_request_resolutions_choice_check;
alter table cut_request_resolutions add constraint cut_request_resolutions_choice_check check (choice ~ '^[a-z]+(-[a-z]+)*$' and length(choice) <= 40);
alter table cut_request_resolutions add column value text check (length(value) <= 1000);
grant update (value) on cut_request_resolutions to cinegit_app;
