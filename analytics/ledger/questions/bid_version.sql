-- What does a version of a bid say?
-- parameter bid_id VARCHAR: the bid
-- parameter version_number INTEGER: of the bid
-- column snapshot VARCHAR: JSON of the whole version
-- column price_book VARCHAR: JSON of the prices it was made with
SELECT snapshot, price_book
FROM bid_versions
WHERE bid_id = $bid_id AND version_number = $version_number;
