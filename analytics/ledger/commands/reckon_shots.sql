-- Reckons from the facts what one shot or every shot took. What was reckoned of them before must be gone.
-- parameter shot_id VARCHAR: the shot; NULL for all
INSERT INTO reckoned_shots BY NAME
WITH worked_by AS (
    SELECT
        shot_id, workflow_in_force AS workflow, vendor,
        sum(people_hours)                                                                 AS people_hours,
        min(worked_on)                                                                    AS first_on,
        max(worked_on)                                                                    AS last_on,
        max(list_position(['measured', 'imported', 'assumed', 'synthetic'], origin))      AS weakness
    FROM work_entries_in_force
    WHERE $shot_id::VARCHAR IS NULL OR shot_id = $shot_id
    GROUP BY ALL
),
worked AS (
    SELECT
        shot_id,
        sum(people_hours)                                      AS people_hours,
        sum(people_hours) FILTER (workflow = 'ai')             AS people_hours_ai,
        sum(people_hours) FILTER (workflow = 'traditional')    AS people_hours_traditional,
        min(first_on)                                          AS first_on,
        max(last_on)                                           AS last_on,
        max(weakness)                                          AS weakness
    FROM worked_by
    GROUP BY shot_id
),
booked AS (
    SELECT shot_id, vendor, sum(people_hours) AS people_hours FROM worked_by GROUP BY shot_id, vendor
),
vendors AS (
    -- Where two booked as much: the studio itself, else the last by name, so that the answer is always the same.
    SELECT shot_id, arg_max_null(vendor, row(people_hours, vendor IS NULL, coalesce(vendor, ''))) AS main_vendor
    FROM booked
    GROUP BY shot_id
),
apart AS (
    SELECT stages.render_id, sum(stages.wall_seconds) AS wall_seconds
    FROM renders
    JOIN stages ON stages.render_id = renders.render_id AND stages.render_started_at = renders.started_at
    WHERE ($shot_id::VARCHAR IS NULL OR renders.shot_id = $shot_id) AND stages.name IN ('load', 'plate')
    GROUP BY stages.render_id
),
rendered AS (
    SELECT
        shot_id,
        -- A sum of stages and the sum recorded for them may differ in the last digit.
        sum(greatest(0, renders.wall_seconds - coalesce(apart.wall_seconds, 0)))                                AS machine_seconds,
        sum(greatest(0, renders.wall_seconds - coalesce(apart.wall_seconds, 0))) FILTER (workflow = 'ai')       AS machine_seconds_ai,
        sum(greatest(0, renders.wall_seconds - coalesce(apart.wall_seconds, 0))) FILTER (workflow = 'traditional') AS machine_seconds_traditional,
        sum(generated_seconds)                                                                                  AS generated_seconds,
        max(version_number)                                                                                     AS versions,
        min(started_at)::DATE                                                                                   AS first_on,
        max(started_at)::DATE                                                                                   AS last_on,
        max(list_position(['measured', 'imported', 'assumed', 'synthetic'], origin))                            AS weakness
    FROM renders
    LEFT JOIN apart USING (render_id)
    WHERE purpose = 'shot' AND ($shot_id::VARCHAR IS NULL OR shot_id = $shot_id)
    GROUP BY shot_id
),
reviewed AS (
    SELECT
        shot_id,
        count(*) FILTER (decision = 'retake')                                        AS retake_count,
        count(*) FILTER (decision = 'approved')                                      AS approved_count,
        (min(reviewed_at) FILTER (decision = 'approved'))::DATE                      AS first_approved_on,
        max(version_number)                                                          AS versions,
        min(reviewed_at)::DATE                                                       AS first_on,
        max(reviewed_at)::DATE                                                       AS last_on,
        max(list_position(['measured', 'imported', 'assumed', 'synthetic'], origin)) AS weakness
    FROM reviews
    WHERE $shot_id::VARCHAR IS NULL OR shot_id = $shot_id
    GROUP BY shot_id
),
charged AS (
    SELECT
        shot_id,
        min(charged_on)                                                              AS first_on,
        max(charged_on)                                                              AS last_on,
        max(list_position(['measured', 'imported', 'assumed', 'synthetic'], origin)) AS weakness
    FROM charges
    WHERE $shot_id::VARCHAR IS NULL OR shot_id = $shot_id
    GROUP BY shot_id
),
assigned AS (
    SELECT shot_id, max(list_position(['measured', 'imported', 'assumed', 'synthetic'], origin)) AS weakness
    FROM assignments
    WHERE $shot_id::VARCHAR IS NULL OR shot_id = $shot_id
    GROUP BY shot_id
)
SELECT
    shots.shot_id, shots.production_id, productions.title_id, titles.kind AS title_kind,
    productions.name AS production_name, shots.sequence, shots.code, shots.kind, shots.complexity, shots.cut_frames,
    shots.handle_frames,
    shots.cut_frames * productions.fps_denominator / productions.fps_numerator     AS cut_seconds,
    coalesce(shots.width, productions.width)                                       AS width,
    coalesce(shots.height, productions.height)                                     AS height,
    shots.camera_move, vendors.main_vendor, productions.territory, shots.turnover_on, shots.due_on, shots.final_on,
    coalesce(shots.status, if(shots.final_on IS NULL, 'open', 'final'))            AS status,
    shots.twin_of, shots.enabled, shot_arms.arm, shot_arms.arm_started_on, shot_arms.last_workflow, shot_arms.fell_back,
    shot_arms.made_both_ways,
    least(worked.first_on, rendered.first_on, reviewed.first_on, charged.first_on) AS first_fact_on,
    greatest(worked.last_on, rendered.last_on, reviewed.last_on, charged.last_on)  AS last_fact_on,
    CASE
        -- `greatest` passes over what is unknown, so that is asked before.
        WHEN coalesce(shots.status, 'final') = 'final' AND shots.final_on IS NOT NULL
            AND coalesce(shots.turnover_on, shot_arms.arm_started_on) IS NOT NULL
        THEN greatest(1, shots.final_on - coalesce(shots.turnover_on, shot_arms.arm_started_on))
    END                                                                            AS calendar_days,
    worked.people_hours, worked.people_hours_ai, worked.people_hours_traditional,
    rendered.machine_seconds, rendered.machine_seconds_ai, rendered.machine_seconds_traditional,
    rendered.generated_seconds,
    greatest(rendered.versions, reviewed.versions)                                 AS versions,
    coalesce(reviewed.retake_count, 0)                                             AS retake_count,
    coalesce(reviewed.approved_count, 0)                                           AS approved_count,
    reviewed.first_approved_on,
    ['measured', 'imported', 'assumed', 'synthetic'][greatest(
        list_position(['measured', 'imported', 'assumed', 'synthetic'], shots.origin),
        assigned.weakness, worked.weakness, rendered.weakness, reviewed.weakness, charged.weakness
    )]                                                                             AS weakest_origin,
    weakest_origin = 'synthetic'                                                   AS is_synthetic
FROM shots
JOIN shot_arms USING (shot_id)
LEFT JOIN productions USING (production_id)
LEFT JOIN titles USING (title_id)
LEFT JOIN worked USING (shot_id)
LEFT JOIN vendors USING (shot_id)
LEFT JOIN rendered USING (shot_id)
LEFT JOIN reviewed USING (shot_id)
LEFT JOIN charged USING (shot_id)
LEFT JOIN assigned USING (shot_id)
WHERE $shot_id::VARCHAR IS NULL OR shots.shot_id = $shot_id
ORDER BY shots.production_id, shots.sequence, shots.code, shots.shot_id;
