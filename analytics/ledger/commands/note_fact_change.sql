-- Notes that facts are being changed, so that whatever was reckoned from them is reckoned anew.
-- parameter shot_id VARCHAR: the only shot whose facts change; NULL for any shot, an empty text for none
INSERT INTO fact_changes (change_number, shot_id)
SELECT coalesce(max(change_number), 0) + 1, $shot_id FROM fact_changes;
