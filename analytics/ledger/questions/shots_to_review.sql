-- Which shots of a production can be shown to somebody as A and B, and how many have answered? Least answered first.
-- parameter production_id VARCHAR: the production; test shots have one of their own
-- column shot_id VARCHAR: the shot
-- column shot_code VARCHAR: as people type it
-- column pair_count BIGINT: AI renders that a traditional one of the same size, frames and rate can stand beside
-- column answered_count BIGINT: answered blind reviews of any of its renders
-- column reviewer_count BIGINT: different names among who answered
-- column last_answered_at TIMESTAMPTZ: UTC
WITH usable AS (
    SELECT renders.*, shots.code
    FROM renders
    JOIN shots USING (shot_id)
    WHERE shots.production_id = $production_id
      AND renders.outcome = 'ok' AND renders.purpose = 'shot' AND renders.folder IS NOT NULL
), paired AS (
    SELECT made.shot_id, any_value(made.code) AS shot_code, count(DISTINCT made.render_id) AS pair_count
    FROM usable AS made
    JOIN usable AS other
      ON other.shot_id = made.shot_id
     AND other.workflow = 'traditional'
     AND other.origin = made.origin
     AND other.width = made.width AND other.height = made.height
     AND other.first_frame = made.first_frame AND other.last_frame = made.last_frame
     AND other.fps_numerator * made.fps_denominator = made.fps_numerator * other.fps_denominator
    WHERE made.workflow IN ('ai', 'hybrid')
    GROUP BY made.shot_id
), answered AS (
    SELECT shot_id, count(*) AS answered_count, count(DISTINCT lower(trim(reviewer))) AS reviewer_count,
        max(answered_at) AS last_answered_at
    FROM blind_reviews
    WHERE answered_at IS NOT NULL
    GROUP BY shot_id
)
SELECT
    paired.shot_id, paired.shot_code, paired.pair_count,
    coalesce(answered.answered_count, 0) AS answered_count,
    coalesce(answered.reviewer_count, 0) AS reviewer_count,
    answered.last_answered_at
FROM paired
LEFT JOIN answered ON answered.shot_id = paired.shot_id
ORDER BY answered_count, paired.shot_code;
