-- Records the rates of a card, numbered in their order; those that are there already stay as they are.
-- parameter rate_card_id VARCHAR: the card
-- parameter rates VARCHAR: JSON list of rates, prices and dates as text so that no cent is lost
INSERT INTO rates (
    rate_card_id, rate_number, resource, unit, price, currency, territory, vendor, valid_from, valid_to, source, origin
)
SELECT
    $rate_card_id,
    rate.rate_number,
    rate.resource,
    rate.unit,
    rate.price,
    rate.currency,
    rate.territory,
    rate.vendor,
    rate.valid_from,
    rate.valid_to,
    rate.source,
    rate.origin
FROM (
    SELECT unnest(from_json($rates, '[{
        "rate_number": "INTEGER", "resource": "VARCHAR", "unit": "VARCHAR", "price": "DECIMAL(18,6)",
        "currency": "VARCHAR", "territory": "VARCHAR", "vendor": "VARCHAR",
        "valid_from": "DATE", "valid_to": "DATE", "source": "VARCHAR", "origin": "VARCHAR"
    }]')) AS rate
)
ON CONFLICT DO NOTHING;
