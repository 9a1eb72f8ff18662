-- Which rates does a card hold?
-- parameter rate_card_id VARCHAR: the card
-- column rate_number INTEGER: from 1, in the order they were recorded
-- column resource VARCHAR: from general to particular, parted by colons
-- column unit VARCHAR: what the price is for
-- column price DECIMAL(18, 6): of one unit
-- column currency VARCHAR: ISO 4217
-- column valid_from DATE: first day it holds
-- column valid_to DATE: first day it no longer holds
-- column source VARCHAR: who says so
-- column origin VARCHAR: measured, imported, assumed or synthetic
-- column territory VARCHAR: NULL where it holds everywhere
-- column vendor VARCHAR: NULL where it holds for everybody
SELECT
    rate_number,
    resource,
    unit,
    price,
    currency,
    valid_from,
    valid_to,
    source,
    origin,
    territory,
    vendor
FROM rates
WHERE rate_card_id = $rate_card_id
ORDER BY rate_number;
