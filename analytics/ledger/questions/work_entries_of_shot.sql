-- Lists the people's hours booked to one shot, by workflow, day and department.
-- parameter shot_id VARCHAR: the shot
-- column work_entry_id VARCHAR: primary key
-- column shot_id VARCHAR: the shot
-- column workflow VARCHAR: traditional, ai or hybrid; NULL where not said
-- column department VARCHAR: as booked
-- column seniority VARCHAR: as booked
-- column vendor VARCHAR: who employs them
-- column territory VARCHAR: where they work
-- column worked_on DATE: day of the work
-- column people_hours DOUBLE: hours of touch time
-- column source VARCHAR: who logged it or which template it is from
-- column origin VARCHAR: measured, imported, assumed or synthetic
SELECT work_entry_id, shot_id, workflow, department, seniority, vendor, territory, worked_on, people_hours, source, origin
FROM work_entries
WHERE shot_id = $shot_id
ORDER BY workflow, worked_on, department, work_entry_id
