-- How much of a finished shot's hours is booked after each tenth of its days from turnover to final?
-- Short shots are booked in a day or two and long ones slowly at first, so thirds of them by their days are told apart.
-- parameter production_ids VARCHAR[]: only of these; NULL for all
-- parameter on_day DATE: only shots that were final by this day
-- column third INTEGER: 1 the shortest shots, 3 the longest
-- column days DOUBLE: median days of that third
-- column tenth INTEGER: 1 to 9 tenths of the days
-- column shot_count BIGINT: shots that had anything booked by then
-- column log_share DOUBLE: mean of the natural logarithm of the share of their hours
-- column log_share_spread DOUBLE: standard deviation of that logarithm; NULL of a single shot
WITH lives AS (
    SELECT
        shot_id, turnover_on, final_on - turnover_on AS days, people_hours,
        CAST(ntile(3) OVER (ORDER BY final_on - turnover_on, shot_id) AS INTEGER) AS third
    FROM reckoned_shots
    WHERE ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, production_id))
      AND status = 'final' AND final_on <= $on_day AND final_on - turnover_on >= 5 AND people_hours > 0
),
thirds AS (
    SELECT third, CAST(median(days) AS DOUBLE) AS days FROM lives GROUP BY third
),
booked AS (
    SELECT
        lives.third, tenths.tenth, lives.shot_id, lives.people_hours,
        sum(entries.people_hours) FILTER (entries.worked_on <= lives.turnover_on + CAST(lives.days * tenths.tenth / 10 AS INTEGER)) AS by_then
    FROM lives
    JOIN work_entries AS entries ON entries.shot_id = lives.shot_id
    CROSS JOIN (SELECT CAST(unnest(range(1, 10)) AS INTEGER) AS tenth) AS tenths
    GROUP BY ALL
)
SELECT
    booked.third, thirds.days, tenth, count(*) AS shot_count, avg(ln(by_then / people_hours)) AS log_share,
    stddev_samp(ln(by_then / people_hours)) AS log_share_spread
FROM booked
JOIN thirds ON thirds.third = booked.third
WHERE by_then > 0
GROUP BY booked.third, thirds.days, tenth
ORDER BY booked.third, tenth;
