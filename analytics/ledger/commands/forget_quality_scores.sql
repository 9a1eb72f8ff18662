-- Forgets what our own measures said of a render, before they say it anew; imported scores stay.
-- parameter render_id VARCHAR: the render that was judged
DELETE FROM quality_scores WHERE render_id = $render_id AND measure_version IS NOT NULL;
