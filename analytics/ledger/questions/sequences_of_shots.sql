-- Which sequence is each shot of?
-- column shot_id VARCHAR: the shot
-- column sequence VARCHAR: of its production; NULL where unknown
SELECT shot_id, sequence
FROM shots
ORDER BY shot_id;
