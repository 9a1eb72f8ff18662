-- Money from facts: what each fact costs by a rate card, line by line, and what was reckoned from that and is asked often.

-- An uplift is a share of other costs. DuckDB cannot change a CHECK in place, so the table is made again.
CREATE TABLE rates_with_shares (
    rate_card_id    VARCHAR,
    rate_number     INTEGER CHECK (rate_number > 0),
    resource        VARCHAR NOT NULL,
    unit            VARCHAR NOT NULL CHECK (unit IN ('second', 'hour', 'core_hour', 'day', 'month', 'kwh', 'share')),
    price           DECIMAL(18, 6) NOT NULL CHECK (price >= 0),
    currency        VARCHAR NOT NULL CHECK (regexp_full_match(currency, '[A-Z]{3}')),
    territory       VARCHAR,
    vendor          VARCHAR,
    valid_from      DATE NOT NULL,
    valid_to        DATE,
    source          VARCHAR,
    origin          VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR,
    PRIMARY KEY (rate_card_id, rate_number),
    CHECK (valid_to > valid_from)
);
INSERT INTO rates_with_shares BY NAME SELECT * FROM rates ORDER BY rate_card_id, rate_number;
DROP TABLE rates;
ALTER TABLE rates_with_shares RENAME TO rates;
COMMENT ON COLUMN rates.resource IS 'From general to particular: labour:comp:senior, machine:gpu:h200, energy.';
COMMENT ON COLUMN rates.price IS 'For one unit, in the currency beside it; of a share: 0.15 for 15 percent.';
COMMENT ON COLUMN rates.valid_to IS 'First day on which it no longer holds; NULL while it does.';

-- Millions of costs name their shot by a number. Shots of one production stand side by side, so that a question about it
-- reads a few stretches of the costs: DuckDB keeps the smallest and largest number of every 8,192 rows.
CREATE TABLE reckoned_shot_numbers (
    shot_number   INTEGER NOT NULL,
    slice_number  INTEGER NOT NULL,
    shot_id       VARCHAR NOT NULL,
    production_id VARCHAR NOT NULL,
    sequence      VARCHAR,
    arm           VARCHAR,
    is_synthetic  BOOLEAN NOT NULL
);
COMMENT ON COLUMN reckoned_shot_numbers.slice_number IS 'The same for shots of one production, sequence and arm, and of one kind of origin.';

-- What a unit of each thing costs on each day on which it was used, in the currency of the production that used it.
CREATE TABLE reckoned_prices (
    rate_card_id   VARCHAR NOT NULL,
    price_group    UBIGINT NOT NULL,
    cost_kind      VARCHAR NOT NULL,
    subject_kind   VARCHAR NOT NULL CHECK (subject_kind IN ('labour', 'machine', 'engine', 'energy', 'model', 'service', 'training')),
    subject        VARCHAR,
    seniority      VARCHAR,
    vendor         VARCHAR,
    territory      VARCHAR,
    hours_in_day   DECIMAL(4, 2),
    used_on        DATE,
    currency       VARCHAR,
    part           VARCHAR,
    from_card_id   VARCHAR,
    rate_number    INTEGER,
    fact_per_unit  DOUBLE,
    unit_price     DECIMAL(38, 12),
    rate_origin    VARCHAR,
    missing        VARCHAR
);
COMMENT ON COLUMN reckoned_prices.price_group IS 'The same for prices that differ in rate and day alone: one number to add costs up by. See reckoned_cost_groups.';
COMMENT ON COLUMN reckoned_prices.subject IS 'Department, hardware_id, engine or model, in lower case where it was written by a person.';
COMMENT ON COLUMN reckoned_prices.part IS 'Department or name of a licence; NULL: what the fact says, such as the stage.';
COMMENT ON COLUMN reckoned_prices.from_card_id IS 'The card that holds the rate; a reckoning may use a second one for what the first lacks.';
COMMENT ON COLUMN reckoned_prices.fact_per_unit IS 'How much of the fact (hours, seconds, joules) makes one unit of the rate.';
COMMENT ON COLUMN reckoned_prices.unit_price IS 'In the currency beside it, by the exchange rate of the day; NULL: missing says what is not known.';
COMMENT ON COLUMN reckoned_prices.rate_origin IS 'The weakest of the rate, the exchange rate and, for an uplift, the rate it is a share of.';
COMMENT ON COLUMN reckoned_prices.missing IS 'The resource without a rate on that day, or an exchange such as "USD to CAD".';

