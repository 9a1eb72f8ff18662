-- What did each shot of a production cost, by week and part of the work, up to a day? In the production's own currency.
-- Ask after the costs were reckoned. A render without an instant, and so without a day, counts as before the day.
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- parameter production_id VARCHAR: the production
-- parameter on_day DATE: the day, which still counts
-- column shot_id VARCHAR: the shot; NULL for what was billed to the production as a whole
-- column week_on DATE: the Monday its week begins on (ISO 8601); NULL where the fact has no day
-- column cost_kind VARCHAR: people, supervision, overhead, machine, idle, energy, licence, api, billed or shared
-- column department VARCHAR: of people, supervision and overhead: as booked, in lower case; otherwise the kind of cost
-- column vendor VARCHAR: who did it; NULL for the studio itself
-- column cost DECIMAL(38, 12): of the facts that have a price; NULL where none has
-- column line_count BIGINT: priced facts, a line for each price of each
-- column missing_count BIGINT: of these, without a price
-- column origin VARCHAR: the weakest of fact and rate: measured, imported, assumed or synthetic
WITH priced AS (
    SELECT shot_id, used_on, cost_kind, part, vendor, cost, fact_origin, rate_origin
    FROM priced_work_entries
    WHERE rate_card_id = $rate_card_id AND production_id = $production_id AND used_on <= $on_day
    UNION ALL
    SELECT shot_id, used_on, cost_kind, part, vendor, cost, fact_origin, rate_origin
    FROM priced_renders
    WHERE rate_card_id = $rate_card_id AND production_id = $production_id AND coalesce(used_on <= $on_day, true)
    UNION ALL
    SELECT shot_id, used_on, cost_kind, part, vendor, cost, fact_origin, rate_origin
    FROM priced_charges
    WHERE production_id = $production_id AND used_on <= $on_day
)
SELECT
    shot_id, CAST(date_trunc('week', used_on) AS DATE) AS week_on, cost_kind,
    if(cost_kind IN ('people', 'supervision', 'overhead'), coalesce(lower(part), 'unknown'), cost_kind) AS department,
    vendor, sum(cost) AS cost, count(*) AS line_count, count(*) FILTER (cost IS NULL) AS missing_count,
    weaker(fact_origin, rate_origin) AS origin
FROM priced
GROUP BY ALL
ORDER BY ALL;
