-- What did earlier renders like one take, on the machine that made the newest of them? Only what a stopwatch measured.
-- Those of the same size and frames if there are any, otherwise those of the newest other size and frames.
-- parameter shot_id VARCHAR: the shot
-- parameter workflow VARCHAR: traditional, ai or hybrid
-- parameter model VARCHAR: AI model; NULL for any
-- parameter quality VARCHAR: level, such as draft
-- parameter width INTEGER: pixels
-- parameter height INTEGER: pixels
-- parameter first_frame INTEGER: inclusive
-- parameter last_frame INTEGER: inclusive
-- column is_same BOOLEAN: whether they have the size and frames that were asked for
-- column width INTEGER: pixels
-- column height INTEGER: pixels
-- column first_frame INTEGER: inclusive
-- column last_frame INTEGER: inclusive
-- column render_count BIGINT: how many they are
-- column median_seconds DOUBLE: wall seconds from the first stage to the last, loading included
-- column lowest_seconds DOUBLE: of the quickest
-- column highest_seconds DOUBLE: of the slowest
-- column machine VARCHAR: its GPU, else its processor
WITH alike AS (
    SELECT
        hardware_id, width, height, first_frame, last_frame, started_at, wall_seconds,
        width = $width AND height = $height AND first_frame = $first_frame AND last_frame = $last_frame AS is_same
    FROM renders
    WHERE shot_id = $shot_id AND workflow = $workflow AND quality = $quality
      AND ($model::VARCHAR IS NULL OR model = $model)
      AND outcome = 'ok' AND purpose = 'shot' AND origin = 'measured' AND ended_at IS NOT NULL
), newest AS (
    SELECT * FROM alike ORDER BY is_same DESC, started_at DESC NULLS LAST LIMIT 1
)
SELECT
    bool_and(alike.is_same) AS is_same,
    alike.width, alike.height, alike.first_frame, alike.last_frame,
    count(*) AS render_count,
    median(alike.wall_seconds) AS median_seconds,
    min(alike.wall_seconds) AS lowest_seconds,
    max(alike.wall_seconds) AS highest_seconds,
    any_value(coalesce(hardware.gpu_model, hardware.cpu_model)) AS machine
FROM alike
JOIN newest
  ON alike.hardware_id IS NOT DISTINCT FROM newest.hardware_id
 AND alike.width = newest.width AND alike.height = newest.height
 AND alike.first_frame = newest.first_frame AND alike.last_frame = newest.last_frame
LEFT JOIN hardware ON hardware.hardware_id = alike.hardware_id
GROUP BY alike.width, alike.height, alike.first_frame, alike.last_frame;
