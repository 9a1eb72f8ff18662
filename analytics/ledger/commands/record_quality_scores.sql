-- Records quality scores; one that is there already is replaced.
-- parameter scores VARCHAR: JSON list of objects with the fields of a quality score and its unit
INSERT INTO quality_scores (render_id, metric, against, value, unit, computed_at, measure_version, per_frame, origin)
SELECT
    score.render_id, score.metric, score.against, score.value, score.unit, score.computed_at, score.measure_version,
    score.per_frame, score.origin
FROM (
    SELECT unnest(from_json($scores::JSON, '[{"render_id": "VARCHAR", "metric": "VARCHAR", "against": "VARCHAR",
        "value": "DOUBLE", "unit": "VARCHAR", "computed_at": "TIMESTAMPTZ", "measure_version": "VARCHAR",
        "per_frame": ["DOUBLE"], "origin": "VARCHAR"}]')) AS score
);
