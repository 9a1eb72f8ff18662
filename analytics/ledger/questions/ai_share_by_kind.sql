-- How many shots of each kind does each workflow have, and in how many productions do AI and traditional meet?
-- parameter with_synthetic BOOLEAN: whether to count demonstration shots beside real ones; a ledger of demonstration shots alone counts them always
-- column kind VARCHAR: what the work is; NULL where nobody said
-- column shot_count BIGINT: shots that are not omitted
-- column ai_count BIGINT: of these in the arm of AI
-- column traditional_count BIGINT: in the arm of the traditional workflow
-- column hybrid_count BIGINT: in that of both together
-- column unknown_count BIGINT: in none that is known
-- column production_count BIGINT: productions that have the kind
-- column shared_count BIGINT: of these with shots of both AI and traditional
WITH asked AS (
    SELECT *
    FROM reckoned_shots
    WHERE status <> 'omitted'
      AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic))
),
met AS (
    SELECT
        kind, production_id, count(*) AS shot_count,
        count(*) FILTER (arm = 'ai') AS ai_count,
        count(*) FILTER (arm = 'traditional') AS traditional_count,
        count(*) FILTER (arm = 'hybrid') AS hybrid_count,
        count(*) FILTER (arm IS NULL) AS unknown_count
    FROM asked
    GROUP BY kind, production_id
)
SELECT
    kind,
    sum(shot_count)::BIGINT AS shot_count,
    sum(ai_count)::BIGINT AS ai_count,
    sum(traditional_count)::BIGINT AS traditional_count,
    sum(hybrid_count)::BIGINT AS hybrid_count,
    sum(unknown_count)::BIGINT AS unknown_count,
    count(*) AS production_count,
    count(*) FILTER (ai_count > 0 AND traditional_count > 0) AS shared_count
FROM met
GROUP BY kind
ORDER BY shot_count DESC, kind
