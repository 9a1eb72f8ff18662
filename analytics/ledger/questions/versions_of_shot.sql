-- Which versions of a shot were made, what did the machines take for each, and what did the reviews decide?
-- Renders and reviews meet by the number of the version and the workflow in force. A render without a number stands alone.
-- parameter shot_id VARCHAR: the shot
-- column workflow VARCHAR: the workflow that made it; NULL where nothing says
-- column version_number INTEGER: NULL where none was given
-- column render_id VARCHAR: of a render without a version number
-- column first_on DATE: day of its first render or review, UTC
-- column render_count BIGINT: renders made for it
-- column failed_count BIGINT: of these, failed or interrupted
-- column machine_seconds DOUBLE: of all of them, without loading and plates; NULL without renders
-- column generated_seconds DOUBLE: seconds of footage that a generator was asked for; NULL where none was
-- column makers VARCHAR[]: models, or engines where there is no model, in order
-- column hardware_ids VARCHAR[]: machines, in order
-- column reviews STRUCT(reviewed_at TIMESTAMP, decision VARCHAR)[]: in order; UTC; approved, retake or omit
-- column origins VARCHAR[]: of renders and reviews, in order
WITH apart AS (
    SELECT stages.render_id, sum(stages.wall_seconds) AS wall_seconds
    FROM renders
    JOIN stages ON stages.render_id = renders.render_id AND stages.render_started_at = renders.started_at
    WHERE renders.shot_id = $shot_id AND stages.name IN ('load', 'plate')
    GROUP BY stages.render_id
),
made AS (
    SELECT
        workflow, version_number,
        if(version_number IS NULL, render_id, NULL)                                               AS render_id,
        CAST(timezone('UTC', min(started_at)) AS DATE)                                            AS first_on,
        count(*)                                                                                  AS render_count,
        count(*) FILTER (outcome <> 'ok')                                                         AS failed_count,
        sum(greatest(0, renders.wall_seconds - coalesce(apart.wall_seconds, 0)))                  AS machine_seconds,
        sum(generated_seconds)                                                                    AS generated_seconds,
        list_sort(coalesce(list(DISTINCT coalesce(model, engine)) FILTER (coalesce(model, engine) IS NOT NULL), [])) AS makers,
        list_sort(coalesce(list(DISTINCT hardware_id) FILTER (hardware_id IS NOT NULL), []))      AS hardware_ids,
        list(DISTINCT origin)                                                                     AS origins
    FROM renders
    LEFT JOIN apart USING (render_id)
    WHERE shot_id = $shot_id AND purpose = 'shot'
    GROUP BY ALL
),
judged AS (
    SELECT
        coalesce(reviews.workflow, in_force.workflow)                                  AS workflow,
        version_number,
        CAST(timezone('UTC', min(reviewed_at)) AS DATE)                                AS first_on,
        list({'reviewed_at': timezone('UTC', reviewed_at), 'decision': decision} ORDER BY reviewed_at, review_id) AS reviews,
        list(DISTINCT reviews.origin)                                                  AS origins
    FROM reviews
    LEFT JOIN (SELECT * FROM workflows_in_force WHERE shot_id = $shot_id) AS in_force
      ON CAST(timezone('UTC', reviews.reviewed_at) AS DATE) >= in_force.from_day
     AND CAST(timezone('UTC', reviews.reviewed_at) AS DATE) < in_force.to_day
    WHERE reviews.shot_id = $shot_id
    GROUP BY ALL
)
SELECT
    coalesce(made.workflow, judged.workflow)                      AS workflow,
    coalesce(made.version_number, judged.version_number)          AS version_number,
    made.render_id,
    least(made.first_on, judged.first_on)                         AS first_on,
    coalesce(made.render_count, 0)                                AS render_count,
    coalesce(made.failed_count, 0)                                AS failed_count,
    made.machine_seconds,
    made.generated_seconds,
    coalesce(made.makers, [])                                     AS makers,
    coalesce(made.hardware_ids, [])                               AS hardware_ids,
    coalesce(judged.reviews, [])                                  AS reviews,
    list_sort(list_distinct(list_concat(made.origins, judged.origins))) AS origins
FROM made
FULL JOIN judged
  ON judged.workflow IS NOT DISTINCT FROM made.workflow
 AND judged.version_number = made.version_number
ORDER BY workflow, version_number NULLS LAST, first_on, render_id;
