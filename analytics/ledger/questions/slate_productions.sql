-- Which productions have shots, how far along are they, and what are they budgeted at? Ask after shots were reckoned.
-- parameter with_synthetic BOOLEAN: whether to list demonstration productions beside real ones; a ledger of demonstration shots alone lists them always
-- column production_id VARCHAR: the production
-- column name VARCHAR: as people call it
-- column title_kind VARCHAR: series, film or test; NULL where unknown
-- column currency VARCHAR: ISO 4217
-- column territory VARCHAR: ISO 3166; NULL where unknown
-- column locked_budget_amount DECIMAL(18, 6): in its currency; NULL where none is known
-- column shot_count BIGINT: shots
-- column final_count BIGINT: of these, final
-- column open_count BIGINT: of these, open
-- column omitted_count BIGINT: of these, omitted
-- column ai_count BIGINT: of these, begun by AI
-- column first_on DATE: first turnover or fact; NULL where there is none
-- column last_on DATE: last fact or final; NULL where there is none
SELECT
    productions.production_id, any_value(productions.name) AS name, any_value(shots.title_kind) AS title_kind,
    any_value(productions.currency) AS currency, any_value(productions.territory) AS territory,
    any_value(productions.locked_budget_amount) AS locked_budget_amount,
    count(*) AS shot_count,
    count(*) FILTER (shots.status = 'final') AS final_count,
    count(*) FILTER (shots.status = 'open') AS open_count,
    count(*) FILTER (shots.status = 'omitted') AS omitted_count,
    count(*) FILTER (shots.arm = 'ai') AS ai_count,
    min(least(shots.turnover_on, shots.first_fact_on)) AS first_on,
    max(greatest(shots.last_fact_on, shots.final_on)) AS last_on
FROM productions
JOIN reckoned_shots AS shots ON shots.production_id = productions.production_id
WHERE $with_synthetic OR NOT shots.is_synthetic OR NOT EXISTS (FROM reckoned_shots WHERE NOT is_synthetic)
GROUP BY productions.production_id
ORDER BY min(shots.turnover_on) NULLS LAST, productions.production_id;