-- Exchange rates both ways: where nobody wrote down CAD to USD, the inverse of USD to CAD serves.
CREATE VIEW exchanges AS
SELECT from_currency, to_currency, valid_from, CAST(rate AS DECIMAL(38, 18)) AS rate, origin, true AS is_direct
FROM fx_rates
UNION ALL
SELECT to_currency, from_currency, valid_from, CAST(1 / rate AS DECIMAL(38, 18)), origin, false
FROM fx_rates;

-- How sure a sum is: as its weakest part.
CREATE MACRO weaker(one, other) AS CASE
    WHEN one = 'synthetic' OR other = 'synthetic' THEN 'synthetic'
    WHEN one = 'assumed' OR other = 'assumed' THEN 'assumed'
    WHEN one = 'imported' OR other = 'imported' THEN 'imported'
    ELSE coalesce(one, other)
END;

-- A product of two numbers of 12 decimals, rounded to 12 and not negative. DuckDB takes 3 microseconds to cut a decimal of
-- this size short, three times as long as all else about a fact. So the product of two floats comes first, and then what
-- it lacks of the exact one, which is small enough to be rounded as a float; a nudge of half of the 24th decimal decides
-- ties upwards. Beyond a million such a float would be too coarse.
CREATE MACRO near_product(one, other) AS CAST(CAST(one AS DOUBLE) * CAST(other AS DOUBLE) AS DECIMAL(18, 12));
CREATE MACRO exact_product(one, other) AS CASE
    WHEN CAST(one AS DOUBLE) * CAST(other AS DOUBLE) < 1000000 THEN CAST(
        near_product(one, other)
        + CAST(CAST(one * other - near_product(one, other) AS DOUBLE) + 5e-25 AS DECIMAL(18, 12)) AS DECIMAL(38, 12)
    )
    ELSE CAST(one * other AS DECIMAL(38, 12))
END;

-- Which renders are a shot's own, on which day they count and what they were made with. One that doesn't say when it
-- began counts on the day its shot was final, else on the day it began.
CREATE VIEW renders_to_price AS
SELECT
    renders.*,
    shots.production_id,
    productions.territory,
    productions.currency,
    coalesce(
        CAST(timezone('UTC', renders.started_at) AS DATE), shots.final_on, shots.turnover_on, productions.started_on
    )                                                                              AS used_on,
    -- A generator behind an interface bills seconds of footage; what its machines took is in its price.
    renders.hardware_id IS NULL AND renders.model IS NOT NULL AND coalesce(renders.generated_seconds > 0, false) AS is_service
FROM renders
JOIN shots USING (shot_id)
JOIN productions USING (production_id)
WHERE renders.purpose = 'shot';

-- Every work entry with each of its prices: the hours, the uplifts on them and the licences of the department.
CREATE VIEW priced_work_entries AS
SELECT
    prices.rate_card_id,
    prices.price_group,
    shots.production_id,
    shots.shot_number,
    entries.shot_id,
    entries.workflow_in_force                                                    AS workflow,
    prices.cost_kind,
    prices.part,
    prices.territory,
    entries.vendor,
    entries.work_entry_id                                                        AS fact_id,
    entries.worked_on                                                            AS used_on,
    entries.people_hours                                                         AS fact_amount,
    'people_hours'                                                               AS fact_unit,
    entries.origin                                                               AS fact_origin,
    prices.from_card_id,
    prices.rate_number,
    CAST(entries.people_hours / prices.fact_per_unit AS DECIMAL(24, 12))         AS amount,
    prices.currency,
    exact_product(amount, prices.unit_price) AS cost,
    prices.rate_origin,
    prices.missing
