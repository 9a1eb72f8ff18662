-- Which columns of the studio's own did shots or productions come with?
-- parameter table_name VARCHAR: shots or productions
-- column row_id VARCHAR: shot_id or production_id
-- column name VARCHAR: of the column, as the studio called it
-- column value VARCHAR: as it was imported
SELECT row_id, name, value
FROM attributes
WHERE table_name = $table_name AND value IS NOT NULL
ORDER BY name, row_id
