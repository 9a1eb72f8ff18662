-- Records the lines of a version of a bid, numbered in their order.
-- parameter bid_id VARCHAR: the bid
-- parameter version_number INTEGER: of the bid
-- parameter lines VARCHAR: JSON list of lines, amounts as text so that no cent is lost
INSERT INTO bid_lines (
    bid_id, version_number, line_number, kind, department, shot_code, workflow, description, quantity, unit,
    unit_price, amount, resource, rate_source, origin, vendor, territory, account_code
)
SELECT
    $bid_id, $version_number, line.line_number, line.kind, line.department, line.shot_code, line.workflow,
    line.description, line.quantity, line.unit, line.unit_price, line.amount, line.resource, line.rate_source,
    line.origin, line.vendor, line.territory, line.account_code
FROM (
    SELECT unnest(from_json($lines, '[{
        "line_number": "INTEGER", "kind": "VARCHAR", "department": "VARCHAR", "shot_code": "VARCHAR",
        "workflow": "VARCHAR", "description": "VARCHAR", "quantity": "DECIMAL(18,6)", "unit": "VARCHAR",
        "unit_price": "DECIMAL(18,6)", "amount": "DECIMAL(18,2)", "resource": "VARCHAR", "rate_source": "VARCHAR",
        "origin": "VARCHAR", "vendor": "VARCHAR", "territory": "VARCHAR", "account_code": "VARCHAR"
    }]')) AS line
);