FROM work_entries_in_force AS entries
-- Each entry has both; but from an inner join DuckDB would go on to the prices before it knows the territory.
LEFT JOIN reckoned_shot_numbers AS shots ON shots.shot_id = entries.shot_id
LEFT JOIN productions ON productions.production_id = shots.production_id
JOIN reckoned_prices AS prices
  ON prices.subject_kind = 'labour'
 AND prices.subject = lower(entries.department)
 AND prices.seniority IS NOT DISTINCT FROM lower(entries.seniority)
 AND prices.vendor IS NOT DISTINCT FROM entries.vendor
 AND prices.territory IS NOT DISTINCT FROM coalesce(entries.territory, productions.territory)
 AND prices.hours_in_day = productions.hours_per_person_day
 AND prices.used_on = entries.worked_on
 AND prices.currency = productions.currency;

-- Every render of a shot with each of its prices: stages on a machine and the idle time they carry, energy where the
-- card prices it apart, licences of the engine, seconds of footage.
CREATE VIEW priced_renders AS
WITH staged AS (
    SELECT
        renders.*,
        coalesce(stages.name, 'whole render')               AS stage,
        coalesce(stages.wall_seconds, renders.wall_seconds) AS stage_seconds,
        coalesce(stages.origin, renders.origin)             AS stage_origin
    FROM renders_to_price AS renders
    LEFT JOIN stages ON stages.render_id = renders.render_id AND stages.render_started_at = renders.started_at
    -- A plate stands for what a camera on a set recorded.
    WHERE stages.name IS DISTINCT FROM 'plate'
      AND NOT renders.is_service
      AND (stages.render_id IS NOT NULL OR renders.wall_seconds > 0)
),
used AS (
    SELECT
        'machine' AS subject_kind, hardware_id AS subject, render_id, production_id, shot_id, workflow, stage AS part,
        territory, currency, used_on, stage_seconds AS fact_amount, 'wall_seconds' AS fact_unit, stage_origin AS fact_origin
    FROM staged
    UNION ALL
    SELECT
        'engine', lower(engine), render_id, production_id, shot_id, workflow, NULL, territory, currency, used_on,
        wall_seconds, 'wall_seconds', origin
    FROM renders_to_price
    WHERE engine IS NOT NULL AND wall_seconds > 0
    UNION ALL
    SELECT
        'energy', NULL, renders.render_id, production_id, shot_id, workflow, 'energy', territory, currency, used_on,
        totals.energy_joules, 'energy_joules', totals.energy_origin
    FROM renders_to_price AS renders
    JOIN render_totals AS totals ON totals.render_id = renders.render_id
    WHERE totals.energy_joules > 0
    UNION ALL
    SELECT
        if(is_service, 'service', 'model'), lower(model), render_id, production_id, shot_id, workflow, model, territory,
        currency, used_on, generated_seconds, 'generated_seconds', origin
    FROM renders_to_price
    WHERE model IS NOT NULL AND generated_seconds > 0
)
SELECT
    prices.rate_card_id,
    prices.price_group,
    used.production_id,
    used.shot_id,
    used.workflow,
    prices.cost_kind,
    coalesce(prices.part, used.part)                                  AS part,
    used.territory,
    CAST(NULL AS VARCHAR)                                             AS vendor,
    used.render_id                                                    AS fact_id,
    used.used_on,
    used.fact_amount,
    used.fact_unit,
    used.fact_origin,
    prices.from_card_id,
    prices.rate_number,
    CAST(used.fact_amount / prices.fact_per_unit AS DECIMAL(24, 12))  AS amount,
    prices.currency,
    exact_product(amount, prices.unit_price) AS cost,
    prices.rate_origin,
    prices.missing
FROM used
JOIN reckoned_prices AS prices
  ON prices.subject_kind = used.subject_kind
 AND prices.subject IS NOT DISTINCT FROM used.subject
 AND prices.territory IS NOT DISTINCT FROM used.territory
 AND prices.used_on IS NOT DISTINCT FROM used.used_on
 AND prices.currency = used.currency;

