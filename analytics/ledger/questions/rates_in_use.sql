-- What did each rate of the cards that a reckoning used price, from a day on?
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- parameter from_day DATE: only facts of this day and later; NULL for all
-- column from_card_id VARCHAR: the card that holds the rate
-- column rate_number INTEGER: its number on the card
-- column fact_count BIGINT: facts it priced
-- column fact_amount DOUBLE: hours of people; hours of machines; otherwise the unit of the fact
-- column first_day DATE: of the facts
-- column last_day DATE: of the facts
WITH used AS (
    SELECT from_card_id, rate_number, used_on, fact_amount
    FROM priced_work_entries
    WHERE rate_card_id = $rate_card_id AND rate_number IS NOT NULL
    UNION ALL
    SELECT from_card_id, rate_number, used_on, if(fact_unit = 'wall_seconds', fact_amount / 3600, fact_amount)
    FROM priced_renders
    WHERE rate_card_id = $rate_card_id AND rate_number IS NOT NULL
)
SELECT
    from_card_id, rate_number, count(*) AS fact_count, sum(fact_amount) AS fact_amount,
    min(used_on) AS first_day, max(used_on) AS last_day
FROM used
WHERE $from_day IS NULL OR used_on >= $from_day
GROUP BY from_card_id, rate_number
ORDER BY from_card_id, rate_number;
