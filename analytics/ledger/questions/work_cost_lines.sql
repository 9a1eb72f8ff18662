-- What did people's hours on a shot cost, by the rate that held on the day they were worked?
-- The most particular rate wins: labour:comp:senior, labour:comp, labour; then one of the vendor and of the territory
-- (the entry's own, or its production's) before one for everybody. Hours without a rate stay in the answer with empty
-- amount and cost.
-- parameter shot_id VARCHAR: the shot
-- parameter rate_card_id VARCHAR: the card to price by
-- column work_entry_id VARCHAR: the work entry
-- column workflow VARCHAR: traditional, ai or hybrid; NULL where the entry names none
-- column department VARCHAR: as the studio calls it
-- column worked_on DATE: day of the work
-- column people_hours DOUBLE: the fact, hours of touch time
-- column fact_origin VARCHAR: of the hours
-- column source VARCHAR: who logged it or which template it is from
-- column rate_resource VARCHAR: the most particular resource that was looked for
-- column amount DECIMAL(24, 12): people_hours in the unit of the rate
-- column rate_number INTEGER: of the rate in its card; NULL where there is none
-- column cost DECIMAL(38, 18): amount times price in the currency of the card, not rounded
WITH worked AS (
    SELECT
        work_entries.*,
        lower(work_entries.department)                                AS labour_department,
        lower(work_entries.seniority)                                 AS labour_seniority,
        coalesce(work_entries.territory, productions.territory)       AS paid_in,
        coalesce(productions.hours_per_person_day, 8)                 AS hours_per_person_day
    FROM work_entries
    LEFT JOIN shots USING (shot_id)
    LEFT JOIN productions USING (production_id)
    WHERE work_entries.shot_id = $shot_id
),
-- A million entries share a few hundred kinds of labour and days: the rate is looked up once for each of those.
labour_days AS (
    SELECT DISTINCT labour_department, labour_seniority, vendor, paid_in, worked_on
    FROM worked
),
rates_in_force AS (
    SELECT labour_days.*, rates.rate_number, rates.unit, rates.price
    FROM labour_days
    JOIN rates
      ON rates.rate_card_id = $rate_card_id
     AND rates.unit IN ('hour', 'day')
     AND labour_days.worked_on >= rates.valid_from
     AND (rates.valid_to IS NULL OR labour_days.worked_on < rates.valid_to)
     AND (rates.vendor IS NULL OR rates.vendor = labour_days.vendor)
     AND (rates.territory IS NULL OR rates.territory = labour_days.paid_in)
     AND rates.resource IN (
         'labour',
         'labour:' || labour_days.labour_department,
         'labour:' || labour_days.labour_department || ':' || labour_days.labour_seniority
     )
    QUALIFY row_number() OVER (
        PARTITION BY
            labour_days.labour_department,
            labour_days.labour_seniority,
            labour_days.vendor,
            labour_days.paid_in,
            labour_days.worked_on
        ORDER BY
            length(string_split(rates.resource, ':')) DESC,
            rates.vendor IS NULL,
            rates.territory IS NULL,
            rates.valid_from DESC
    ) = 1
)
SELECT
    worked.work_entry_id,
    worked.workflow,
    worked.department,
    worked.worked_on,
    worked.people_hours,
    worked.origin                                                                       AS fact_origin,
    worked.source,
    concat_ws(':', 'labour', worked.labour_department, worked.labour_seniority)         AS rate_resource,
    CAST(
        CASE in_force.unit
            WHEN 'hour' THEN worked.people_hours
            WHEN 'day' THEN worked.people_hours / worked.hours_per_person_day
        END AS DECIMAL(24, 12)
    )                                                                                   AS amount,
    in_force.rate_number,
    amount * in_force.price                                                         AS cost
FROM worked
LEFT JOIN rates_in_force AS in_force
  ON in_force.labour_department = worked.labour_department
 AND in_force.labour_seniority IS NOT DISTINCT FROM worked.labour_seniority
 AND in_force.vendor IS NOT DISTINCT FROM worked.vendor
 AND in_force.paid_in IS NOT DISTINCT FROM worked.paid_in
 AND in_force.worked_on = worked.worked_on
ORDER BY worked.worked_on, worked.work_entry_id;
