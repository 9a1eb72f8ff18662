-- Forgets up to which change shots were reckoned, by any version.
DELETE FROM reckonings
WHERE starts_with(name, 'shots ');
