-- Records a rate card once; its id is made of its content, so the same id is the same card.
-- parameter rate_card_id VARCHAR: the card
-- parameter name VARCHAR: as its author calls it
-- parameter currency VARCHAR: ISO 4217, of all its rates
INSERT INTO rate_cards (rate_card_id, name, currency, origin)
VALUES ($rate_card_id, $name, $currency, 'assumed')
ON CONFLICT DO NOTHING;
