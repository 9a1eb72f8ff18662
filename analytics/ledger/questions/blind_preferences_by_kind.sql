-- What did people prefer who were not told which picture was made by AI, by kind of shot? Answered blind reviews alone.
-- parameter with_synthetic BOOLEAN: whether to count demonstration reviews beside real ones; a ledger of demonstration shots alone counts them always
-- column kind VARCHAR: what the work is
-- column ai_count BIGINT: preferred the AI picture
-- column traditional_count BIGINT: preferred the traditional one
-- column neither_count BIGINT: preferred neither
-- column reviewer_count BIGINT: different names among them
WITH answered AS (
    SELECT
        shots.kind, reviews.preferred, lower(reviews.reviewer) AS reviewer,
        if(reviews.preferred = 'a', a_side.workflow, b_side.workflow) AS preferred_workflow
    FROM blind_reviews AS reviews
    JOIN shots ON shots.shot_id = reviews.shot_id
    JOIN renders AS a_side ON a_side.render_id = reviews.a_render_id
    JOIN renders AS b_side ON b_side.render_id = reviews.b_render_id
    WHERE reviews.answered_at IS NOT NULL
      AND (
        $with_synthetic OR reviews.origin <> 'synthetic'
        OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic)
      )
)
SELECT
    kind,
    count(*) FILTER (preferred <> 'neither' AND preferred_workflow <> 'traditional') AS ai_count,
    count(*) FILTER (preferred <> 'neither' AND preferred_workflow = 'traditional') AS traditional_count,
    count(*) FILTER (preferred = 'neither') AS neither_count,
    count(DISTINCT reviewer) AS reviewer_count
FROM answered
GROUP BY kind
ORDER BY kind;
