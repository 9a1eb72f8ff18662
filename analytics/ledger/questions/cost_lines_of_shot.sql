-- What did each fact of a shot cost, by which rate, with its share of what was billed to its production?
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- parameter shot_id VARCHAR: the shot
-- column workflow VARCHAR: the workflow in force for the fact
-- column cost_kind VARCHAR: people, supervision, overhead, machine, idle, energy, licence, api, billed or shared
-- column part VARCHAR: department, stage, licence, model or category of a bill
-- column used_on DATE: day of the fact; NULL for a share of several bills
-- column fact_id VARCHAR: work_entry_id, render_id or charge_id; NULL for a share of several bills
-- column fact_amount DOUBLE: as it was recorded
-- column fact_unit VARCHAR: people_hours, wall_seconds, energy_joules, generated_seconds or a currency
-- column fact_origin VARCHAR: of the fact
-- column amount DECIMAL(24, 12): the fact in the unit of the rate
-- column from_card_id VARCHAR: the card that holds the rate; NULL where none is needed or none was found
-- column resource VARCHAR: what the rate prices
-- column unit VARCHAR: what its price is for
-- column price DECIMAL(18, 6): of one unit, or the share of an uplift
-- column price_currency VARCHAR: of the price
-- column source VARCHAR: who says so
-- column cost DECIMAL(38, 12): in the currency of the production, by the exchange rate of the day; NULL where a price is missing
-- column currency VARCHAR: of the production
-- column rate_origin VARCHAR: the weakest of the rates and exchanges behind it
-- column missing VARCHAR: the resource or exchange that is missing
WITH lines AS (
    SELECT
        workflow, cost_kind, part, used_on, fact_id, fact_amount, fact_unit, fact_origin, amount, from_card_id,
        rate_number, cost, currency, rate_origin, missing
    FROM priced_work_entries
    WHERE shot_id = $shot_id AND rate_card_id = $rate_card_id
    UNION ALL
    SELECT
        workflow, cost_kind, part, used_on, fact_id, fact_amount, fact_unit, fact_origin, amount, from_card_id,
        rate_number, cost, currency, rate_origin, missing
    FROM priced_renders
    WHERE shot_id = $shot_id AND rate_card_id = $rate_card_id
    UNION ALL
    SELECT
        workflow, cost_kind, part, used_on, fact_id, fact_amount, fact_unit, fact_origin, amount, NULL, NULL, cost,
        currency, rate_origin, missing
    FROM priced_charges
    WHERE shot_id = $shot_id
    UNION ALL
    SELECT
        workflow, cost_kind, part, NULL, NULL, NULL, NULL, fact_origin, NULL, NULL, NULL, cost, currency, rate_origin, missing
    FROM reckoned_cost_cells
    WHERE shot_id = $shot_id AND rate_card_id = $rate_card_id AND cost_kind = 'shared'
)
SELECT
    lines.workflow, lines.cost_kind, lines.part, lines.used_on, lines.fact_id, lines.fact_amount, lines.fact_unit,
    lines.fact_origin, lines.amount, lines.from_card_id, rates.resource, rates.unit, rates.price,
    rates.currency AS price_currency, rates.source, lines.cost, lines.currency, lines.rate_origin, lines.missing
FROM lines
LEFT JOIN rates ON rates.rate_card_id = lines.from_card_id AND rates.rate_number = lines.rate_number
ORDER BY lines.workflow, lines.used_on, lines.fact_id, lines.cost_kind, lines.part;