-- What was billed, in the currency of the production. No rate card has a part in it. What names no shot is shared by all.
CREATE VIEW priced_charges AS
WITH billed AS (
    SELECT
        charges.* EXCLUDE (currency),
        charges.currency     AS billed_currency,
        productions.currency AS currency,
        productions.territory
    FROM charges_in_force AS charges
    JOIN productions ON productions.production_id = charges.production_id
),
exchanged AS (
    SELECT
        billed.*,
        CASE
            WHEN billed_currency = currency THEN CAST(amount AS DECIMAL(38, 12))
            ELSE CAST(amount * coalesce(direct.rate, inverse.rate) AS DECIMAL(38, 12))
        END AS cost,
        if(billed_currency = currency, NULL, coalesce(direct.origin, inverse.origin)) AS rate_origin
    FROM billed
    ASOF LEFT JOIN (SELECT * FROM exchanges WHERE is_direct) AS direct
      ON direct.from_currency = billed_currency AND direct.to_currency = currency AND charged_on >= direct.valid_from
    ASOF LEFT JOIN (SELECT * FROM exchanges WHERE NOT is_direct) AS inverse
      ON inverse.from_currency = billed_currency AND inverse.to_currency = currency AND charged_on >= inverse.valid_from
)
SELECT
    production_id,
    shot_id,
    workflow_in_force                                                        AS workflow,
    if(shot_id IS NULL, 'shared', 'billed')                                  AS cost_kind,
    category                                                                 AS part,
    territory,
    CAST(NULL AS VARCHAR)                                                    AS vendor,
    charge_id                                                                AS fact_id,
    charged_on                                                               AS used_on,
    CAST(amount AS DOUBLE)                                                   AS fact_amount,
    billed_currency                                                          AS fact_unit,
    origin                                                                   AS fact_origin,
    CAST(amount AS DECIMAL(24, 12))                                          AS amount,
    currency,
    cost,
    rate_origin,
    if(cost IS NULL, billed_currency || ' to ' || currency, NULL)            AS missing,
    hash(cost_kind, part, territory, vendor, currency, rate_origin, missing) AS price_group
FROM exchanged;

-- What models took to be trained, with the footage made for it. No production pays it, and it keeps the rate's currency.
CREATE VIEW priced_training AS
WITH trained AS (
    SELECT training_run_id, model, started_at, hardware_id, wall_seconds, origin
    FROM training_runs
    UNION ALL
    SELECT training_run_id, model, started_at, footage.hardware_id, footage.wall_seconds, footage.origin
    FROM training_footage AS footage
    JOIN training_runs AS runs USING (training_run_id)
)
SELECT
    prices.rate_card_id,
    prices.price_group,
    trained.model                                                       AS part,
    trained.training_run_id                                             AS fact_id,
    prices.used_on,
    trained.wall_seconds                                                AS fact_amount,
    'wall_seconds'                                                      AS fact_unit,
    trained.origin                                                      AS fact_origin,
    prices.from_card_id,
    prices.rate_number,
    CAST(trained.wall_seconds / prices.fact_per_unit AS DECIMAL(24, 12)) AS amount,
    prices.currency,
    exact_product(amount, prices.unit_price) AS cost,
    prices.rate_origin,
    prices.missing
FROM trained
JOIN reckoned_prices AS prices
  ON prices.subject_kind = 'training'
 AND prices.subject = trained.hardware_id
 AND prices.used_on = CAST(timezone('UTC', trained.started_at) AS DATE);

-- Costs of one shot and cost group in one month. Millions of rows are kept narrow; the group holds all their words. A row
-- is either priced as a whole or, where its group says what is missing, not at all.
CREATE TABLE reckoned_costs (
    rate_card_id  VARCHAR NOT NULL,
    shot_number   INTEGER,
    production_id VARCHAR,
    group_number  INTEGER NOT NULL,
    month         DATE,
    cost          DECIMAL(38, 12),
    line_count    BIGINT NOT NULL,
    first_day     DATE,
    last_day      DATE,
    fact_amount   DOUBLE
);
COMMENT ON COLUMN reckoned_costs.shot_number IS 'NULL: of a production as a whole, and no shot to share it.';
COMMENT ON COLUMN reckoned_costs.production_id IS 'Only where there is no shot; NULL there too: training of a model, which is no production''s.';
COMMENT ON COLUMN reckoned_costs.month IS 'First day of the month of the facts; NULL for shared costs.';
COMMENT ON COLUMN reckoned_costs.cost IS 'In the currency of the group, not rounded to its cents; NULL: the price is missing.';
COMMENT ON COLUMN reckoned_costs.first_day IS 'Of the facts, with the last day and their amount, only where the price is missing.';

