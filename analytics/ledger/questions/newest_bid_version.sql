-- Which version of a bid is the newest?
-- parameter bid_id VARCHAR: the bid
-- column version_number INTEGER: from 1; NULL where there is no such bid
SELECT max(version_number) AS version_number
FROM bid_versions
WHERE bid_id = $bid_id
