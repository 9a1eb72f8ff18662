-- How many people's hours went into each shot, by week and department, up to a day?
-- parameter production_ids VARCHAR[]: of these productions
-- parameter on_day DATE: the day, which still counts
-- column production_id VARCHAR: the production
-- column shot_id VARCHAR: the shot
-- column week_on DATE: the Monday its week begins on (ISO 8601)
-- column workflow VARCHAR: the workflow in force for the hours; NULL where nothing says
-- column department VARCHAR: as booked, in lower case
-- column people_hours DOUBLE: hours of touch time
-- column origin VARCHAR: of the hours: measured, imported, assumed or synthetic
SELECT
    shots.production_id, entries.shot_id, CAST(date_trunc('week', entries.worked_on) AS DATE) AS week_on,
    entries.workflow_in_force AS workflow, lower(entries.department) AS department,
    sum(entries.people_hours) AS people_hours, entries.origin
FROM work_entries_in_force AS entries
JOIN shots ON shots.shot_id = entries.shot_id
WHERE list_contains($production_ids::VARCHAR[], shots.production_id) AND entries.worked_on <= $on_day
GROUP BY ALL
ORDER BY ALL;
