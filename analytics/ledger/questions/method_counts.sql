-- How much is there of what the methods rest on?
-- column rate_count BIGINT: rates of all cards
-- column card_count BIGINT: rate cards
-- column exchange_count BIGINT: exchange rates
-- column final_count BIGINT: finished shots
-- column production_count BIGINT: productions that have some
-- column render_count BIGINT: renders
-- column measured_render_count BIGINT: of these by a stopwatch of ours
-- column review_count BIGINT: blind reviews that were answered
SELECT
    (SELECT count(*) FROM rates) AS rate_count,
    (SELECT count(*) FROM rate_cards) AS card_count,
    (SELECT count(*) FROM fx_rates) AS exchange_count,
    (SELECT count(*) FROM shots WHERE coalesce(status, if(final_on IS NULL, 'open', 'final')) = 'final') AS final_count,
    (SELECT count(DISTINCT production_id) FROM shots WHERE coalesce(status, if(final_on IS NULL, 'open', 'final')) = 'final')
        AS production_count,
    (SELECT count(*) FROM renders) AS render_count,
    (SELECT count(*) FROM renders WHERE origin = 'measured') AS measured_render_count,
    (SELECT count(*) FROM blind_reviews WHERE answered_at IS NOT NULL) AS review_count
