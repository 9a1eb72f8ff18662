-- Counts the rows of each fact table by origin, with its first and last instant.
-- column table_name VARCHAR: the table
-- column row_count BIGINT: rows in it
-- column measured_count BIGINT: by a stopwatch of ours
-- column imported_count BIGINT: from another system
-- column assumed_count BIGINT: from a rate or template
-- column synthetic_count BIGINT: demonstration rows
-- column first_at TIMESTAMPTZ: UTC; NULL where the table has no time
-- column last_at TIMESTAMPTZ: UTC; NULL where the table has no time
-- Each table is counted by itself: one list of all their rows would take a second for every two million.
WITH counted AS (
    SELECT 1 AS place, 'titles' AS table_name, origin, count(*) AS row_count, NULL::TIMESTAMPTZ AS first_at, NULL::TIMESTAMPTZ AS last_at
    FROM titles GROUP BY origin
    UNION ALL
    SELECT 2, 'productions', origin, count(*), min(started_on)::TIMESTAMPTZ, max(started_on)::TIMESTAMPTZ FROM productions GROUP BY origin
    UNION ALL
    SELECT 3, 'shots', origin, count(*), min(turnover_on)::TIMESTAMPTZ, max(turnover_on)::TIMESTAMPTZ FROM shots GROUP BY origin
    UNION ALL
    SELECT 4, 'assignments', origin, count(*), min(started_on)::TIMESTAMPTZ, max(started_on)::TIMESTAMPTZ FROM assignments GROUP BY origin
    UNION ALL
    SELECT 5, 'hardware', origin, count(*), NULL, NULL FROM hardware GROUP BY origin
    UNION ALL
    SELECT 6, 'renders', origin, count(*), min(started_at)::TIMESTAMPTZ, max(started_at)::TIMESTAMPTZ FROM renders GROUP BY origin
    UNION ALL
    SELECT 7, 'stages', origin, count(*), NULL, NULL FROM stages GROUP BY origin
    UNION ALL
    SELECT 8, 'quality_scores', origin, count(*), min(computed_at)::TIMESTAMPTZ, max(computed_at)::TIMESTAMPTZ FROM quality_scores GROUP BY origin
    UNION ALL
    SELECT 9, 'work_entries', origin, count(*), min(worked_on)::TIMESTAMPTZ, max(worked_on)::TIMESTAMPTZ FROM work_entries GROUP BY origin
    UNION ALL
    SELECT 10, 'charges', origin, count(*), min(charged_on)::TIMESTAMPTZ, max(charged_on)::TIMESTAMPTZ FROM charges GROUP BY origin
    UNION ALL
    SELECT 11, 'reviews', origin, count(*), min(reviewed_at)::TIMESTAMPTZ, max(reviewed_at)::TIMESTAMPTZ FROM reviews GROUP BY origin
    UNION ALL
    SELECT 12, 'blind_reviews', origin, count(*), min(laid_out_at)::TIMESTAMPTZ, max(laid_out_at)::TIMESTAMPTZ FROM blind_reviews GROUP BY origin
    UNION ALL
    SELECT 13, 'training_runs', origin, count(*), min(started_at)::TIMESTAMPTZ, max(started_at)::TIMESTAMPTZ FROM training_runs GROUP BY origin
    UNION ALL
    SELECT 14, 'training_footage', origin, count(*), NULL, NULL FROM training_footage GROUP BY origin
    UNION ALL
    SELECT 15, 'rate_cards', origin, count(*), NULL, NULL FROM rate_cards GROUP BY origin
    UNION ALL
    SELECT 16, 'rates', origin, count(*), min(valid_from)::TIMESTAMPTZ, max(valid_from)::TIMESTAMPTZ FROM rates GROUP BY origin
    UNION ALL
    SELECT 17, 'fx_rates', origin, count(*), min(valid_from)::TIMESTAMPTZ, max(valid_from)::TIMESTAMPTZ FROM fx_rates GROUP BY origin
), tables AS (
    SELECT * FROM (VALUES (1, 'titles'), (2, 'productions'), (3, 'shots'), (4, 'assignments'), (5, 'hardware'), (6, 'renders'), (7, 'stages'), (8, 'quality_scores'), (9, 'work_entries'), (10, 'charges'), (11, 'reviews'), (12, 'blind_reviews'), (13, 'training_runs'), (14, 'training_footage'), (15, 'rate_cards'), (16, 'rates'), (17, 'fx_rates')) AS named (place, table_name)
)
SELECT
    tables.table_name,
    coalesce(sum(row_count), 0)::BIGINT                                      AS row_count,
    coalesce(sum(row_count) FILTER (origin = 'measured'), 0)::BIGINT         AS measured_count,
    coalesce(sum(row_count) FILTER (origin = 'imported'), 0)::BIGINT         AS imported_count,
    coalesce(sum(row_count) FILTER (origin = 'assumed'), 0)::BIGINT          AS assumed_count,
    coalesce(sum(row_count) FILTER (origin = 'synthetic'), 0)::BIGINT        AS synthetic_count,
    min(first_at)                                                            AS first_at,
    max(last_at)                                                             AS last_at
FROM tables
LEFT JOIN counted USING (place, table_name)
GROUP BY tables.place, tables.table_name
ORDER BY tables.place
