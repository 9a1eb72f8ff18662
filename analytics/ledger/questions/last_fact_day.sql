-- Up to which day is anything known? Ask after shots were reckoned.
-- column last_fact_on DATE: of work, a render, a charge or a review; NULL where there is none
SELECT max(last_fact_on) AS last_fact_on
FROM reckoned_shots;
