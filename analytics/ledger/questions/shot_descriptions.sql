-- How were the shots of some productions described?
-- parameter production_ids VARCHAR[]: only of these; NULL for all
-- column shot_id VARCHAR: the shot
-- column description VARCHAR: as the studio wrote it
SELECT shot_id, description
FROM shots
WHERE description IS NOT NULL
  AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, production_id))
ORDER BY shot_id
