-- Forgets all but the last thousand changes: who has not reckoned since then reckons everything.
DELETE FROM fact_changes WHERE change_number <= (SELECT max(change_number) FROM fact_changes) - 1000;
