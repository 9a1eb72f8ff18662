-- What was billed for a shot?
-- parameter shot_id VARCHAR: the shot
-- column charge_id VARCHAR: the charge
-- column workflow VARCHAR: traditional, ai or hybrid; NULL where the bill names none
-- column category VARCHAR: compute, licence, api, storage, consent, review or other
-- column charged_on DATE: day of the bill
-- column amount DECIMAL(18, 6): as billed; negative for a credit note
-- column currency VARCHAR: ISO 4217
-- column origin VARCHAR: of the amount
SELECT
    charge_id,
    workflow,
    category,
    charged_on,
    amount,
    currency,
    origin
FROM charges
WHERE shot_id = $shot_id
ORDER BY charged_on, charge_id;
