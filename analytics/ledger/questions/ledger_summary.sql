-- Counts the rows of each fact table by origin, with its first and last instant.
-- column table_name VARCHAR: the table
-- column row_count BIGINT: rows in it
-- column measured_count BIGINT: by a stopwatch of ours
-- column imported_count BIGINT: from another system
-- column assumed_count BIGINT: from a rate or template
-- column synthetic_count BIGINT: demonstration rows
-- column first_at TIMESTAMPTZ: UTC; NULL where the table has no time
-- column last_at TIMESTAMPTZ: UTC; NULL where the table has no time
WITH facts AS (
    SELECT 1 AS place, 'titles' AS table_name, origin, NULL AS at FROM titles
    UNION ALL
    SELECT 2, 'productions', origin, started_on::TIMESTAMPTZ FROM productions
    UNION ALL
    SELECT 3, 'shots', origin, turnover_on::TIMESTAMPTZ FROM shots
    UNION ALL
    SELECT 4, 'assignments', origin, started_on::TIMESTAMPTZ FROM assignments
    UNION ALL
    SELECT 5, 'hardware', origin, NULL FROM hardware
    UNION ALL
    SELECT 6, 'renders', origin, started_at::TIMESTAMPTZ FROM renders
    UNION ALL
    SELECT 7, 'stages', origin, NULL FROM stages
    UNION ALL
    SELECT 8, 'quality_scores', origin, computed_at::TIMESTAMPTZ FROM quality_scores
    UNION ALL
    SELECT 9, 'work_entries', origin, worked_on::TIMESTAMPTZ FROM work_entries
    UNION ALL
    SELECT 10, 'charges', origin, charged_on::TIMESTAMPTZ FROM charges
    UNION ALL
    SELECT 11, 'reviews', origin, reviewed_at::TIMESTAMPTZ FROM reviews
    UNION ALL
    SELECT 12, 'blind_reviews', origin, laid_out_at FROM blind_reviews
    UNION ALL
    SELECT 13, 'training_runs', origin, started_at FROM training_runs
    UNION ALL
    SELECT 14, 'training_footage', origin, NULL FROM training_footage
    UNION ALL
    SELECT 15, 'rate_cards', origin, NULL FROM rate_cards
    UNION ALL
    SELECT 16, 'rates', origin, valid_from::TIMESTAMPTZ FROM rates
    UNION ALL
    SELECT 17, 'fx_rates', origin, valid_from::TIMESTAMPTZ FROM fx_rates
), tables AS (
    SELECT * FROM (VALUES (1, 'titles'), (2, 'productions'), (3, 'shots'), (4, 'assignments'), (5, 'hardware'), (6, 'renders'), (7, 'stages'), (8, 'quality_scores'), (9, 'work_entries'), (10, 'charges'), (11, 'reviews'), (12, 'blind_reviews'), (13, 'training_runs'), (14, 'training_footage'), (15, 'rate_cards'), (16, 'rates'), (17, 'fx_rates')) AS named (place, table_name)
)
SELECT
    tables.table_name,
    count(facts.origin)                          AS row_count,
    count(*) FILTER (facts.origin = 'measured')  AS measured_count,
    count(*) FILTER (facts.origin = 'imported')  AS imported_count,
    count(*) FILTER (facts.origin = 'assumed')   AS assumed_count,
    count(*) FILTER (facts.origin = 'synthetic') AS synthetic_count,
    min(facts.at)                                AS first_at,
    max(facts.at)                                AS last_at
FROM tables
LEFT JOIN facts USING (place, table_name)
GROUP BY tables.place, tables.table_name
ORDER BY tables.place
