-- Records that two renders were laid out as A and B; the answer is still to come.
-- parameter blind_review_id VARCHAR: primary key
-- parameter shot_id VARCHAR: the shot
-- parameter a_render_id VARCHAR: shown as A
-- parameter b_render_id VARCHAR: shown as B
-- parameter folder VARCHAR: absolute path of what was shown
-- parameter laid_out_at TIMESTAMPTZ: UTC
-- parameter origin VARCHAR: measured, imported, assumed or synthetic
INSERT INTO blind_reviews (blind_review_id, shot_id, a_render_id, b_render_id, folder, laid_out_at, origin)
VALUES ($blind_review_id, $shot_id, $a_render_id, $b_render_id, $folder, $laid_out_at, $origin)
ON CONFLICT DO NOTHING;
