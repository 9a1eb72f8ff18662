-- Records a production that is new.
-- parameter production_id VARCHAR: primary key
-- parameter title_id VARCHAR: the title it makes
-- parameter name VARCHAR: as people call it
-- parameter currency VARCHAR: ISO 4217
-- parameter fps_numerator INTEGER: frames per second are fps_numerator / fps_denominator
-- parameter fps_denominator INTEGER: see fps_numerator
-- parameter territory VARCHAR: ISO 3166, or NULL
-- parameter origin VARCHAR: measured, imported, assumed or synthetic
INSERT INTO productions (production_id, title_id, name, currency, fps_numerator, fps_denominator, territory, origin)
VALUES ($production_id, $title_id, $name, $currency, $fps_numerator, $fps_denominator, $territory, $origin);
