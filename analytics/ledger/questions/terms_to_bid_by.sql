-- In which currency, frame rate and person-day is a production bid?
-- parameter production_id VARCHAR: its id or its name
-- column production_id VARCHAR: the production
-- column title_id VARCHAR: what it is a production of; NULL where unknown
-- column name VARCHAR: as people call it
-- column currency VARCHAR: ISO 4217
-- column territory VARCHAR: ISO 3166; NULL where unknown
-- column started_on DATE: NULL where unknown
-- column fps_numerator INTEGER: frames a second are fps_numerator / fps_denominator
-- column fps_denominator INTEGER: see above
-- column hours_per_person_day DECIMAL(4, 2): hours
SELECT
    production_id, title_id, name, currency, territory, started_on, fps_numerator, fps_denominator, hours_per_person_day
FROM productions
WHERE production_id = $production_id OR name = $production_id
ORDER BY production_id <> $production_id, production_id;
