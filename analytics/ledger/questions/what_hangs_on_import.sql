-- Which rows of the ledger would name a row that is not there any more, were an import taken back?
-- parameter import_batch_id VARCHAR: the import
-- column table_name VARCHAR: of the rows that stay
-- column parent_table VARCHAR: of the rows that would go
-- column row_count BIGINT: rows that stay and name one that would go
-- column example_row_id VARCHAR: one of them
-- column example_parent_id VARCHAR: what it names
-- column is_imported BOOLEAN: whether they came by other imports
WITH
going_titles AS (SELECT title_id FROM titles WHERE import_batch_id = $import_batch_id
    AND title_id NOT IN (SELECT row_id FROM replaced_rows WHERE replaced_by = $import_batch_id AND table_name = 'titles')),
going_productions AS (SELECT production_id FROM productions WHERE import_batch_id = $import_batch_id
    AND production_id NOT IN (SELECT row_id FROM replaced_rows WHERE replaced_by = $import_batch_id AND table_name = 'productions')),
going_shots AS (SELECT shot_id FROM shots WHERE import_batch_id = $import_batch_id
    AND shot_id NOT IN (SELECT row_id FROM replaced_rows WHERE replaced_by = $import_batch_id AND table_name = 'shots')),
going_renders AS (SELECT render_id FROM renders WHERE import_batch_id = $import_batch_id
    AND render_id NOT IN (SELECT row_id FROM replaced_rows WHERE replaced_by = $import_batch_id AND table_name = 'renders')),
going_hardware AS (SELECT hardware_id FROM hardware WHERE import_batch_id = $import_batch_id
    AND hardware_id NOT IN (SELECT row_id FROM replaced_rows WHERE replaced_by = $import_batch_id AND table_name = 'hardware')),
naming AS (
    SELECT 'productions' AS table_name, 'titles' AS parent_table, production_id AS row_id, title_id AS parent_id, import_batch_id
    FROM productions SEMI JOIN going_titles USING (title_id)
    UNION ALL
    SELECT 'shots', 'productions', shot_id, production_id, import_batch_id FROM shots SEMI JOIN going_productions USING (production_id)
    UNION ALL
    SELECT 'shots', 'shots', shot_id, twin_of, import_batch_id FROM shots WHERE twin_of IN (SELECT shot_id FROM going_shots)
    UNION ALL
    SELECT 'assignments', 'shots', shot_id, shot_id, import_batch_id FROM assignments SEMI JOIN going_shots USING (shot_id)
    UNION ALL
    SELECT 'renders', 'shots', render_id, shot_id, import_batch_id FROM renders SEMI JOIN going_shots USING (shot_id)
    UNION ALL
    SELECT 'renders', 'hardware', render_id, hardware_id, import_batch_id FROM renders SEMI JOIN going_hardware USING (hardware_id)
    UNION ALL
    SELECT 'work_entries', 'shots', work_entry_id, shot_id, import_batch_id FROM work_entries SEMI JOIN going_shots USING (shot_id)
    UNION ALL
    SELECT 'charges', 'productions', charge_id, production_id, import_batch_id FROM charges SEMI JOIN going_productions USING (production_id)
    UNION ALL
    SELECT 'charges', 'shots', charge_id, shot_id, import_batch_id FROM charges SEMI JOIN going_shots USING (shot_id)
    UNION ALL
    SELECT 'reviews', 'shots', review_id, shot_id, import_batch_id FROM reviews SEMI JOIN going_shots USING (shot_id)
    UNION ALL
    SELECT 'blind_reviews', 'shots', blind_review_id, shot_id, NULL FROM blind_reviews SEMI JOIN going_shots USING (shot_id)
    UNION ALL
    SELECT 'blind_reviews', 'renders', blind_review_id, a_render_id, NULL
    FROM blind_reviews WHERE a_render_id IN (SELECT render_id FROM going_renders)
    UNION ALL
    SELECT 'blind_reviews', 'renders', blind_review_id, b_render_id, NULL
    FROM blind_reviews WHERE b_render_id IN (SELECT render_id FROM going_renders)
    UNION ALL
    SELECT 'quality_scores', 'renders', render_id, render_id, import_batch_id FROM quality_scores SEMI JOIN going_renders USING (render_id)
)
SELECT
    table_name, parent_table, count(*) AS row_count, arg_min(row_id, row_id) AS example_row_id,
    arg_min(parent_id, row_id) AS example_parent_id, import_batch_id IS NOT NULL AS is_imported
FROM naming
WHERE import_batch_id IS DISTINCT FROM $import_batch_id
GROUP BY table_name, parent_table, is_imported
ORDER BY row_count DESC, table_name, parent_table
