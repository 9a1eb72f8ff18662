-- Takes away what one shot or every shot took, before it is reckoned anew.
-- parameter shot_id VARCHAR: the shot; NULL for all
DELETE FROM reckoned_shots WHERE $shot_id::VARCHAR IS NULL OR shot_id = $shot_id;
