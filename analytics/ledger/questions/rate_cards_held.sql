-- Which rate cards does the ledger hold?
-- column rate_card_id VARCHAR: the card
-- column name VARCHAR: as its author calls it
-- column currency VARCHAR: ISO 4217
-- column rate_count BIGINT: rates on it
-- column first_day DATE: first day on which one of them holds
SELECT cards.rate_card_id, cards.name, cards.currency, count(rates.rate_number) AS rate_count, min(rates.valid_from) AS first_day
FROM rate_cards AS cards
LEFT JOIN rates ON rates.rate_card_id = cards.rate_card_id
GROUP BY cards.rate_card_id, cards.name, cards.currency
ORDER BY cards.rate_card_id;
