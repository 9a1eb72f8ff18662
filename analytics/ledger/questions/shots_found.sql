-- Which shots are asked for, a page of them in the order wanted, each beside the sums of all that were found?
-- Where a page holds no shot there is one row, of the sums alone. Reads what `reckon_shots` keeps, and no fact.
-- parameter shot_ids VARCHAR[]: only these; NULL for all
-- parameter production_ids VARCHAR[]: only of these; NULL for all
-- parameter sequences VARCHAR[]: only of these; NULL for all
-- parameter kinds VARCHAR[]: only such work; NULL for all
-- parameter ways VARCHAR[]: ai, traditional, hybrid, fell_back, both_ways or not_given; NULL for all
-- parameter statuses VARCHAR[]: final, late, in_work, not_started or omitted; NULL for all
-- parameter words VARCHAR: only shots with this in their code, id, sequence or description, in any case; NULL for all
-- parameter with_synthetic BOOLEAN: whether to list demonstration shots beside real ones; a ledger of demonstration shots alone lists them always
-- parameter rate_card_id VARCHAR: what the costs were reckoned under; NULL: no costs
-- parameter currency VARCHAR: ISO 4217, to tell costs in
-- parameter sorted_by VARCHAR: code, production, sequence, kind, way, status, turnover_on, due_on, final_on, days, people_hours, cost, versions, retakes, days_late or frames
-- parameter downwards BOOLEAN: largest first; what is unknown stands last either way
-- parameter row_limit BIGINT: shots on a page
-- parameter row_offset BIGINT: shots before the page
-- column shot_count BIGINT: all that were found
-- column final_count BIGINT: of these, final
-- column late_count BIGINT: of these, open and past the day they were due
-- column in_work_count BIGINT: of these, open with work on them
-- column not_started_count BIGINT: of these, open without any
-- column omitted_count BIGINT: of these, omitted
-- column ai_count BIGINT: of these, given to AI first
-- column traditional_count BIGINT: of these, given to the traditional workflow first
-- column fell_back_count BIGINT: of these, taken from their workflow, which never finished them
-- column sum_cut_seconds DOUBLE: seconds on screen of all that were found
-- column sum_people_hours DOUBLE: hours of touch time booked on them
-- column sum_cost DECIMAL(38, 12): of their facts that have a price; NULL where none has
-- column costed_count BIGINT: of these, shots with a cost
-- column unpriced_count BIGINT: of these, shots of which something has no price
-- column measured_count BIGINT: of these, shots whose weakest fact was measured
-- column imported_count BIGINT: whose weakest fact was imported
-- column assumed_count BIGINT: whose weakest fact was assumed
-- column synthetic_count BIGINT: with a demonstration among their facts
-- column shot_id VARCHAR: primary key; NULL where the page is empty
-- column production_id VARCHAR: the production
-- column production_name VARCHAR: as people call it
-- column sequence VARCHAR: name of the sequence
-- column code VARCHAR: as the cut writes it
-- column description VARCHAR: what is to be seen
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
-- column hours_per_person_day DECIMAL(4, 2): people hours in a person-day
-- column production_currency VARCHAR: ISO 4217
-- column turnover_on DATE: when the work could begin
-- column due_on DATE: when it is to be final
-- column final_on DATE: when it was final
-- column last_known_on DATE: last day that anything is known of its production
-- column status VARCHAR: final, late, in_work, not_started or omitted
-- column days_late INTEGER: final or last known day less the day it was due, while not omitted; below 0: early
-- column arm VARCHAR: the workflow it counts in; NULL where nothing says
-- column last_workflow VARCHAR: the workflow it was given to last
-- column fell_back BOOLEAN: whether it was taken from its arm, which never finished it
-- column made_both_ways BOOLEAN: whether both workflows made it
-- column enabled BOOLEAN: true where it would not have been made otherwise
-- column twin_of VARCHAR: shot_id of the same work done by another workflow
-- column calendar_days INTEGER: from turnover, else the start in its arm, to final; NULL unless final
-- column versions INTEGER: largest number of a version that was rendered or reviewed
-- column retake_count BIGINT: reviews that asked for a retake
-- column people_hours DOUBLE: hours of touch time; NULL where none are booked
-- column people_hours_ai DOUBLE: of these by the AI workflow
-- column people_hours_traditional DOUBLE: of these by the traditional workflow
-- column machine_seconds DOUBLE: seconds of renders, without loading and plates; NULL without renders
-- column generated_seconds DOUBLE: seconds of footage that a generator was billed for
-- column cost DECIMAL(38, 12): of its facts that have a price; NULL where none has
-- column missing_count BIGINT: its facts without a price; NULL where no cost is asked for or there are no facts
-- column weakest_origin VARCHAR: synthetic, else assumed, else imported, else measured: of the shot and all its facts
WITH known AS (
    SELECT production_id, max(greatest(last_fact_on, final_on)) AS last_known_on
    FROM reckoned_shots
    GROUP BY production_id
),
-- DuckDB takes microseconds to multiply decimals of this size. So sums are exchanged by production and the shots of the
-- page one by one; the order of 200,000 shots is found by floats, which are shown to nobody.
costed AS (
    SELECT
        shot_id, costs.production_id, costs.currency, missing_count,
        if(missing_count = line_count, NULL, cost)        AS cost,
        CAST(exchange_rate AS DOUBLE)                     AS rough_rate
    FROM reckoned_shot_costs AS costs
    LEFT JOIN reporting_rates($currency) AS rates
      ON rates.production_id = costs.production_id AND rates.currency = costs.currency
    WHERE rate_card_id = $rate_card_id
),
stated AS (
    SELECT
        shots.rowid AS row_id, shots.*,
        CASE
            WHEN status <> 'open' THEN status
            WHEN due_on < known.last_known_on THEN 'late'
            WHEN first_fact_on IS NULL THEN 'not_started'
            ELSE 'in_work'
        END AS stands,
        CASE
            WHEN status = 'final' THEN final_on - due_on
            WHEN status = 'open' THEN known.last_known_on - due_on
        END::INTEGER AS days_late
    FROM reckoned_shots AS shots
    LEFT JOIN known USING (production_id)
),
-- Narrow rows of all that were found; whatever else a row shows is read for the page alone.
found AS MATERIALIZED (
    SELECT
        row_id, stated.shot_id, stated.production_id, production_name, sequence, code, stands, days_late, arm, fell_back,
        cut_seconds, people_hours, weakest_origin, costed.cost, costed.currency, costed.missing_count,
        CASE $sorted_by
            WHEN 'turnover_on' THEN datediff('day', DATE '2000-01-01', turnover_on)
            WHEN 'due_on' THEN datediff('day', DATE '2000-01-01', due_on)
            WHEN 'final_on' THEN datediff('day', DATE '2000-01-01', final_on)
            WHEN 'days' THEN calendar_days
            WHEN 'people_hours' THEN people_hours
            WHEN 'cost' THEN CAST(costed.cost AS DOUBLE) * rough_rate
            WHEN 'versions' THEN versions
            WHEN 'retakes' THEN retake_count
            WHEN 'days_late' THEN days_late
            WHEN 'frames' THEN cut_frames
            WHEN 'status' THEN list_position(['late', 'in_work', 'not_started', 'final', 'omitted'], stands)
        END AS sort_number,
        CASE $sorted_by
            WHEN 'code' THEN code
            WHEN 'production' THEN production_name
            WHEN 'sequence' THEN sequence
            WHEN 'kind' THEN kind
            WHEN 'way' THEN arm
        END AS sort_text
    FROM stated
    LEFT JOIN costed ON costed.shot_id = stated.shot_id
    WHERE ($shot_ids::VARCHAR[] IS NULL OR list_contains($shot_ids, stated.shot_id))
      AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, stated.production_id))
      AND ($sequences::VARCHAR[] IS NULL OR list_contains($sequences, sequence))
      AND ($kinds::VARCHAR[] IS NULL OR list_contains($kinds, kind))
      AND ($ways::VARCHAR[] IS NULL
           OR list_contains($ways, coalesce(arm, 'not_given'))
           OR (fell_back AND list_contains($ways, 'fell_back'))
           OR (made_both_ways AND list_contains($ways, 'both_ways')))
      AND ($statuses::VARCHAR[] IS NULL OR list_contains($statuses, stands))
      AND ($words::VARCHAR IS NULL
           OR contains(lower(stated.shot_id), lower($words)) OR contains(lower(code), lower($words))
           OR contains(lower(sequence), lower($words))
           OR stated.shot_id IN (SELECT shots.shot_id FROM shots WHERE contains(lower(shots.description), lower($words))))
      AND ($with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots AS real WHERE NOT real.is_synthetic))
),
costs_of_productions AS (
    SELECT production_id, currency, sum(cost) AS cost FROM found WHERE cost IS NOT NULL GROUP BY production_id, currency
),
sums AS (
    SELECT
        count(*)                                               AS shot_count,
        count(*) FILTER (stands = 'final')                     AS final_count,
        count(*) FILTER (stands = 'late')                      AS late_count,
        count(*) FILTER (stands = 'in_work')                   AS in_work_count,
        count(*) FILTER (stands = 'not_started')               AS not_started_count,
        count(*) FILTER (stands = 'omitted')                   AS omitted_count,
        count(*) FILTER (arm = 'ai')                           AS ai_count,
        count(*) FILTER (arm = 'traditional')                  AS traditional_count,
        count(*) FILTER (fell_back)                            AS fell_back_count,
        coalesce(sum(cut_seconds), 0)                          AS sum_cut_seconds,
        coalesce(sum(people_hours), 0)                         AS sum_people_hours,
        (
            SELECT CAST(sum(exchanged(costs.cost, rates.exchange_rate)) AS DECIMAL(38, 12))
            FROM costs_of_productions AS costs
            LEFT JOIN reporting_rates($currency) AS rates
              ON rates.production_id = costs.production_id AND rates.currency = costs.currency
        )                                                      AS sum_cost,
        count(cost)                                            AS costed_count,
        count(*) FILTER (missing_count > 0)                    AS unpriced_count,
        count(*) FILTER (weakest_origin = 'measured')          AS measured_count,
        count(*) FILTER (weakest_origin = 'imported')          AS imported_count,
        count(*) FILTER (weakest_origin = 'assumed')           AS assumed_count,
        count(*) FILTER (weakest_origin = 'synthetic')         AS synthetic_count
    FROM found
),
page AS MATERIALIZED (
    SELECT *, row_number() OVER () AS page_place
    FROM (
        FROM found
        ORDER BY
            CASE WHEN NOT $downwards THEN sort_number END NULLS LAST,
            CASE WHEN $downwards THEN sort_number END DESC NULLS LAST,
            CASE WHEN NOT $downwards THEN sort_text END NULLS LAST,
            CASE WHEN $downwards THEN sort_text END DESC NULLS LAST,
            production_name, production_id, sequence, code, shot_id
        LIMIT $row_limit::BIGINT
        OFFSET $row_offset::BIGINT
    )
)
SELECT
    sums.*,
    page.shot_id, page.production_id, page.production_name, page.sequence, page.code, shots.description, took.kind,
    took.complexity, took.cut_frames, took.handle_frames, took.cut_seconds, took.width, took.height, took.camera_move,
    took.main_vendor, took.territory, productions.hours_per_person_day, productions.currency AS production_currency,
    took.turnover_on, took.due_on, took.final_on, known.last_known_on, page.stands AS status, page.days_late, took.arm,
    took.last_workflow, took.fell_back, took.made_both_ways, took.enabled, took.twin_of, took.calendar_days, took.versions,
    took.retake_count, took.people_hours, took.people_hours_ai, took.people_hours_traditional, took.machine_seconds,
    took.generated_seconds, exchanged(page.cost, rates.exchange_rate) AS cost, page.missing_count, took.weakest_origin
FROM sums
LEFT JOIN page ON true
LEFT JOIN reckoned_shots AS took ON took.rowid = page.row_id
LEFT JOIN shots ON shots.shot_id = page.shot_id
LEFT JOIN productions ON productions.production_id = page.production_id
LEFT JOIN known ON known.production_id = page.production_id
LEFT JOIN reporting_rates($currency) AS rates ON rates.production_id = page.production_id AND rates.currency = page.currency
ORDER BY page.page_place;
