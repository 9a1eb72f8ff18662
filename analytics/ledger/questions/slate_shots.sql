-- What did each shot of some productions take? One row a shot, without money.
-- parameter production_ids VARCHAR[]: only of these; NULL for all
-- parameter with_synthetic BOOLEAN: whether to list demonstration shots beside real ones; a ledger of demonstration shots alone lists them always
-- column shot_id VARCHAR: primary key
-- column production_id VARCHAR: the production
-- column title_id VARCHAR: title of the production
-- column title_kind VARCHAR: series, film or test
-- column production_name VARCHAR: as people call it
-- column sequence VARCHAR: name of the sequence
-- column code VARCHAR: as the cut writes it
-- column kind VARCHAR: what the work is
-- column complexity VARCHAR: easy, medium, hard or hero
-- column cut_frames INTEGER: frames on screen
-- column handle_frames INTEGER: extra frames at each end
-- column cut_seconds DOUBLE: seconds on screen
-- column width INTEGER: pixels
-- column height INTEGER: pixels
-- column camera_move VARCHAR: as the studio calls it
-- column main_vendor VARCHAR: who booked most of the hours; NULL for the studio itself
-- column territory VARCHAR: of the production, ISO 3166
-- column turnover_on DATE: when the work could begin
-- column due_on DATE: when it is to be final
-- column final_on DATE: when it was final
-- column status VARCHAR: open, final or omitted
-- column twin_of VARCHAR: shot_id of the same work done by another workflow
-- column enabled BOOLEAN: true where it would not have been made otherwise
-- column arm VARCHAR: the workflow it counts in; NULL where nothing says
-- column arm_started_on DATE: when it was given to that
-- column last_workflow VARCHAR: the workflow it was given to last
-- column fell_back BOOLEAN: whether it was taken from its arm, which never finished it
-- column made_both_ways BOOLEAN: whether both workflows made it, so that it is a pair in itself
-- column first_fact_on DATE: first day of work, a render, a charge or a review, UTC
-- column last_fact_on DATE: last such day
-- column calendar_days INTEGER: from turnover, else the start in its arm, to final; NULL unless final
-- column open_days INTEGER: of an open shot, from then to the last day that anything is known of its production
-- column people_hours DOUBLE: hours of touch time; NULL where none are booked
-- column people_hours_ai DOUBLE: of these by the AI workflow
-- column people_hours_traditional DOUBLE: of these by the traditional workflow
-- column machine_seconds DOUBLE: seconds of renders for the shot, without loading and plates; NULL without renders
-- column machine_seconds_ai DOUBLE: of these by the AI workflow
-- column machine_seconds_traditional DOUBLE: of these by the traditional workflow
-- column generated_seconds DOUBLE: seconds of footage that a generator was billed for
-- column versions INTEGER: largest number of a version that was rendered or reviewed
-- column retake_count BIGINT: reviews that asked for a retake
-- column approved_count BIGINT: reviews that approved
-- column first_approved_on DATE: first day of these, UTC
-- column weakest_origin VARCHAR: synthetic, else assumed, else imported, else measured: of the shot and all its facts
-- column is_synthetic BOOLEAN: whether any of them is a demonstration
WITH asked AS (
    SELECT *
    FROM reckoned_shots
    WHERE ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, production_id))
      AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic))
),
known AS (
    SELECT production_id, max(greatest(last_fact_on, final_on)) AS last_on
    FROM reckoned_shots
    GROUP BY production_id
)
SELECT
    shot_id, production_id, title_id, title_kind, production_name, sequence, code, kind, complexity, cut_frames,
    handle_frames, cut_seconds, width, height, camera_move, main_vendor, territory, turnover_on, due_on, final_on,
    status, twin_of, enabled, arm, arm_started_on, last_workflow, fell_back, made_both_ways, first_fact_on, last_fact_on,
    calendar_days,
    CASE
        WHEN status = 'open' AND known.last_on IS NOT NULL AND coalesce(turnover_on, arm_started_on) IS NOT NULL
        THEN greatest(0, known.last_on - coalesce(turnover_on, arm_started_on))
    END::INTEGER AS open_days,
    people_hours, people_hours_ai, people_hours_traditional, machine_seconds, machine_seconds_ai,
    machine_seconds_traditional, generated_seconds, versions, retake_count, approved_count, first_approved_on,
    weakest_origin, is_synthetic
FROM asked
LEFT JOIN known USING (production_id)
ORDER BY production_id, sequence, code, shot_id
