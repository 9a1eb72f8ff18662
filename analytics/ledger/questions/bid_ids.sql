-- Which bids are there?
-- column bid_id VARCHAR: the bid
SELECT bid_id
FROM bids
ORDER BY bid_id
