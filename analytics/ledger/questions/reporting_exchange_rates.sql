-- At which rate are the costs of each production exchanged into one currency?
-- parameter currency VARCHAR: ISO 4217, to answer in
-- column production_id VARCHAR: the production
-- column exchange_rate DECIMAL(38, 15): what one unit of its currency buys; NULL where no rate is known
SELECT production_id, exchange_rate
FROM reporting_rates($currency)
WHERE production_id IS NOT NULL
ORDER BY production_id;
