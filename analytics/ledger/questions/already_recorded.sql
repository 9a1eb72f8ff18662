-- Says which rows of a manifest the ledger holds already. One query, because each one costs a write 2 ms.
-- parameter title_id VARCHAR: of the manifest
-- parameter production_id VARCHAR: of the manifest
-- parameter shot_id VARCHAR: of the manifest
-- parameter hardware_id VARCHAR: of the manifest
-- parameter render_id VARCHAR: of the manifest
-- parameter work_entry_ids VARCHAR[]: of the manifest
-- column kind VARCHAR: title, production, shot, hardware, begun_render, finished_render, work_entry or assignment
-- column id VARCHAR: its id; for an assignment its workflow and first day, parted by a space
SELECT 'title' AS kind, title_id AS id FROM titles WHERE title_id = $title_id
UNION ALL
SELECT 'production', production_id FROM productions WHERE production_id = $production_id
UNION ALL
SELECT 'shot', shot_id FROM shots WHERE shot_id = $shot_id
UNION ALL
SELECT 'hardware', hardware_id FROM hardware WHERE hardware_id = $hardware_id
UNION ALL
SELECT if(ended_at IS NULL, 'begun_render', 'finished_render'), render_id FROM renders WHERE render_id = $render_id
UNION ALL
SELECT 'work_entry', work_entry_id FROM work_entries WHERE list_contains($work_entry_ids::VARCHAR[], work_entry_id)
UNION ALL
SELECT 'assignment', concat(workflow, ' ', started_on) FROM assignments WHERE shot_id = $shot_id