CREATE TABLE reckoned_cost_groups (
    rate_card_id VARCHAR NOT NULL,
    group_number INTEGER NOT NULL,
    cost_group   UBIGINT NOT NULL,
    cost_kind    VARCHAR NOT NULL,
    part         VARCHAR,
    territory    VARCHAR,
    vendor       VARCHAR,
    currency     VARCHAR NOT NULL,
    workflow     VARCHAR,
    fact_origin  VARCHAR NOT NULL,
    rate_origin  VARCHAR,
    missing      VARCHAR,
    fact_unit    VARCHAR
);
COMMENT ON TABLE reckoned_cost_groups IS 'Whatever facts and prices may have in common that are added up together.';
COMMENT ON COLUMN reckoned_cost_groups.cost_group IS 'See the macro cost_group.';
COMMENT ON COLUMN reckoned_cost_groups.cost_kind IS 'people, machine, energy, licence, api, supervision, overhead, idle, billed, training; shared: a bill of the production, spread over its shots.';
COMMENT ON COLUMN reckoned_cost_groups.part IS 'Department, stage, licence, model or category of a bill.';
COMMENT ON COLUMN reckoned_cost_groups.workflow IS 'The workflow in force for the fact.';
COMMENT ON COLUMN reckoned_cost_groups.fact_unit IS 'Only where the price is missing.';

CREATE MACRO cost_group(price_group, workflow, stage, fact_origin, missing, fact_unit) AS
    hash(price_group, workflow, stage, fact_origin, if(missing IS NULL, NULL, fact_unit));

-- `arm` is the workflow that the shot counts in, whichever did the work.
CREATE VIEW reckoned_cost_cells AS
SELECT
    costs.rate_card_id,
    coalesce(shots.production_id, costs.production_id)             AS production_id,
    shots.shot_id,
    shots.arm,
    coalesce(shots.is_synthetic, false) OR groups.fact_origin = 'synthetic' AS is_synthetic,
    groups.workflow,
    groups.cost_kind,
    groups.part,
    groups.territory,
    groups.vendor,
    costs.month,
    groups.currency,
    costs.cost,
    costs.line_count,
    groups.fact_origin,
    groups.rate_origin,
    groups.missing
FROM reckoned_costs AS costs
JOIN reckoned_cost_groups AS groups
  ON groups.rate_card_id = costs.rate_card_id AND groups.group_number = costs.group_number
LEFT JOIN reckoned_shot_numbers AS shots ON shots.shot_number = costs.shot_number;

-- The same by sequence, by production, and by production and month: questions on a whole slate read a few rows. `origin` is
-- the weakest of fact, rate and exchange.
CREATE TABLE reckoned_sequence_costs (
    rate_card_id  VARCHAR NOT NULL,
    production_id VARCHAR,
    sequence      VARCHAR,
    is_synthetic  BOOLEAN NOT NULL,
    cost_kind     VARCHAR NOT NULL,
    origin        VARCHAR NOT NULL,
    currency      VARCHAR NOT NULL,
    cost          DECIMAL(38, 12),
    line_count    BIGINT NOT NULL,
    missing_count BIGINT NOT NULL
);
CREATE TABLE reckoned_production_costs (
    rate_card_id  VARCHAR NOT NULL,
    production_id VARCHAR,
    arm           VARCHAR,
    is_synthetic  BOOLEAN NOT NULL,
    workflow      VARCHAR,
    cost_kind     VARCHAR NOT NULL,
    part          VARCHAR,
    origin        VARCHAR NOT NULL,
    currency      VARCHAR NOT NULL,
    cost          DECIMAL(38, 12),
    line_count    BIGINT NOT NULL,
    missing_count BIGINT NOT NULL
);
CREATE TABLE reckoned_monthly_costs (
    rate_card_id  VARCHAR NOT NULL,
    production_id VARCHAR,
    month         DATE,
    arm           VARCHAR,
    is_synthetic  BOOLEAN NOT NULL,
    workflow      VARCHAR,
    cost_kind     VARCHAR NOT NULL,
    part          VARCHAR,
    origin        VARCHAR NOT NULL,
    currency      VARCHAR NOT NULL,
    cost          DECIMAL(38, 12),
    line_count    BIGINT NOT NULL,
    missing_count BIGINT NOT NULL
);

