-- Which rates of which cards went into a reckoning of costs?
-- parameter rate_card_id VARCHAR: what the costs were reckoned under
-- column from_card_id VARCHAR: the card that holds the rate
-- column resource VARCHAR: what it prices
SELECT DISTINCT rates.rate_card_id AS from_card_id, rates.resource
FROM reckoned_prices AS prices
JOIN rates ON rates.rate_card_id = prices.from_card_id AND rates.rate_number = prices.rate_number
WHERE prices.rate_card_id = $rate_card_id
ORDER BY from_card_id, resource;
