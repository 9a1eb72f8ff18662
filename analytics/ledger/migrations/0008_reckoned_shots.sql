-- What is asked often is reckoned once from the facts and kept. Tables whose names begin with `reckon` hold nothing of
-- their own: they are made again when the facts have changed, and no backup or rebuild copies them.

-- Whatever is reckoned knows the number of the change up to which it holds. A write that touches one shot says so, which
-- spares a ledger of a million shots from being reckoned anew for every render.
CREATE TABLE fact_changes (
    change_number BIGINT NOT NULL,
    shot_id       VARCHAR
);
COMMENT ON TABLE fact_changes IS 'Each write of facts; the largest number is the state of the ledger.';
COMMENT ON COLUMN fact_changes.shot_id IS 'The only shot whose facts changed, a row for each; NULL: it may have been any.';
INSERT INTO fact_changes VALUES (1, NULL);

CREATE TABLE reckonings (
    name          VARCHAR NOT NULL,
    change_number BIGINT NOT NULL,
    reckoned_at   TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE reckonings IS 'What was reckoned, and the last change of facts that it knows.';

-- Which workflow a shot was given to on which days: from the first day, later ones from the day they began, and where
-- nobody wrote down an assignment, that of the first work entry or render which names one.
CREATE VIEW workflows_in_force AS
WITH given AS (
    SELECT
        shot_id, workflow, assignment_number,
        if(assignment_number = min(assignment_number) OVER (PARTITION BY shot_id), DATE '-infinity', started_on) AS from_day
    FROM assignments
    -- One that follows without a day is never known to be in force.
    QUALIFY from_day IS NOT NULL
),
named AS (
    SELECT shot_id, workflow, worked_on::TIMESTAMPTZ AS named_at, 1 AS place, work_entry_id AS fact_id
    FROM work_entries
    WHERE workflow IS NOT NULL
    UNION ALL
    SELECT shot_id, workflow, started_at, 2, render_id
    FROM renders
    WHERE purpose = 'shot'
)
SELECT
    shot_id, workflow, from_day,
    lead(from_day, 1, DATE 'infinity') OVER (PARTITION BY shot_id ORDER BY from_day, assignment_number) AS to_day,
    assignment_number
FROM given
UNION ALL
SELECT
    shot_id,
    arg_min(workflow, row(coalesce(named_at, TIMESTAMPTZ 'infinity'), place, fact_id)),
    DATE '-infinity', DATE 'infinity', NULL
FROM named
ANTI JOIN assignments USING (shot_id)
GROUP BY shot_id;

CREATE VIEW work_entries_in_force AS
SELECT work_entries.*, coalesce(work_entries.workflow, in_force.workflow) AS workflow_in_force
FROM work_entries
LEFT JOIN workflows_in_force AS in_force
  ON in_force.shot_id = work_entries.shot_id
 AND work_entries.worked_on >= in_force.from_day
 AND work_entries.worked_on < in_force.to_day;

CREATE VIEW charges_in_force AS
SELECT charges.*, coalesce(charges.workflow, in_force.workflow) AS workflow_in_force
FROM charges
LEFT JOIN workflows_in_force AS in_force
  ON in_force.shot_id = charges.shot_id
 AND charges.charged_on >= in_force.from_day
 AND charges.charged_on < in_force.to_day;

-- The workflow each shot counts in, whatever became of it there.
CREATE VIEW shot_arms AS
WITH firsts AS (
    SELECT assignments.*, first_value(workflow) OVER from_the_first AS arm, first_value(started_on) OVER from_the_first AS arm_started_on
    FROM assignments
    WINDOW from_the_first AS (PARTITION BY shot_id ORDER BY assignment_number)
),
assigned AS (
    SELECT
        shot_id,
        any_value(arm)                        AS arm,
        any_value(arm_started_on)             AS arm_started_on,
        -- Given to another workflow on a later day, or finished by another, while the first never finished it.
        bool_or(outcome = 'fell_back') OR (
            NOT bool_or(workflow = arm AND outcome = 'final')
            AND coalesce(bool_or(workflow <> arm AND (outcome = 'final' OR started_on > arm_started_on)), false)
        )                                     AS fell_back,
        bool_or(workflow = 'ai') AND bool_or(workflow = 'traditional')
            AND bool_and(outcome IN ('final', 'open')) AND NOT fell_back AS made_both_ways,
        arg_max(workflow, assignment_number)  AS last_workflow
    FROM firsts
    GROUP BY shot_id
),
rendered AS (
    SELECT shot_id, bool_or(workflow = 'ai') AND bool_or(workflow = 'traditional') AS made_both_ways
    FROM renders
    WHERE purpose = 'shot' AND outcome = 'ok'
    GROUP BY shot_id
)
SELECT
    shots.shot_id,
    coalesce(assigned.arm, first_named.workflow)                                         AS arm,
    assigned.arm_started_on,
    coalesce(assigned.fell_back, false)                                                  AS fell_back,
    coalesce(assigned.made_both_ways, rendered.made_both_ways, false)                    AS made_both_ways,
    coalesce(assigned.last_workflow, first_named.workflow)                               AS last_workflow
FROM shots
LEFT JOIN assigned USING (shot_id)
LEFT JOIN rendered USING (shot_id)
LEFT JOIN (SELECT * FROM workflows_in_force WHERE assignment_number IS NULL) AS first_named USING (shot_id);

-- What each shot took, without money, which depends on a rate card.
CREATE TABLE reckoned_shots (
    shot_id                     VARCHAR NOT NULL,
    production_id               VARCHAR NOT NULL,
    title_id                    VARCHAR,
    title_kind                  VARCHAR,
    production_name             VARCHAR,
    sequence                    VARCHAR,
    code                        VARCHAR NOT NULL,
    kind                        VARCHAR,
    complexity                  VARCHAR,
    cut_frames                  INTEGER NOT NULL,
    handle_frames               INTEGER,
    cut_seconds                 DOUBLE,
    width                       INTEGER,
    height                      INTEGER,
    camera_move                 VARCHAR,
    main_vendor                 VARCHAR,
    territory                   VARCHAR,
    turnover_on                 DATE,
    due_on                      DATE,
    final_on                    DATE,
    status                      VARCHAR NOT NULL,
    twin_of                     VARCHAR,
    enabled                     BOOLEAN NOT NULL,
    arm                         VARCHAR,
    arm_started_on              DATE,
    last_workflow               VARCHAR,
    fell_back                   BOOLEAN NOT NULL,
    made_both_ways              BOOLEAN NOT NULL,
    first_fact_on               DATE,
    last_fact_on                DATE,
    calendar_days               INTEGER,
    people_hours                DOUBLE,
    people_hours_ai             DOUBLE,
    people_hours_traditional    DOUBLE,
    machine_seconds             DOUBLE,
    machine_seconds_ai          DOUBLE,
    machine_seconds_traditional DOUBLE,
    generated_seconds           DOUBLE,
    versions                    INTEGER,
    retake_count                BIGINT NOT NULL,
    approved_count              BIGINT NOT NULL,
    first_approved_on           DATE,
    weakest_origin              VARCHAR NOT NULL,
    is_synthetic                BOOLEAN NOT NULL
);
COMMENT ON COLUMN reckoned_shots.cut_seconds IS 'At the frame rate of the production.';
COMMENT ON COLUMN reckoned_shots.width IS 'Pixels, of the shot, else of its production.';
COMMENT ON COLUMN reckoned_shots.main_vendor IS 'Who booked most of the hours; NULL: the studio itself.';
COMMENT ON COLUMN reckoned_shots.territory IS 'Of the production.';
COMMENT ON COLUMN reckoned_shots.status IS 'Where the shot has none: final once it has a final day, else open.';
COMMENT ON COLUMN reckoned_shots.first_fact_on IS 'First day of work, a render, a charge or a review, in UTC.';
COMMENT ON COLUMN reckoned_shots.calendar_days IS 'From turnover, else from the start in its arm, to final; at least 1.';
COMMENT ON COLUMN reckoned_shots.machine_seconds IS 'Of renders for the shot, failed ones too, without loading and plates.';
COMMENT ON COLUMN reckoned_shots.generated_seconds IS 'Of footage that a generator was billed for.';
COMMENT ON COLUMN reckoned_shots.versions IS 'Largest number of a version that was rendered or reviewed.';
COMMENT ON COLUMN reckoned_shots.weakest_origin IS 'Synthetic, else assumed, else imported, else measured: of the shot and all its facts.';