-- What each shot cost, by the workflow that did the work and by kind.
CREATE TABLE reckoned_shot_costs (
    rate_card_id              VARCHAR NOT NULL,
    production_id             VARCHAR NOT NULL,
    sequence                  VARCHAR,
    shot_id                   VARCHAR NOT NULL,
    arm                       VARCHAR,
    is_synthetic              BOOLEAN NOT NULL,
    currency                  VARCHAR NOT NULL,
    cost                      DECIMAL(38, 12) NOT NULL,
    cost_ai                   DECIMAL(38, 12),
    cost_traditional          DECIMAL(38, 12),
    people_cost               DECIMAL(38, 12) NOT NULL,
    machine_cost              DECIMAL(38, 12) NOT NULL,
    weakest_origin            VARCHAR NOT NULL,
    line_count                BIGINT NOT NULL,
    missing_count             BIGINT NOT NULL,
    missing_count_ai          BIGINT NOT NULL,
    missing_count_traditional BIGINT NOT NULL
);
COMMENT ON COLUMN reckoned_shot_costs.cost IS 'Of the facts that have a price; missing_count says how many have none.';
COMMENT ON COLUMN reckoned_shot_costs.cost_ai IS 'NULL where no fact is of that workflow.';
COMMENT ON COLUMN reckoned_shot_costs.people_cost IS 'Hours with supervision and overhead.';
COMMENT ON COLUMN reckoned_shot_costs.machine_cost IS 'Machines with their idle time and energy.';

-- What no rate and no exchange was found for.
CREATE TABLE reckoned_missing_prices (
    rate_card_id  VARCHAR NOT NULL,
    production_id VARCHAR,
    is_synthetic  BOOLEAN NOT NULL,
    workflow      VARCHAR,
    missing       VARCHAR NOT NULL,
    first_day     DATE,
    last_day      DATE,
    fact_count    BIGINT NOT NULL,
    fact_amount   DOUBLE,
    fact_unit     VARCHAR NOT NULL
);

-- What one unit of each production's currency is worth in another, at the rate of the last day that anything is known of
-- the production: one rate for the whole of it, so that its parts still add up and compare as they did. What is no
-- production's takes the last rate there is.
CREATE MACRO reporting_rates(reporting_currency) AS TABLE
WITH known AS (
    SELECT production_id, max(last_fact_on) AS last_day FROM reckoned_shots GROUP BY production_id
),
asked AS (
    SELECT productions.production_id, productions.currency, known.last_day
    FROM productions
    LEFT JOIN known ON known.production_id = productions.production_id
    UNION ALL
    SELECT DISTINCT NULL, currency, DATE 'infinity' FROM rates
)
SELECT
    asked.production_id,
    asked.currency,
    if(
        asked.currency = reporting_currency, 1, CAST(coalesce(direct.rate, inverse.rate) AS DECIMAL(38, 15))
    ) AS exchange_rate,
    asked.last_day
FROM asked
ASOF LEFT JOIN (SELECT * FROM exchanges WHERE is_direct AND to_currency = reporting_currency) AS direct
  ON direct.from_currency = asked.currency AND asked.last_day >= direct.valid_from
ASOF LEFT JOIN (SELECT * FROM exchanges WHERE NOT is_direct AND to_currency = reporting_currency) AS inverse
  ON inverse.from_currency = asked.currency AND asked.last_day >= inverse.valid_from;

-- Such a product has 16 whole digits, where a rate of 15 decimals and a cost of 12 would leave 11.
CREATE MACRO exchanged(cost, exchange_rate) AS if(
    exchange_rate = 1, cost, CAST(CAST(cost AS DECIMAL(38, 8)) * CAST(exchange_rate AS DECIMAL(38, 14)) AS DECIMAL(38, 12))
);
