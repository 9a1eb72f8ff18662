-- Which rate cards the ledger is priced by where nobody names one: each choice is written down, and the last one holds.
CREATE TABLE rate_card_adoptions (
    adoption_number INTEGER PRIMARY KEY CHECK (adoption_number > 0),
    card_ids        VARCHAR[] NOT NULL CHECK (len(card_ids) > 0),
    adopted_at      TIMESTAMPTZ NOT NULL,
    adopted_by      VARCHAR NOT NULL,
    note            VARCHAR NOT NULL
);
COMMENT ON TABLE rate_card_adoptions IS 'A row is never changed. Without one, the studio''s imported rates come first and the card that ships fills them up.';
COMMENT ON COLUMN rate_card_adoptions.card_ids IS 'In this order; a later one prices what the earlier have no rate for on any day.';
COMMENT ON COLUMN rate_card_adoptions.adopted_by IS 'Who chose, as signed in; empty where nobody signs in.';
COMMENT ON COLUMN rate_card_adoptions.note IS 'Why, in words.';
