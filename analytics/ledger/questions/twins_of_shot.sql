-- Which traditional render is each AI render of a shot to be held against, and has it been?
-- A twin shows the same event: same seed, size, frames, rate and parameters of the scene. Of several, one of the same
-- quality level comes first, then the newest. A render that was made from text alone names no parameters and has no twin.
-- parameter shot_id VARCHAR: the shot
-- parameter involving VARCHAR: only pairs that have this render on either side; NULL for all
-- column render_id VARCHAR: the AI render
-- column folder VARCHAR: of the AI render
-- column names_parameters BOOLEAN: whether it was made from the scene
-- column twin_id VARCHAR: the traditional render; NULL where there is none
-- column twin_folder VARCHAR: of the traditional render
-- column measured_against VARCHAR: what its newest scores of ours were measured against; NULL where there are none
-- column measure_version VARCHAR: of those scores
WITH usable AS (
    SELECT *, CAST(json_extract(settings, '$.parameters') AS VARCHAR) AS parameters
    FROM renders
    WHERE shot_id = $shot_id AND outcome = 'ok' AND purpose = 'shot' AND folder IS NOT NULL
), ours AS (
    SELECT render_id, arg_max(against, computed_at) AS measured_against, arg_max(measure_version, computed_at) AS measure_version
    FROM quality_scores
    WHERE measure_version IS NOT NULL
    GROUP BY render_id
)
SELECT
    made.render_id,
    made.folder,
    made.parameters IS NOT NULL AS names_parameters,
    twin.render_id AS twin_id,
    twin.folder AS twin_folder,
    ours.measured_against,
    ours.measure_version
FROM usable AS made
LEFT JOIN usable AS twin
  ON twin.workflow = 'traditional'
 AND twin.origin = made.origin
 AND twin.seed = made.seed
 AND twin.width = made.width AND twin.height = made.height
 AND twin.first_frame = made.first_frame AND twin.last_frame = made.last_frame
 AND twin.fps_numerator * made.fps_denominator = made.fps_numerator * twin.fps_denominator
 AND twin.parameters = made.parameters
LEFT JOIN ours ON ours.render_id = made.render_id
WHERE made.workflow IN ('ai', 'hybrid')
  AND ($involving::VARCHAR IS NULL OR $involving IN (made.render_id, twin.render_id))
QUALIFY row_number() OVER (
    PARTITION BY made.render_id
    ORDER BY twin.quality IS NOT DISTINCT FROM made.quality DESC, twin.started_at DESC NULLS LAST, twin.render_id
) = 1
ORDER BY made.started_at, made.render_id;
