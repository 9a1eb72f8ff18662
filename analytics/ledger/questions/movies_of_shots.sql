-- What is the newest usable movie of each workflow for some shots?
-- parameter shot_ids VARCHAR[]: the shots
-- column shot_id VARCHAR: the shot
-- column workflow VARCHAR: traditional, ai or hybrid
-- column render_id VARCHAR: the render that made it
-- column version_number INTEGER: NULL where none was given
-- column folder VARCHAR: absolute path of the render
-- column movie VARCHAR: file name inside folder
-- column first_frame INTEGER: inclusive
-- column last_frame INTEGER: inclusive
-- column width INTEGER: pixels
-- column height INTEGER: pixels
-- column machine_seconds DOUBLE: of that render, without loading and plates
-- column stages STRUCT(name VARCHAR, wall_seconds DOUBLE)[]: in the order they ran, without loading and plates
-- column origin VARCHAR: of the render
WITH newest AS MATERIALIZED (
    SELECT *
    FROM renders
    WHERE shot_id IN (SELECT unnest($shot_ids::VARCHAR[]))
      AND purpose = 'shot' AND outcome = 'ok' AND folder IS NOT NULL AND movie IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY shot_id, workflow ORDER BY started_at DESC NULLS LAST, version_number DESC NULLS LAST, render_id
    ) = 1
),
staged AS (
    SELECT
        stages.render_id,
        sum(stages.wall_seconds) FILTER (name IN ('load', 'plate')) AS seconds_apart,
        coalesce(list({'name': name, 'wall_seconds': wall_seconds} ORDER BY stage_number) FILTER (name NOT IN ('load', 'plate')), []) AS stages
    FROM stages
    SEMI JOIN newest ON stages.render_id = newest.render_id AND stages.render_started_at = newest.started_at
    GROUP BY stages.render_id
)
SELECT
    shot_id, workflow, newest.render_id, version_number, folder, movie, first_frame, last_frame, width, height,
    greatest(0, wall_seconds - coalesce(staged.seconds_apart, 0)) AS machine_seconds,
    coalesce(staged.stages, []) AS stages,
    origin
FROM newest
LEFT JOIN staged ON staged.render_id = newest.render_id
ORDER BY shot_id, workflow;
