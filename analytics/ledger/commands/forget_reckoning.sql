-- Forgets that something was reckoned.
-- parameter name VARCHAR: what was reckoned
DELETE FROM reckonings WHERE name = $name;
