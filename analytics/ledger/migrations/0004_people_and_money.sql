-- People's hours, billed amounts, reviews, and the dated prices that facts are priced by.
CREATE TABLE work_entries (
    work_entry_id   VARCHAR PRIMARY KEY,
    shot_id         VARCHAR NOT NULL,
    workflow        VARCHAR CHECK (workflow IN ('traditional', 'ai', 'hybrid')),
    department      VARCHAR NOT NULL,
    seniority       VARCHAR,
    vendor          VARCHAR,
    territory       VARCHAR,
    worked_on       DATE NOT NULL,
    people_hours    DOUBLE NOT NULL CHECK (people_hours >= 0),
    source          VARCHAR,
    origin          VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR
);
COMMENT ON COLUMN work_entries.workflow IS 'NULL: the workflow in force on that day.';
COMMENT ON COLUMN work_entries.people_hours IS 'Hours of touch time.';
COMMENT ON COLUMN work_entries.source IS 'Who logged it or, where assumed, which template it is from.';

CREATE TABLE charges (
    charge_id       VARCHAR PRIMARY KEY,
    production_id   VARCHAR NOT NULL,
    shot_id         VARCHAR,
    workflow        VARCHAR CHECK (workflow IN ('traditional', 'ai', 'hybrid')),
    category        VARCHAR NOT NULL CHECK (category IN ('compute', 'licence', 'api', 'storage', 'consent', 'review', 'other')),
    description     VARCHAR,
    amount          DECIMAL(18, 6) NOT NULL,
    currency        VARCHAR NOT NULL CHECK (regexp_full_match(currency, '[A-Z]{3}')),
    charged_on      DATE NOT NULL,
    origin          VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR
);
COMMENT ON COLUMN charges.amount IS 'As billed, in the currency beside it; negative for a credit note.';

CREATE TABLE reviews (
    review_id       VARCHAR PRIMARY KEY,
    shot_id         VARCHAR NOT NULL,
    version_number  INTEGER,
    workflow        VARCHAR CHECK (workflow IN ('traditional', 'ai', 'hybrid')),
    reviewed_at     TIMESTAMPTZ NOT NULL,
    decision        VARCHAR NOT NULL CHECK (decision IN ('approved', 'retake', 'omit')),
    origin          VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR
);
COMMENT ON COLUMN reviews.reviewed_at IS 'Instant in UTC.';

CREATE TABLE rate_cards (
    rate_card_id    VARCHAR PRIMARY KEY,
    name            VARCHAR NOT NULL,
    currency        VARCHAR NOT NULL CHECK (regexp_full_match(currency, '[A-Z]{3}')),
    origin          VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR
);

CREATE TABLE rates (
    rate_card_id    VARCHAR,
    rate_number     INTEGER CHECK (rate_number > 0),
    resource        VARCHAR NOT NULL,
    unit            VARCHAR NOT NULL CHECK (unit IN ('second', 'hour', 'core_hour', 'day', 'month', 'kwh')),
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
COMMENT ON COLUMN rates.resource IS 'From general to particular: labour:comp:senior, machine:gpu:h200, energy.';
COMMENT ON COLUMN rates.price IS 'For one unit, in the currency beside it.';
COMMENT ON COLUMN rates.valid_to IS 'First day on which it no longer holds; NULL while it does.';

CREATE TABLE fx_rates (
    from_currency   VARCHAR CHECK (regexp_full_match(from_currency, '[A-Z]{3}')),
    to_currency     VARCHAR CHECK (regexp_full_match(to_currency, '[A-Z]{3}')),
    valid_from      DATE,
    rate            DECIMAL(18, 9) NOT NULL CHECK (rate > 0),
    source          VARCHAR,
    origin          VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR,
    PRIMARY KEY (from_currency, to_currency, valid_from)
);
COMMENT ON COLUMN fx_rates.rate IS 'Units of to_currency that one unit of from_currency buys, from valid_from on.';
