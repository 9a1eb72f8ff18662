-- How many seconds did generators make for each second that was approved? Rejected tries are in it.
-- parameter production_ids VARCHAR[]: only of these; NULL for all
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column shot_count BIGINT: shots that seconds were generated for and that were approved or final
-- column generated_seconds DOUBLE: made for these
-- column cut_seconds DOUBLE: of these on screen
-- column unapproved_seconds DOUBLE: made for shots that are neither approved nor final
SELECT
    count(*) FILTER (is_kept) AS shot_count,
    sum(generated_seconds) FILTER (is_kept) AS generated_seconds,
    sum(cut_seconds) FILTER (is_kept) AS cut_seconds,
    sum(generated_seconds) FILTER (NOT is_kept) AS unapproved_seconds
FROM (SELECT *, approved_count > 0 OR status = 'final' AS is_kept FROM reckoned_shots) AS shots
WHERE generated_seconds > 0
  AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, production_id))
  AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic));
