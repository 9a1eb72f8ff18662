-- Which productions can a cost report be of, and what would each be held against? Ask after shots were reckoned.
-- parameter with_synthetic BOOLEAN: whether to list demonstration productions beside real ones; a ledger of demonstration shots alone lists them always
-- column production_id VARCHAR: the production
-- column name VARCHAR: as people call it
-- column currency VARCHAR: ISO 4217
-- column locked_bid_id VARCHAR: its bid that was locked last; NULL where none is
-- column locked_on DATE: when that was, in UTC
-- column locked_budget_amount DECIMAL(18, 6): in its currency; NULL where none is known
-- column shot_count BIGINT: shots in the ledger
-- column open_count BIGINT: of these, neither final nor omitted
-- column first_on DATE: first turnover or fact; NULL where there is none
-- column last_fact_on DATE: last day of work, a render, a charge, a review or a final; NULL where there is none
-- column is_synthetic BOOLEAN: whether any of it is a demonstration
WITH known AS (
    SELECT
        production_id, count(*) AS shot_count, count(*) FILTER (status = 'open') AS open_count,
        min(least(turnover_on, first_fact_on)) AS first_on, max(greatest(last_fact_on, final_on)) AS last_on,
        bool_or(is_synthetic) AS is_synthetic
    FROM reckoned_shots
    WHERE $with_synthetic OR NOT is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic)
    GROUP BY production_id
),
billed AS (
    SELECT production_id, max(charged_on) AS last_on FROM charges GROUP BY production_id
),
locked AS (
    SELECT
        bids.production_id, arg_max(bid_id, locked_at) AS bid_id,
        CAST(timezone('UTC', max(locked_at)) AS DATE) AS locked_on
    FROM bid_versions
    JOIN bids USING (bid_id)
    WHERE status = 'locked'
    GROUP BY bids.production_id
)
SELECT
    productions.production_id, name, currency, locked.bid_id AS locked_bid_id, locked.locked_on, locked_budget_amount,
    known.shot_count, known.open_count, known.first_on, greatest(known.last_on, billed.last_on) AS last_fact_on,
    known.is_synthetic
FROM productions
JOIN known ON known.production_id = productions.production_id
LEFT JOIN billed ON billed.production_id = productions.production_id
LEFT JOIN locked ON locked.production_id = productions.production_id
ORDER BY known.open_count = 0, greatest(known.last_on, billed.last_on) DESC NULLS LAST, name, productions.production_id;
