-- Lists renders that began and have no end: they run, or their process was killed.
-- column render_id VARCHAR: the render
-- column started_at TIMESTAMPTZ: UTC
SELECT render_id, started_at
FROM renders
WHERE ended_at IS NULL AND outcome = 'interrupted'
ORDER BY started_at, render_id
