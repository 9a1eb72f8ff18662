-- Completes a blind review by its answer, once: one that was answered is not touched.
-- parameter blind_review_id VARCHAR: primary key
-- parameter answered_at TIMESTAMPTZ: UTC
-- parameter preferred VARCHAR: a, b or neither
-- parameter a_note UTINYINT: from 1 to 5
-- parameter b_note UTINYINT: from 1 to 5
-- parameter reviewer VARCHAR: name or initials
-- parameter comment VARCHAR: in the reviewer's words
UPDATE blind_reviews
SET answered_at = $answered_at, preferred = $preferred, a_note = $a_note, b_note = $b_note,
    reviewer = $reviewer, comment = $comment
WHERE blind_review_id = $blind_review_id AND answered_at IS NULL;
