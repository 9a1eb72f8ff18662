-- Which bids are of productions that would go, were an import taken back? They keep their own figures.
-- parameter import_batch_id VARCHAR: the import
-- column bid_id VARCHAR: the bid
-- column production_id VARCHAR: its production
SELECT bid_id, production_id
FROM bids
WHERE production_id IN (
    SELECT production_id FROM productions
    WHERE import_batch_id = $import_batch_id
      AND production_id NOT IN (
          SELECT row_id FROM replaced_rows WHERE replaced_by = $import_batch_id AND table_name = 'productions'
      )
)
ORDER BY bid_id
