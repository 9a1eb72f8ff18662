-- Records what happened to a version of a bid.
-- parameter bid_id VARCHAR: the bid
-- parameter version_number INTEGER: of the bid
-- parameter happened_at TIMESTAMPTZ: instant in UTC
-- parameter event VARCHAR: made, priced_again, sent, extended, awarded, locked or changed
-- parameter actor VARCHAR: who did it
-- parameter note VARCHAR: why, in words; may be empty
INSERT INTO bid_events (bid_id, version_number, happened_at, event, actor, note)
VALUES ($bid_id, $version_number, $happened_at, $event, $actor, $note);
