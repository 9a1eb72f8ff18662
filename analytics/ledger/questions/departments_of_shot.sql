-- When did each department work on a shot, and for how many hours?
-- parameter shot_id VARCHAR: the shot
-- column workflow VARCHAR: the workflow in force when they worked; NULL where nothing says
-- column department VARCHAR: as booked
-- column first_on DATE: first day with hours
-- column last_on DATE: last day with hours
-- column day_count BIGINT: days with hours
-- column people_hours DOUBLE: hours of touch time
-- column entry_count BIGINT: work entries
-- column vendors VARCHAR[]: who employs them, in order; the studio's own people are not listed
-- column origins VARCHAR[]: of the entries, in order
-- The view `work_entries_in_force` would find out the workflow of every shot before it came to this one.
SELECT
    coalesce(entries.workflow, in_force.workflow)                                 AS workflow,
    department,
    min(worked_on)                                                                AS first_on,
    max(worked_on)                                                                AS last_on,
    count(DISTINCT worked_on)                                                     AS day_count,
    sum(people_hours)                                                             AS people_hours,
    count(*)                                                                      AS entry_count,
    list_sort(coalesce(list(DISTINCT vendor) FILTER (vendor IS NOT NULL), []))    AS vendors,
    list_sort(list(DISTINCT origin))                                              AS origins
FROM work_entries AS entries
LEFT JOIN (SELECT workflow, from_day, to_day FROM workflows_in_force WHERE shot_id = $shot_id) AS in_force
  ON entries.worked_on >= in_force.from_day AND entries.worked_on < in_force.to_day
WHERE entries.shot_id = $shot_id
GROUP BY ALL
ORDER BY workflow, first_on, last_on, department;
