-- Which shots does a person mean who names one by its id or by its code?
-- parameter name VARCHAR: a shot_id or a code
-- column shot_id VARCHAR: the shot
-- column code VARCHAR: its short name within the production
-- column production_id VARCHAR: whose it is
-- column work_frame_count INTEGER: frames to be worked on, handles included
-- column kind VARCHAR: what the work is
-- column origin VARCHAR: of the row
SELECT
    shot_id,
    code,
    production_id,
    CAST(cut_frames + 2 * coalesce(handle_frames, 0) AS INTEGER) AS work_frame_count,
    kind,
    origin
FROM shots
WHERE shot_id = $name OR code = $name
ORDER BY shot_id;
