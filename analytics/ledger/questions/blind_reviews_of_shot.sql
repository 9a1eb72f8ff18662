-- Lists the blind reviews of a shot, in the order they were laid out.
-- parameter shot_id VARCHAR: the shot
-- column blind_review_id VARCHAR: primary key
-- column shot_id VARCHAR: the shot
-- column a_render_id VARCHAR: shown as A
-- column b_render_id VARCHAR: shown as B
-- column folder VARCHAR: absolute path of what was shown
-- column laid_out_at TIMESTAMPTZ: UTC
-- column answered_at TIMESTAMPTZ: UTC; NULL until somebody has answered
-- column preferred VARCHAR: a, b or neither
-- column a_note UTINYINT: from 1 to 5
-- column b_note UTINYINT: from 1 to 5
-- column reviewer VARCHAR: name or initials
-- column comment VARCHAR: in the reviewer's words
-- column origin VARCHAR: measured, imported, assumed or synthetic
SELECT
    blind_review_id, shot_id, a_render_id, b_render_id, folder, laid_out_at, answered_at, preferred, a_note, b_note,
    reviewer, comment, origin
FROM blind_reviews
WHERE shot_id = $shot_id
ORDER BY laid_out_at, blind_review_id;
