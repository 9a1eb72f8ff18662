-- What happened to a bid, in the order in which it was recorded?
-- parameter bid_id VARCHAR: the bid
-- column version_number INTEGER: which version it happened to
-- column happened_at TIMESTAMPTZ: instant in UTC
-- column event VARCHAR: made, priced_again, sent, extended, awarded, locked or changed
-- column actor VARCHAR: who did it
-- column note VARCHAR: why; may be empty
SELECT version_number, happened_at, event, actor, note
FROM bid_events
WHERE bid_id = $bid_id
ORDER BY rowid;
