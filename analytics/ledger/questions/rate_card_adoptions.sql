-- Which rate cards was the ledger priced by, and who chose them? The latest first.
-- column adoption_number INTEGER: from 1
-- column card_ids VARCHAR[]: in their order
-- column adopted_at TIMESTAMPTZ: instant in UTC
-- column adopted_by VARCHAR: empty where nobody signs in
-- column note VARCHAR: why
SELECT adoption_number, card_ids, adopted_at, adopted_by, note
FROM rate_card_adoptions
ORDER BY adoption_number DESC;
