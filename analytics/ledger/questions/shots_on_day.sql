-- How did the shots of a production stand on a day? Nothing that happened later is told.
-- Nobody writes down when a shot was omitted: it counts from the review that said so, else from the end of its
-- assignment, else from its last fact. A final shot without a day of its own was final on the day it was first approved,
-- else on that of its last fact.
-- parameter production_id VARCHAR: the production
-- parameter on_day DATE: the day, which still counts
-- column shot_id VARCHAR: primary key
-- column sequence VARCHAR: name of the sequence
-- column code VARCHAR: as the cut writes it
-- column kind VARCHAR: what the work is
-- column complexity VARCHAR: easy, medium, hard or hero
-- column cut_frames INTEGER: frames on screen
-- column handle_frames INTEGER: extra frames at each end
-- column width INTEGER: pixels
-- column height INTEGER: pixels
-- column camera_move VARCHAR: as the studio calls it
-- column description VARCHAR: in the studio's words
-- column turnover_on DATE: when the work can or could begin, as it is known
-- column due_on DATE: when it is to be final
-- column status VARCHAR: open, final or omitted by that day
-- column closed_on DATE: day on which it was final or omitted; NULL while it is open
-- column workflow VARCHAR: the workflow it was in; NULL where nothing says
-- column arm VARCHAR: the workflow it counts in
-- column main_vendor VARCHAR: who booked most of the hours by then; NULL for the studio itself
-- column first_fact_on DATE: first day of work, a render or a charge; NULL where there was none by then
-- column last_fact_on DATE: last such day
-- column people_hours DOUBLE: hours of touch time by then
-- column workflow_people_hours DOUBLE: of these, in the workflow it was in
-- column is_synthetic BOOLEAN: whether the shot or any of its facts is a demonstration
WITH chosen AS (
    SELECT * FROM reckoned_shots WHERE production_id = $production_id
),
given AS (
    SELECT shot_id, workflow
    FROM workflows_in_force
    WHERE shot_id IN (SELECT shot_id FROM chosen) AND from_day <= $on_day AND to_day > $on_day
),
worked AS (
    SELECT
        entries.shot_id, entries.vendor, entries.worked_on, entries.people_hours,
        if(given.workflow IS NULL OR entries.workflow_in_force = given.workflow, entries.people_hours, 0) AS in_workflow
    FROM work_entries_in_force AS entries
    LEFT JOIN given ON given.shot_id = entries.shot_id
    WHERE entries.shot_id IN (SELECT shot_id FROM chosen) AND entries.worked_on <= $on_day
),
hours AS (
    SELECT shot_id, sum(people_hours) AS people_hours, sum(in_workflow) AS workflow_people_hours
    FROM worked
    GROUP BY shot_id
),
vendors AS (
    SELECT shot_id, arg_max_null(vendor, row(vendor_hours, vendor IS NULL, coalesce(vendor, ''))) AS main_vendor
    FROM (SELECT shot_id, vendor, sum(people_hours) AS vendor_hours FROM worked GROUP BY shot_id, vendor)
    GROUP BY shot_id
),
facts AS (
    SELECT shot_id, worked_on AS fact_on FROM worked
    UNION ALL
    SELECT shot_id, used_on FROM renders_to_price
    WHERE production_id = $production_id AND started_at IS NOT NULL AND used_on <= $on_day
    UNION ALL
    SELECT shot_id, charged_on FROM charges WHERE production_id = $production_id AND charged_on <= $on_day
),
spans AS (
    SELECT shot_id, min(fact_on) AS first_on, max(fact_on) AS last_on FROM facts WHERE shot_id IS NOT NULL GROUP BY shot_id
),
omitted AS (
    SELECT shot_id, min(omitted_on) AS omitted_on
    FROM (
        SELECT shot_id, CAST(timezone('UTC', reviewed_at) AS DATE) AS omitted_on FROM reviews WHERE decision = 'omit'
        UNION ALL
        SELECT shot_id, ended_on FROM assignments WHERE outcome = 'omitted'
    )
    WHERE shot_id IN (SELECT shot_id FROM chosen)
    GROUP BY shot_id
),
closed AS (
    SELECT
        chosen.shot_id,
        CASE chosen.status
            WHEN 'final' THEN coalesce(chosen.final_on, chosen.first_approved_on, chosen.last_fact_on, DATE '-infinity')
            WHEN 'omitted' THEN coalesce(omitted.omitted_on, chosen.last_fact_on, DATE '-infinity')
        END AS closed_on
    FROM chosen
    LEFT JOIN omitted ON omitted.shot_id = chosen.shot_id
)
SELECT
    chosen.shot_id, chosen.sequence, chosen.code, chosen.kind, chosen.complexity, chosen.cut_frames, chosen.handle_frames,
    chosen.width, chosen.height, chosen.camera_move, shots.description, chosen.turnover_on, chosen.due_on,
    if(closed.closed_on <= $on_day, chosen.status, 'open') AS status,
    if(closed.closed_on <= $on_day AND isfinite(closed.closed_on), closed.closed_on, NULL) AS closed_on,
    given.workflow, chosen.arm, vendors.main_vendor, spans.first_on AS first_fact_on, spans.last_on AS last_fact_on,
    coalesce(hours.people_hours, 0) AS people_hours,
    coalesce(hours.workflow_people_hours, 0) AS workflow_people_hours,
    chosen.is_synthetic
FROM chosen
JOIN shots ON shots.shot_id = chosen.shot_id
LEFT JOIN given ON given.shot_id = chosen.shot_id
LEFT JOIN hours ON hours.shot_id = chosen.shot_id
LEFT JOIN vendors ON vendors.shot_id = chosen.shot_id
LEFT JOIN spans ON spans.shot_id = chosen.shot_id
LEFT JOIN closed ON closed.shot_id = chosen.shot_id
ORDER BY chosen.sequence, chosen.code, chosen.shot_id;
