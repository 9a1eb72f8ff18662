-- In which currency and territory is each production made, and since when?
-- column production_id VARCHAR: the production
-- column name VARCHAR: of the production
-- column currency VARCHAR: ISO 4217
-- column territory VARCHAR: ISO 3166; NULL where unknown
-- column started_on DATE: NULL where unknown
SELECT production_id, name, currency, territory, started_on
FROM productions
ORDER BY production_id;
