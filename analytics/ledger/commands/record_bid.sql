-- Records a bid, before its first version.
-- parameter bid_id VARCHAR: primary key
-- parameter production_id VARCHAR: the production it is for, known to the ledger or not
-- parameter name VARCHAR: as people call it
-- parameter currency VARCHAR: ISO 4217
-- parameter created_at TIMESTAMPTZ: instant in UTC
INSERT INTO bids (bid_id, production_id, name, currency, created_at)
VALUES ($bid_id, $production_id, $name, $currency, $created_at);
