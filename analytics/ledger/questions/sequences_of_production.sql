-- What did the sequences of a production take, by the workflow their shots count in? Ask after the costs were reckoned.
-- parameter production_id VARCHAR: the production
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- column sequence VARCHAR: name of the sequence; NULL for shots in none
-- column shot_count BIGINT: shots
-- column final_count BIGINT: of these, final
-- column open_count BIGINT: of these, open
-- column omitted_count BIGINT: of these, omitted
-- column ai_count BIGINT: of these, begun by AI
-- column traditional_count BIGINT: of these, begun traditionally
-- column fell_back_count BIGINT: of those begun by AI, finished by another workflow
-- column ai_people_hours DOUBLE: of shots begun by AI, whoever finished them
-- column traditional_people_hours DOUBLE: of shots begun traditionally
-- column ai_cut_seconds DOUBLE: seconds on screen of final shots begun by AI
-- column traditional_cut_seconds DOUBLE: seconds on screen of final shots begun traditionally
-- column ai_days DOUBLE: median days from turnover to final of shots begun by AI; NULL where none is final
-- column traditional_days DOUBLE: median days of shots begun traditionally
-- column ai_cost DECIMAL(38, 12): of shots begun by AI, in the currency of the production; NULL where there are none
-- column traditional_cost DECIMAL(38, 12): of shots begun traditionally
-- column missing_count BIGINT: facts without a price, in no cost
SELECT
    shots.sequence,
    count(*) AS shot_count,
    count(*) FILTER (status = 'final') AS final_count,
    count(*) FILTER (status = 'open') AS open_count,
    count(*) FILTER (status = 'omitted') AS omitted_count,
    count(*) FILTER (shots.arm = 'ai') AS ai_count,
    count(*) FILTER (shots.arm = 'traditional') AS traditional_count,
    count(*) FILTER (shots.arm = 'ai' AND fell_back) AS fell_back_count,
    sum(people_hours) FILTER (shots.arm = 'ai') AS ai_people_hours,
    sum(people_hours) FILTER (shots.arm = 'traditional') AS traditional_people_hours,
    sum(cut_seconds) FILTER (shots.arm = 'ai' AND status = 'final') AS ai_cut_seconds,
    sum(cut_seconds) FILTER (shots.arm = 'traditional' AND status = 'final') AS traditional_cut_seconds,
    median(calendar_days) FILTER (shots.arm = 'ai') AS ai_days,
    median(calendar_days) FILTER (shots.arm = 'traditional') AS traditional_days,
    sum(costs.cost) FILTER (shots.arm = 'ai') AS ai_cost,
    sum(costs.cost) FILTER (shots.arm = 'traditional') AS traditional_cost,
    CAST(coalesce(sum(costs.missing_count), 0) AS BIGINT) AS missing_count
FROM reckoned_shots AS shots
LEFT JOIN reckoned_shot_costs AS costs ON costs.shot_id = shots.shot_id AND costs.rate_card_id = $rate_card_id
WHERE shots.production_id = $production_id
GROUP BY shots.sequence
ORDER BY shots.sequence NULLS LAST;
