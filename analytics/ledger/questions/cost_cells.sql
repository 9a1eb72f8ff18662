-- What did each part of the work on each shot cost, in the currency of its production?
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- parameter production_ids VARCHAR[]: only of these; NULL for all
-- parameter with_synthetic BOOLEAN: whether to list demonstration shots beside real ones; a ledger of demonstration shots alone lists them always
-- column production_id VARCHAR: the production; NULL for training of a model
-- column shot_id VARCHAR: the shot; NULL for what belongs to none
-- column arm VARCHAR: the workflow that the shot counts in
-- column workflow VARCHAR: the workflow that did the work
-- column cost_kind VARCHAR: people, machine, energy, licence, api, supervision, overhead, idle, billed, shared or training
-- column part VARCHAR: department, stage, licence, model or category of a bill
-- column territory VARCHAR: where it was done, ISO 3166; of the production where nothing is said
-- column vendor VARCHAR: who did it; NULL for the studio itself
-- column currency VARCHAR: ISO 4217
-- column cost DECIMAL(38, 12): NULL where a price is missing
-- column line_count BIGINT: priced facts behind it
-- column fact_origin VARCHAR: of the facts
-- column rate_origin VARCHAR: of the rates, exchanges included; NULL where none was needed
WITH chosen AS (
    SELECT shot_number, shot_id, production_id, arm, is_synthetic
    FROM reckoned_shot_numbers
    WHERE $production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, production_id)
),
cells AS (
    SELECT
        chosen.production_id, chosen.shot_id, chosen.arm, chosen.is_synthetic, costs.group_number, costs.cost,
        costs.line_count
    FROM reckoned_costs AS costs
    JOIN chosen ON chosen.shot_number = costs.shot_number
    WHERE costs.rate_card_id = $rate_card_id
    UNION ALL
    SELECT production_id, NULL, NULL, false, group_number, cost, line_count
    FROM reckoned_costs
    WHERE rate_card_id = $rate_card_id
      AND shot_number IS NULL
      AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, production_id))
)
SELECT
    cells.production_id, cells.shot_id, cells.arm, groups.workflow, groups.cost_kind, groups.part, groups.territory, groups.vendor, groups.currency,
    sum(cells.cost) AS cost, CAST(sum(cells.line_count) AS BIGINT) AS line_count, groups.fact_origin, groups.rate_origin
FROM cells
JOIN reckoned_cost_groups AS groups
  ON groups.rate_card_id = $rate_card_id AND groups.group_number = cells.group_number
WHERE $with_synthetic
   OR NOT (cells.is_synthetic OR groups.fact_origin = 'synthetic')
   OR NOT EXISTS (FROM reckoned_shots WHERE NOT reckoned_shots.is_synthetic)
GROUP BY
    cells.production_id, cells.shot_id, cells.arm, groups.workflow, groups.cost_kind, groups.part, groups.territory,
    groups.vendor, groups.currency, groups.fact_origin, groups.rate_origin, groups.missing
ORDER BY ALL;
