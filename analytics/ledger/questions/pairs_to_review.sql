-- Which two renders of a shot can be shown to somebody as A and B? The newest AI render first, each with the traditional
-- render that is most like it: of the same scene and seed if there is one, otherwise of the same size, frames and rate.
-- parameter shot_id VARCHAR: the shot
-- parameter render_id VARCHAR: this AI render only; NULL for any
-- column render_id VARCHAR: the AI render
-- column folder VARCHAR: of the AI render
-- column other_id VARCHAR: the traditional render
-- column other_folder VARCHAR: of the traditional render
-- column fps_numerator INTEGER: frames per second are fps_numerator / fps_denominator
-- column fps_denominator INTEGER: see fps_numerator
WITH usable AS (
    SELECT *, CAST(json_extract(settings, '$.parameters') AS VARCHAR) AS parameters
    FROM renders
    WHERE shot_id = $shot_id AND outcome = 'ok' AND purpose = 'shot' AND folder IS NOT NULL
)
SELECT
    made.render_id,
    made.folder,
    other.render_id AS other_id,
    other.folder AS other_folder,
    made.fps_numerator,
    made.fps_denominator
FROM usable AS made
JOIN usable AS other
  ON other.workflow = 'traditional'
 AND other.origin = made.origin
 AND other.width = made.width AND other.height = made.height
 AND other.first_frame = made.first_frame AND other.last_frame = made.last_frame
 AND other.fps_numerator * made.fps_denominator = made.fps_numerator * other.fps_denominator
WHERE made.workflow IN ('ai', 'hybrid')
  AND ($render_id::VARCHAR IS NULL OR made.render_id = $render_id)
QUALIFY row_number() OVER (
    PARTITION BY made.render_id
    ORDER BY
        other.seed = made.seed AND other.parameters IS NOT DISTINCT FROM made.parameters DESC,
        other.quality IS NOT DISTINCT FROM made.quality DESC,
        other.started_at DESC NULLS LAST,
        other.render_id
) = 1
ORDER BY made.started_at DESC NULLS LAST, made.render_id;
