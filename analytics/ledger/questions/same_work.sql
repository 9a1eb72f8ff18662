-- Which other shots are the same work done by another workflow?
-- parameter shot_id VARCHAR: the shot
-- column shot_id VARCHAR: its twin
-- column code VARCHAR: of the twin
SELECT others.shot_id, others.code
FROM shots AS others
WHERE others.shot_id <> $shot_id
  AND (others.twin_of = $shot_id OR others.shot_id = (SELECT twin_of FROM shots WHERE shot_id = $shot_id))
ORDER BY others.shot_id;
