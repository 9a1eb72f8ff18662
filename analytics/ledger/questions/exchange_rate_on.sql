-- What does one currency buy of another on a day, by the ledger's rates, straight or turned round?
-- parameter from_currency VARCHAR: ISO 4217
-- parameter to_currency VARCHAR: ISO 4217
-- parameter on_day DATE: the day
-- column rate DECIMAL(38, 18): what one unit of from_currency buys of to_currency
-- column valid_from DATE: first day of the rate
SELECT rate, valid_from
FROM exchanges
WHERE from_currency = $from_currency AND to_currency = $to_currency AND valid_from <= $on_day
ORDER BY is_direct DESC, valid_from DESC
LIMIT 1;
