-- How many shots are made up, and how many are not?
-- column synthetic_count BIGINT: shots of demonstrations
-- column real_count BIGINT: all others
SELECT count(*) FILTER (origin = 'synthetic') AS synthetic_count, count(*) FILTER (origin <> 'synthetic') AS real_count
FROM shots
