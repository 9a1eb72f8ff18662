-- Looks up what each thing that was used cost on each day it was used, by the most particular rate that held.
-- The most particular resource wins, then a rate of the vendor, then one of the territory (one of CA holds in CA-BC too),
-- before one for everybody. The second card prices only what the first has no rate for on any day.
-- parameter rate_card_id VARCHAR: what the result is kept under
-- parameter card_ids VARCHAR[]: the cards to price by, the first before the second
INSERT INTO reckoned_prices
WITH labour_needs AS (
    SELECT DISTINCT
        'labour'                                                   AS subject_kind,
        lower(work_entries.department)                             AS subject,
        lower(work_entries.seniority)                              AS seniority,
        work_entries.vendor,
        coalesce(work_entries.territory, productions.territory)    AS territory,
        productions.hours_per_person_day                           AS hours_in_day,
        work_entries.worked_on                                     AS used_on,
        productions.currency
    FROM work_entries
    JOIN shots ON shots.shot_id = work_entries.shot_id
    JOIN productions ON productions.production_id = shots.production_id
),
-- As a studio writes it, so that "Comp" and "comp" are one department.
departments AS (
    SELECT lower(department) AS subject, min(department) AS department
    FROM (SELECT DISTINCT department FROM work_entries)
    GROUP BY lower(department)
),
used_renders AS (
    SELECT DISTINCT
        hardware_id, lower(engine) AS engine, lower(model) AS model, is_service, territory, used_on, currency,
        generated_seconds > 0 AS is_generated
    FROM renders_to_price
),
needs AS MATERIALIZED (
    SELECT * FROM labour_needs
    UNION ALL
    SELECT DISTINCT 'machine', hardware_id, NULL, NULL, territory, NULL, used_on, currency
    FROM used_renders WHERE NOT is_service
    UNION ALL
    SELECT DISTINCT 'training', hardware_id, NULL, NULL, NULL, NULL, CAST(timezone('UTC', started_at) AS DATE), NULL
    FROM (
        SELECT hardware_id, started_at FROM training_runs
        UNION ALL
        SELECT training_footage.hardware_id, started_at FROM training_footage JOIN training_runs USING (training_run_id)
    )
    UNION ALL
    SELECT DISTINCT 'engine', engine, NULL, NULL, territory, NULL, used_on, currency
    FROM used_renders WHERE engine IS NOT NULL
    UNION ALL
    SELECT DISTINCT 'energy', NULL, NULL, NULL, territory, NULL, used_on, currency
    FROM used_renders
    UNION ALL
    SELECT DISTINCT if(is_service, 'service', 'model'), model, NULL, NULL, territory, NULL, used_on, currency
    FROM used_renders WHERE model IS NOT NULL AND is_generated
),
subjects AS (
    SELECT DISTINCT
        needs.subject_kind, needs.subject, needs.seniority, needs.vendor, needs.territory,
        CASE needs.subject_kind
            WHEN 'machine' THEN hardware.rate_resource
            WHEN 'training' THEN hardware.rate_resource
            WHEN 'labour' THEN concat_ws(':', 'labour', needs.subject, needs.seniority)
            WHEN 'energy' THEN 'energy'
            ELSE concat_ws(':', 'api', replace(needs.subject, ' ', '-'))
        END AS resource,
        hardware.cpu_count,
        hardware.gpu_count,
        string_split_regex(
            lower(if(subject_kind = 'engine', subject, concat_ws(' ', hardware.gpu_model, hardware.cpu_model))), '[^a-z0-9.]+'
        ) AS words
    FROM needs
    LEFT JOIN hardware ON needs.subject_kind IN ('machine', 'training') AND hardware.hardware_id = needs.subject
),
card_rates AS (
    SELECT rates.*, list_position($card_ids::VARCHAR[], rates.rate_card_id) AS card_number,
        string_split(rates.resource, ':') AS resource_words
    FROM rates
    WHERE list_contains($card_ids::VARCHAR[], rates.rate_card_id)
),
matched AS (
    SELECT
        subjects.*,
        CASE resource_words[1]
            WHEN 'labour' THEN 'people'
            WHEN 'uplift' THEN resource_words[2]
            ELSE resource_words[1]
        END AS cost_kind,
        CASE WHEN resource_words[1] = 'licence' THEN resource_words[2] END AS part,
        card_rates.rate_card_id AS from_card_id,
        card_rates.card_number,
        card_rates.rate_number,
        card_rates.resource AS rate_resource,
        length(resource_words) AS particularity,
        card_rates.unit, card_rates.price, card_rates.currency AS rate_currency, card_rates.origin,
        card_rates.vendor AS rate_vendor, card_rates.territory AS rate_territory,
        card_rates.valid_from, card_rates.valid_to
    FROM subjects
    JOIN card_rates ON CASE
        WHEN subjects.subject_kind = 'labour' AND resource_words[1] = 'labour' THEN
            card_rates.unit IN ('hour', 'day')
            AND starts_with(subjects.resource || ':', card_rates.resource || ':')
        WHEN subjects.subject_kind = 'labour' AND resource_words[1] = 'licence' THEN
            card_rates.unit IN ('hour', 'day', 'month')
            AND length(resource_words) = 3 AND resource_words[3] = subjects.subject
        -- Hours that were booked as supervision need no supervision on top.
        WHEN subjects.subject_kind = 'labour' AND card_rates.resource = 'uplift:supervision' THEN
            card_rates.unit = 'share' AND subjects.subject NOT IN ('supervision', 'production')
        WHEN subjects.subject_kind = 'labour' AND card_rates.resource = 'uplift:overhead' THEN
            card_rates.unit = 'share'
        WHEN subjects.subject_kind = 'machine' AND card_rates.resource = 'uplift:idle' THEN
            card_rates.unit = 'share'
        WHEN subjects.subject_kind IN ('machine', 'training') AND resource_words[1] = 'machine' THEN
            card_rates.unit IN ('second', 'hour', 'core_hour', 'day')
            AND (
                card_rates.resource = subjects.resource
                -- machine:gpu:h200 prices a machine:gpu whose model holds the word "h200".
                OR starts_with(card_rates.resource, subjects.resource || ':')
               AND list_has_all(subjects.words, resource_words[length(string_split(subjects.resource, ':')) + 1:])
                -- A machine that says it is a machine:gpu:h200 falls back to the price of a machine:gpu.
                OR starts_with(subjects.resource, card_rates.resource || ':')
            )
        WHEN subjects.subject_kind = 'engine' AND resource_words[1] = 'licence' THEN
            card_rates.unit IN ('hour', 'day', 'month')
            AND length(resource_words) = 2 AND list_contains(subjects.words, resource_words[2])
        WHEN subjects.subject_kind = 'energy' AND resource_words[1] = 'energy' THEN card_rates.unit = 'kwh'
        WHEN subjects.subject_kind IN ('model', 'service') AND resource_words[1] = 'api' THEN
            card_rates.unit IN ('second', 'hour')
            AND starts_with(subjects.resource || ':', card_rates.resource || ':')
        ELSE false
    END
),
offered AS (
    SELECT *
    FROM matched
    QUALIFY card_number = min(card_number) OVER (
        PARTITION BY subject_kind, subject, seniority, cost_kind, part
    )
),
-- What has to have a price: whatever people and machines did, and all else that the card has any rate for.
asked AS (
    SELECT DISTINCT
        subject_kind, subject, seniority, vendor, territory, resource,
        CASE subject_kind WHEN 'labour' THEN 'people' WHEN 'service' THEN 'api' ELSE 'machine' END AS cost_kind,
        CAST(NULL AS VARCHAR) AS part
    FROM subjects
    WHERE subject_kind IN ('labour', 'machine', 'training', 'service')
    UNION
    SELECT
        subject_kind, subject, seniority, vendor, territory,
        CASE cost_kind WHEN 'licence' THEN rate_resource WHEN 'energy' THEN 'energy' ELSE resource END, cost_kind, part
    FROM offered
    WHERE cost_kind IN ('licence', 'energy', 'api')
),
found AS (
    SELECT
        needs.*, asked.cost_kind, asked.part, asked.resource,
        offered.from_card_id, offered.rate_number, offered.rate_resource, offered.unit, offered.price,
        offered.rate_currency, offered.origin, offered.cpu_count, offered.gpu_count
    FROM needs
    JOIN asked
      ON asked.subject_kind = needs.subject_kind
     AND asked.subject IS NOT DISTINCT FROM needs.subject
     AND asked.seniority IS NOT DISTINCT FROM needs.seniority
     AND asked.vendor IS NOT DISTINCT FROM needs.vendor
     AND asked.territory IS NOT DISTINCT FROM needs.territory
    LEFT JOIN offered
      ON offered.subject_kind = needs.subject_kind
     AND offered.subject IS NOT DISTINCT FROM needs.subject
     AND offered.seniority IS NOT DISTINCT FROM needs.seniority
     AND offered.vendor IS NOT DISTINCT FROM needs.vendor
     AND offered.territory IS NOT DISTINCT FROM needs.territory
     AND offered.cost_kind = asked.cost_kind
     AND offered.part IS NOT DISTINCT FROM asked.part
     AND needs.used_on >= offered.valid_from
     AND (offered.valid_to IS NULL OR needs.used_on < offered.valid_to)
     AND (offered.rate_vendor IS NULL OR offered.rate_vendor = needs.vendor)
     AND (
         offered.rate_territory IS NULL
         OR offered.rate_territory = needs.territory
         OR starts_with(needs.territory, offered.rate_territory || '-')
     )
    QUALIFY row_number() OVER (
        PARTITION BY
            needs.subject_kind, needs.subject, needs.seniority, needs.vendor, needs.territory, needs.hours_in_day,
            needs.used_on, needs.currency, asked.cost_kind, asked.part
        ORDER BY
            offered.particularity DESC NULLS LAST,
            offered.rate_vendor IS NULL,
            length(offered.rate_territory) DESC NULLS LAST,
            offered.valid_from DESC,
            offered.rate_resource,
            offered.rate_number
    ) = 1
),
exchanged AS (
    SELECT
        found.* REPLACE (coalesce(found.currency, found.rate_currency) AS currency),
        if(found.rate_currency = coalesce(found.currency, found.rate_currency), 1, coalesce(direct.rate, inverse.rate)) AS exchange_rate,
        if(found.rate_currency = coalesce(found.currency, found.rate_currency), NULL, coalesce(direct.origin, inverse.origin)) AS exchange_origin
    FROM found
    ASOF LEFT JOIN (SELECT * FROM exchanges WHERE is_direct) AS direct
      ON direct.from_currency = found.rate_currency
     AND direct.to_currency = found.currency
     AND found.used_on >= direct.valid_from
    ASOF LEFT JOIN (SELECT * FROM exchanges WHERE NOT is_direct) AS inverse
      ON inverse.from_currency = found.rate_currency
     AND inverse.to_currency = found.currency
     AND found.used_on >= inverse.valid_from
),
priced AS (
    SELECT
        exchanged.*,
        CASE
            WHEN subject_kind = 'labour' AND cost_kind = 'people' THEN if(unit = 'day', CAST(hours_in_day AS DOUBLE), 1)
            WHEN subject_kind = 'labour' THEN CASE unit WHEN 'month' THEN 2080 / 12 WHEN 'day' THEN 8 ELSE 1 END
            WHEN subject_kind IN ('machine', 'training') THEN
                CASE unit WHEN 'second' THEN 1 WHEN 'day' THEN 86400 ELSE 3600 END / CASE
                    WHEN unit = 'core_hour' THEN cpu_count
                    WHEN starts_with(rate_resource, 'machine:gpu') THEN greatest(gpu_count, 1)
                    ELSE 1
                END
            WHEN subject_kind = 'engine' THEN
                3600 * CASE unit WHEN 'month' THEN 2080 / 12 WHEN 'day' THEN 8 ELSE 1 END
            WHEN subject_kind = 'energy' THEN 3600000
            WHEN unit = 'hour' THEN 3600
            ELSE 1
        END AS fact_per_unit,
        CAST(price * exchange_rate AS DECIMAL(38, 12)) AS unit_price,
        CASE WHEN rate_number IS NOT NULL THEN weaker(origin, exchange_origin) END AS rate_origin,
        CASE
            WHEN rate_number IS NULL AND subject_kind = 'labour' AND cost_kind = 'people' THEN 'labour:' || subject
            WHEN rate_number IS NULL THEN coalesce(resource, 'machine ' || subject, 'a machine that nobody named')
            WHEN exchange_rate IS NULL THEN rate_currency || ' to ' || currency
            WHEN fact_per_unit IS NULL THEN resource || ' by the core-hour, on a machine whose processors nobody counted'
        END AS missing
    FROM exchanged
),
-- An uplift is a share of what the hours or the machine cost: where that is not known, neither is the uplift.
uplifted AS (
    SELECT
        priced.* REPLACE (
            offered.cost_kind AS cost_kind,
            offered.from_card_id AS from_card_id,
            offered.rate_number AS rate_number,
            CAST(priced.unit_price * offered.price AS DECIMAL(38, 12)) AS unit_price,
            weaker(priced.rate_origin, offered.origin) AS rate_origin
        )
    FROM priced
    JOIN offered
      ON offered.subject_kind = priced.subject_kind
     AND offered.subject IS NOT DISTINCT FROM priced.subject
     AND offered.seniority IS NOT DISTINCT FROM priced.seniority
     AND offered.vendor IS NOT DISTINCT FROM priced.vendor
     AND offered.territory IS NOT DISTINCT FROM priced.territory
     AND offered.unit = 'share'
     AND priced.used_on >= offered.valid_from
     AND (offered.valid_to IS NULL OR priced.used_on < offered.valid_to)
     AND (offered.rate_vendor IS NULL OR offered.rate_vendor = priced.vendor)
     AND (
         offered.rate_territory IS NULL
         OR offered.rate_territory = priced.territory
         OR starts_with(priced.territory, offered.rate_territory || '-')
     )
    WHERE priced.cost_kind IN ('people', 'machine') AND priced.missing IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY
            priced.subject_kind, priced.subject, priced.seniority, priced.vendor, priced.territory, priced.hours_in_day,
            priced.used_on, priced.currency, offered.cost_kind
        ORDER BY offered.rate_vendor IS NULL, length(offered.rate_territory) DESC NULLS LAST, offered.valid_from DESC
    ) = 1
),
named AS (
    SELECT
        every.* EXCLUDE (part, unit_price),
        coalesce(every.part, departments.department)   AS part,
        if(missing IS NULL, unit_price, NULL)          AS unit_price
    FROM (SELECT * FROM priced UNION ALL SELECT * FROM uplifted) AS every
    LEFT JOIN departments ON every.subject_kind = 'labour' AND departments.subject = every.subject
)
SELECT
    $rate_card_id, hash(cost_kind, part, territory, vendor, currency, rate_origin, missing), cost_kind, subject_kind,
    subject, seniority, vendor, territory, hours_in_day, used_on, currency, part, from_card_id, rate_number, fact_per_unit,
    unit_price, rate_origin, missing
FROM named;
