-- Spreads what was billed to a production as a whole over its shots, in proportion to what they cost themselves.
-- A bill that names a workflow is shared by the work of that workflow. Where no shot costs anything, it stays the production's.
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
INSERT INTO reckoned_costs
WITH bills AS (
    SELECT
        production_id, workflow AS billed_workflow, price_group, sum(cost) AS cost, count(*) AS line_count, fact_origin,
        missing, min(used_on) AS first_day, max(used_on) AS last_day, sum(fact_amount) AS fact_amount,
        if(missing IS NULL, NULL, fact_unit) AS fact_unit
    FROM priced_charges
    WHERE shot_id IS NULL
    GROUP BY production_id, workflow, price_group, fact_origin, missing, if(missing IS NULL, NULL, fact_unit)
),
sharing AS (
    SELECT production_id, billed_workflow, row_number() OVER () AS sharing_number
    FROM (SELECT DISTINCT production_id, billed_workflow FROM bills WHERE missing IS NULL)
),
summed AS (
    SELECT costs.shot_number, groups.workflow, shots.production_id, sum(cost) AS weight
    FROM reckoned_costs AS costs
    JOIN reckoned_cost_groups AS groups
      ON groups.rate_card_id = $rate_card_id AND groups.group_number = costs.group_number
    JOIN reckoned_shot_numbers AS shots
      ON shots.shot_number = costs.shot_number AND shots.production_id IN (SELECT production_id FROM sharing)
    WHERE costs.rate_card_id = $rate_card_id
    GROUP BY costs.shot_number, groups.workflow, shots.production_id
    HAVING sum(cost) > 0
),
running AS (
    SELECT
        sharing_number, shot_number, workflow,
        sum(weight) OVER in_order AS weight_so_far,
        sum(weight) OVER (PARTITION BY sharing_number) AS whole,
        row_number() OVER in_order = 1 AS is_first,
        lead(1) OVER in_order IS NULL AS is_last
    FROM summed
    JOIN sharing
      ON sharing.production_id = summed.production_id
     AND (sharing.billed_workflow IS NULL OR sharing.billed_workflow = summed.workflow)
    WINDOW in_order AS (
        PARTITION BY sharing_number ORDER BY shot_number, workflow ROWS UNBOUNDED PRECEDING
    )
),
ended AS (
    SELECT *, if(is_last, 1, CAST(least(CAST(weight_so_far AS DOUBLE) / CAST(whole AS DOUBLE), 1) AS DECIMAL(13, 12))) AS share_so_far
    FROM running
),
shares AS (
    SELECT
        ended.*,
        lag(share_so_far, 1, 0) OVER (PARTITION BY sharing_number ORDER BY shot_number, workflow) AS share_before
    FROM ended
),
numbered_bills AS (
    SELECT bills.*, if(missing IS NULL, sharing_number, NULL) AS sharing_number
    FROM bills
    LEFT JOIN sharing
      ON sharing.production_id = bills.production_id
     AND sharing.billed_workflow IS NOT DISTINCT FROM bills.billed_workflow
),
spread AS (
    SELECT
        shares.shot_number, if(shares.shot_number IS NULL, bills.production_id, NULL) AS production_id,
        cost_group(
            price_group, if(shares.shot_number IS NULL, bills.billed_workflow, shares.workflow), NULL, fact_origin, missing,
            fact_unit
        ) AS cost_group,
        -- Each gets the difference of two rounded running sums, so that all together get the bill to its last decimal.
        if(
            shares.shot_number IS NULL,
            cost,
            exact_product(cost, share_so_far) - exact_product(cost, share_before)
        ) AS cost,
        if(coalesce(is_first, true), line_count, 0) AS line_count,
        if(missing IS NULL, NULL, first_day) AS first_day,
        if(missing IS NULL, NULL, last_day) AS last_day,
        if(missing IS NULL, NULL, fact_amount) AS fact_amount
    FROM numbered_bills AS bills
    LEFT JOIN shares ON shares.sharing_number = bills.sharing_number
)
SELECT
    $rate_card_id, shot_number, production_id, group_number, NULL, cost, line_count, first_day, last_day, fact_amount
FROM spread
LEFT JOIN reckoned_cost_groups AS groups ON groups.rate_card_id = $rate_card_id AND groups.cost_group = spread.cost_group
ORDER BY shot_number;
