-- How bids made from a state of the facts would have done on its past productions. It takes a minute to find out, so it is
-- kept: bids quote it. Nothing follows from a row; dropped, it can be made again.
CREATE TABLE backtests (
    change_number  BIGINT NOT NULL,
    with_synthetic BOOLEAN NOT NULL,
    made_at        TIMESTAMPTZ NOT NULL,
    result         VARCHAR NOT NULL
);
COMMENT ON COLUMN backtests.change_number IS 'The last change of facts that it knows.';
COMMENT ON COLUMN backtests.with_synthetic IS 'Whether demonstration shots were counted beside real ones.';
COMMENT ON COLUMN backtests.result IS 'JSON: one entry a production.';
