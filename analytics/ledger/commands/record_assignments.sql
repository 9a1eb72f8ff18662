-- Records that a shot was given to workflows, numbered after the assignments it already has.
-- parameter assignments VARCHAR: JSON list of objects with the fields of an assignment, of one shot, in order of time
-- parameter origin VARCHAR: measured, imported, assumed or synthetic
INSERT INTO assignments (shot_id, assignment_number, workflow, started_on, ended_on, outcome, origin)
SELECT
    assignment.shot_id,
    coalesce((SELECT max(assignment_number) FROM assignments AS known WHERE known.shot_id = assignment.shot_id), 0) + position,
    assignment.workflow, assignment.started_on, assignment.ended_on, assignment.outcome, $origin
FROM (
    SELECT unnest(listed) AS assignment, generate_subscripts(listed, 1) AS position
    FROM (
        SELECT from_json($assignments::JSON, '[{"shot_id": "VARCHAR", "workflow": "VARCHAR", "started_on": "DATE",
            "ended_on": "DATE", "outcome": "VARCHAR"}]') AS listed
    )
) AS given;
