-- Which shots of a production have been rendered, at which quality, size and frames, and how often by each workflow?
-- The newest first. What was imported without any of the three can be held against nothing and is left out.
-- parameter production_id VARCHAR: the production; test shots have one of their own
-- column shot_id VARCHAR: the shot
-- column shot_code VARCHAR: as people type it
-- column quality VARCHAR: level, such as draft
-- column width INTEGER: pixels
-- column height INTEGER: pixels
-- column first_frame INTEGER: inclusive
-- column last_frame INTEGER: inclusive
-- column ai_count BIGINT: usable AI renders
-- column traditional_count BIGINT: usable traditional renders
-- column unusable_count BIGINT: renders that failed, were stopped or still run
-- column newest_at TIMESTAMPTZ: UTC; when the newest of them began
-- column movie VARCHAR: absolute path of the newest movie of a usable one; NULL where there is none
SELECT
    renders.shot_id,
    any_value(shots.code) AS shot_code,
    renders.quality, renders.width, renders.height, renders.first_frame, renders.last_frame,
    count(*) FILTER (renders.workflow IN ('ai', 'hybrid') AND renders.outcome = 'ok') AS ai_count,
    count(*) FILTER (renders.workflow = 'traditional' AND renders.outcome = 'ok') AS traditional_count,
    count(*) FILTER (renders.outcome <> 'ok') AS unusable_count,
    max(renders.started_at) AS newest_at,
    arg_max(renders.folder || '/' || renders.movie, renders.started_at)
        FILTER (renders.outcome = 'ok' AND renders.folder IS NOT NULL AND renders.movie IS NOT NULL) AS movie
FROM renders
JOIN shots USING (shot_id)
WHERE shots.production_id = $production_id AND renders.purpose = 'shot'
  AND renders.quality IS NOT NULL AND renders.width IS NOT NULL AND renders.height IS NOT NULL
  AND renders.first_frame IS NOT NULL AND renders.last_frame IS NOT NULL
GROUP BY ALL
ORDER BY newest_at DESC NULLS LAST, renders.shot_id, renders.quality, renders.width, renders.first_frame;
