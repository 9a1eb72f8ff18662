-- Writes down which rate cards the ledger is priced by from now on, unless they are already.
-- parameter card_ids VARCHAR[]: in their order
-- parameter adopted_at TIMESTAMPTZ: instant in UTC
-- parameter adopted_by VARCHAR: who chose; empty where nobody signs in
-- parameter note VARCHAR: why
INSERT INTO rate_card_adoptions
SELECT coalesce(max(adoption_number), 0) + 1, $card_ids, $adopted_at, $adopted_by, $note
FROM rate_card_adoptions
HAVING arg_max(card_ids, adoption_number) IS DISTINCT FROM $card_ids::VARCHAR[];
