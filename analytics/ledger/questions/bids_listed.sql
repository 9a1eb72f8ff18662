-- Which versions of which bids are there, the latest bid first?
-- parameter production_id VARCHAR: only of this production; NULL for all
-- column bid_id VARCHAR: the bid
-- column version_number INTEGER: from 1
-- column is_latest BOOLEAN: whether no later version of it is there
-- column production_id VARCHAR: the production it is for
-- column name VARCHAR: as people call it
-- column status VARCHAR: draft, sent, awarded or locked
-- column currency VARCHAR: ISO 4217
-- column created_at TIMESTAMPTZ: instant in UTC
-- column priced_on DATE: the day whose rates it is priced by
-- column valid_until DATE: last day on which it can be awarded
-- column sent_at TIMESTAMPTZ: NULL until it is sent
-- column awarded_at TIMESTAMPTZ: NULL until it is awarded
-- column locked_at TIMESTAMPTZ: NULL until it is locked
-- column shot_count INTEGER: shots in it
-- column people_hours_mean DOUBLE: hours
-- column gross_amount DECIMAL(18, 2): in its currency; NULL where a price is missing
-- column net_amount DECIMAL(18, 2): after incentives
SELECT
    bid_id,
    version_number,
    version_number = max(version_number) OVER (PARTITION BY bid_id) AS is_latest,
    bids.production_id,
    bids.name,
    versions.status,
    bids.currency,
    versions.created_at,
    versions.priced_on,
    versions.valid_until,
    versions.sent_at,
    versions.awarded_at,
    versions.locked_at,
    versions.shot_count,
    versions.people_hours_mean,
    versions.gross_amount,
    versions.net_amount
FROM bid_versions AS versions
JOIN bids USING (bid_id)
WHERE $production_id IS NULL OR bids.production_id = $production_id
ORDER BY bids.created_at DESC, bid_id, version_number DESC;
