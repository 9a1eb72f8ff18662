-- Which further columns did shots come with, of those asked for?
-- parameter names VARCHAR[]: of the columns, as the studio called them
-- column shot_id VARCHAR: the shot
-- column name VARCHAR: of the column
-- column value VARCHAR: as it was imported
SELECT row_id AS shot_id, name, value
FROM attributes
WHERE table_name = 'shots'
  AND list_contains($names::VARCHAR[], name)
ORDER BY row_id, name;
