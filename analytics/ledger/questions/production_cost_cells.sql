-- What did each part of the work cost in each production, in its currency? As cost_cells, without telling shots apart.
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- parameter with_synthetic BOOLEAN: whether to list demonstration facts beside real ones; a ledger of demonstration shots alone lists them always
-- column production_id VARCHAR: the production
-- column shot_id VARCHAR: always NULL
-- column arm VARCHAR: the workflow that the shots count in
-- column workflow VARCHAR: the workflow that did the work
-- column cost_kind VARCHAR: people, machine, energy, licence, api, supervision, overhead, idle, billed or shared
-- column part VARCHAR: department, stage, licence, model or category of a bill
-- column territory VARCHAR: where it was done, ISO 3166; of the production where nothing is said
-- column vendor VARCHAR: who did it; NULL for the studio itself
-- column currency VARCHAR: ISO 4217
-- column cost DECIMAL(38, 12): NULL where a price is missing
-- column line_count BIGINT: priced facts behind it
-- column origin VARCHAR: the weakest of fact and rate: measured, imported, assumed or synthetic
WITH slices AS (
    SELECT shot_number, production_id, arm, is_synthetic FROM reckoned_shot_numbers
),
summed AS (
    SELECT
        coalesce(slices.production_id, costs.production_id) AS production_id, slices.arm,
        coalesce(slices.is_synthetic, false) AS is_synthetic, costs.group_number, sum(costs.cost) AS cost,
        sum(costs.line_count) AS line_count
    FROM reckoned_costs AS costs
    LEFT JOIN slices ON slices.shot_number = costs.shot_number
    WHERE costs.rate_card_id = $rate_card_id
    GROUP BY ALL
)
SELECT
    summed.production_id, CAST(NULL AS VARCHAR) AS shot_id, summed.arm, groups.workflow, groups.cost_kind, groups.part,
    groups.territory, groups.vendor, groups.currency, sum(summed.cost) AS cost,
    CAST(sum(summed.line_count) AS BIGINT) AS line_count, weaker(groups.fact_origin, groups.rate_origin) AS origin
FROM summed
JOIN reckoned_cost_groups AS groups
  ON groups.rate_card_id = $rate_card_id AND groups.group_number = summed.group_number
WHERE summed.production_id IS NOT NULL
  AND (
    $with_synthetic
    OR NOT (summed.is_synthetic OR groups.fact_origin = 'synthetic')
    OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic)
  )
GROUP BY
    summed.production_id, summed.arm, groups.workflow, groups.cost_kind, groups.part, groups.territory, groups.vendor,
    groups.currency, groups.fact_origin, groups.rate_origin, groups.missing
ORDER BY ALL;
