-- Records a title that is new.
-- parameter title_id VARCHAR: primary key
-- parameter name VARCHAR: as the audience sees it
-- parameter kind VARCHAR: series, film or test
-- parameter origin VARCHAR: measured, imported, assumed or synthetic
INSERT INTO titles (title_id, name, kind, origin)
VALUES ($title_id, $name, $kind, $origin);
