-- How many hours did each department book on each shot of some productions?
-- parameter production_ids VARCHAR[]: only of these; NULL for all
-- column shot_id VARCHAR: the shot
-- column department VARCHAR: as booked
-- column people_hours DOUBLE: hours of touch time, of all workflows
SELECT entries.shot_id, entries.department, sum(entries.people_hours) AS people_hours
FROM work_entries AS entries
JOIN shots USING (shot_id)
WHERE $production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, shots.production_id)
GROUP BY entries.shot_id, entries.department
ORDER BY entries.shot_id, entries.department
