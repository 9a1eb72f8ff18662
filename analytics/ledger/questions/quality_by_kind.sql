-- How did finished shots of each kind do in review, by the workflow they count in? Enabled ones are left out.
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column kind VARCHAR: what the work is
-- column complexity VARCHAR: easy, medium, hard or hero; NULL where unknown
-- column arm VARCHAR: ai or traditional
-- column reviewed_count BIGINT: final shots with a decision on record
-- column first_time_count BIGINT: of these, approved without a single retake
-- column retake_count BIGINT: retakes of all of them
SELECT
    kind, complexity, arm,
    count(*) AS reviewed_count,
    count(*) FILTER (retake_count = 0 AND approved_count > 0) AS first_time_count,
    CAST(sum(retake_count) AS BIGINT) AS retake_count
FROM reckoned_shots
WHERE status = 'final' AND NOT enabled AND arm IN ('ai', 'traditional') AND retake_count + approved_count > 0
  AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic))
GROUP BY ALL
ORDER BY ALL;
