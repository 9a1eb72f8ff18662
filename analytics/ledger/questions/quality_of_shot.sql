-- Which quality scores do the renders of a shot have?
-- parameter shot_id VARCHAR: the shot
-- column render_id VARCHAR: the render that was judged
-- column workflow VARCHAR: traditional, ai or hybrid
-- column metric VARCHAR: such as ssim, psnr or boil
-- column against VARCHAR: the render it was held against, or an empty text
-- column value DOUBLE: the score
-- column unit VARCHAR: of the score
-- column computed_at TIMESTAMPTZ: UTC
-- column measure_version VARCHAR: of our measures; NULL where imported
-- column per_frame DOUBLE[]: of each frame in order
-- column origin VARCHAR: of the score
SELECT
    quality_scores.render_id,
    renders.workflow,
    quality_scores.metric,
    quality_scores.against,
    quality_scores.value,
    quality_scores.unit,
    quality_scores.computed_at,
    quality_scores.measure_version,
    quality_scores.per_frame,
    quality_scores.origin
FROM quality_scores
JOIN renders USING (render_id)
WHERE renders.shot_id = $shot_id
ORDER BY quality_scores.metric, renders.workflow, quality_scores.render_id;
