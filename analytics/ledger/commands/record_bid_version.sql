-- Records a version of a bid, or what became of one that is there.
-- parameter bid_id VARCHAR: the bid
-- parameter version_number INTEGER: from 1
-- parameter status VARCHAR: draft, sent, awarded or locked
-- parameter created_at TIMESTAMPTZ: instant in UTC
-- parameter priced_on DATE: the day whose rates it is priced by
-- parameter valid_until DATE: last day on which it can be awarded; NULL until it is sent
-- parameter sent_at TIMESTAMPTZ: instant in UTC
-- parameter awarded_at TIMESTAMPTZ: instant in UTC
-- parameter locked_at TIMESTAMPTZ: instant in UTC
-- parameter shot_list_name VARCHAR: the file as the user named it
-- parameter shot_list_sha256 VARCHAR: of that file
-- parameter shot_count INTEGER: shots in it
-- parameter people_hours_p10 DOUBLE: hours that one of ten outcomes lies below
-- parameter people_hours_p50 DOUBLE: hours that half of the outcomes lie below
-- parameter people_hours_p90 DOUBLE: hours that nine of ten outcomes lie below
-- parameter people_hours_mean DOUBLE: hours
-- parameter base_amount VARCHAR: decimal text; NULL where a price is missing, as all amounts
-- parameter contingency_amount VARCHAR: decimal text
-- parameter margin_amount VARCHAR: decimal text
-- parameter gross_amount VARCHAR: decimal text
-- parameter incentive_amount VARCHAR: decimal text, negative
-- parameter net_amount VARCHAR: decimal text
-- parameter snapshot VARCHAR: JSON of the whole version
-- parameter price_book VARCHAR: JSON of the prices it was made with
INSERT INTO bid_versions BY NAME
SELECT
    $bid_id AS bid_id,
    $version_number AS version_number,
    $status AS status,
    $created_at::TIMESTAMPTZ AS created_at,
    $priced_on::DATE AS priced_on,
    $valid_until::DATE AS valid_until,
    $sent_at::TIMESTAMPTZ AS sent_at,
    $awarded_at::TIMESTAMPTZ AS awarded_at,
    $locked_at::TIMESTAMPTZ AS locked_at,
    $shot_list_name AS shot_list_name,
    $shot_list_sha256 AS shot_list_sha256,
    $shot_count AS shot_count,
    $people_hours_p10 AS people_hours_p10,
    $people_hours_p50 AS people_hours_p50,
    $people_hours_p90 AS people_hours_p90,
    $people_hours_mean AS people_hours_mean,
    CAST($base_amount AS DECIMAL(18, 2)) AS base_amount,
    CAST($contingency_amount AS DECIMAL(18, 2)) AS contingency_amount,
    CAST($margin_amount AS DECIMAL(18, 2)) AS margin_amount,
    CAST($gross_amount AS DECIMAL(18, 2)) AS gross_amount,
    CAST($incentive_amount AS DECIMAL(18, 2)) AS incentive_amount,
    CAST($net_amount AS DECIMAL(18, 2)) AS net_amount,
    $snapshot AS snapshot,
    $price_book AS price_book
ON CONFLICT DO UPDATE SET
    status = excluded.status, valid_until = excluded.valid_until, sent_at = excluded.sent_at,
    awarded_at = excluded.awarded_at, locked_at = excluded.locked_at, snapshot = excluded.snapshot;
