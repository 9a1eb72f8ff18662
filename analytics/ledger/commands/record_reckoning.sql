-- Records that something was reckoned from the facts as they are now.
-- parameter name VARCHAR: what was reckoned
INSERT INTO reckonings (name, change_number, reckoned_at)
SELECT $name, max(change_number), now() FROM fact_changes;
