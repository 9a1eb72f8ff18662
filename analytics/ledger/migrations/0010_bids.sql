-- Bids: what lists of shots were offered for. No fact follows from them, so writing one changes no reckoning; they are
-- nobody else's copy either, so backups and rebuilds take them along.
CREATE TABLE bids (
    bid_id        VARCHAR PRIMARY KEY,
    production_id VARCHAR NOT NULL,
    name          VARCHAR NOT NULL,
    currency      VARCHAR NOT NULL CHECK (regexp_full_match(currency, '[A-Z]{3}')),
    created_at    TIMESTAMPTZ NOT NULL
);
COMMENT ON COLUMN bids.production_id IS 'A bid may be made before its production is in the ledger.';
COMMENT ON COLUMN bids.currency IS 'ISO 4217; the same for all versions.';

CREATE TABLE bid_versions (
    bid_id             VARCHAR,
    version_number     INTEGER CHECK (version_number > 0),
    status             VARCHAR NOT NULL CHECK (status IN ('draft', 'sent', 'awarded', 'locked')),
    created_at         TIMESTAMPTZ NOT NULL,
    priced_on          DATE NOT NULL,
    valid_until        DATE,
    sent_at            TIMESTAMPTZ,
    awarded_at         TIMESTAMPTZ,
    locked_at          TIMESTAMPTZ,
    shot_list_name     VARCHAR NOT NULL,
    shot_list_sha256   VARCHAR NOT NULL,
    shot_count         INTEGER NOT NULL CHECK (shot_count > 0),
    people_hours_p10   DOUBLE NOT NULL,
    people_hours_p50   DOUBLE NOT NULL,
    people_hours_p90   DOUBLE NOT NULL,
    people_hours_mean  DOUBLE NOT NULL,
    base_amount        DECIMAL(18, 2),
    contingency_amount DECIMAL(18, 2),
    margin_amount      DECIMAL(18, 2),
    gross_amount       DECIMAL(18, 2),
    incentive_amount   DECIMAL(18, 2),
    net_amount         DECIMAL(18, 2),
    snapshot           VARCHAR NOT NULL,
    price_book         VARCHAR NOT NULL,
    PRIMARY KEY (bid_id, version_number),
    CHECK ((status = 'draft') = (sent_at IS NULL)),
    CHECK (awarded_at IS NOT NULL OR status IN ('draft', 'sent')),
    CHECK ((status = 'locked') = (locked_at IS NOT NULL))
);
COMMENT ON COLUMN bid_versions.priced_on IS 'The day whose rates it is priced by.';
COMMENT ON COLUMN bid_versions.valid_until IS 'Last day on which it can be awarded.';
COMMENT ON COLUMN bid_versions.base_amount IS 'In the currency of the bid; all amounts are NULL where a price is missing.';
COMMENT ON COLUMN bid_versions.incentive_amount IS 'Negative where something is paid.';
COMMENT ON COLUMN bid_versions.snapshot IS 'JSON of the whole version: what is shown, sent and exported. Never priced anew.';
COMMENT ON COLUMN bid_versions.price_book IS 'JSON of the prices it was made with, for change orders after award.';

CREATE TABLE bid_lines (
    bid_id         VARCHAR,
    version_number INTEGER,
    line_number    INTEGER CHECK (line_number > 0),
    kind           VARCHAR NOT NULL CHECK (kind IN ('people', 'supervision', 'overhead', 'machine', 'licence', 'api', 'other', 'contingency', 'margin')),
    department     VARCHAR,
    shot_code      VARCHAR,
    workflow       VARCHAR CHECK (workflow IN ('traditional', 'ai', 'hybrid')),
    description    VARCHAR NOT NULL,
    quantity       DECIMAL(18, 6) NOT NULL,
    unit           VARCHAR NOT NULL,
    unit_price     DECIMAL(18, 6),
    amount         DECIMAL(18, 2),
    resource       VARCHAR NOT NULL,
    rate_source    VARCHAR NOT NULL,
    origin         VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    vendor         VARCHAR,
    territory      VARCHAR,
    account_code   VARCHAR NOT NULL,
    PRIMARY KEY (bid_id, version_number, line_number)
);
COMMENT ON COLUMN bid_lines.shot_code IS 'NULL for what the whole bid pays.';
COMMENT ON COLUMN bid_lines.amount IS 'quantity x unit_price to the cent, in the currency of the bid; NULL where no price is known.';
COMMENT ON COLUMN bid_lines.origin IS 'Of the price.';

CREATE TABLE bid_events (
    bid_id         VARCHAR NOT NULL,
    version_number INTEGER NOT NULL,
    happened_at    TIMESTAMPTZ NOT NULL,
    event          VARCHAR NOT NULL CHECK (event IN ('made', 'priced_again', 'sent', 'extended', 'awarded', 'locked', 'changed')),
    actor          VARCHAR NOT NULL,
    note           VARCHAR NOT NULL
);
COMMENT ON TABLE bid_events IS 'What happened to a bid, and by whom; a row is never changed.';
