-- Finds rows that name another row which is not there.
-- column table_name VARCHAR: where the row stands
-- column row_id VARCHAR: its primary key
-- column field VARCHAR: the column that names the other row
-- column missing_id VARCHAR: what it names
-- column missing_from VARCHAR: the table that lacks it
WITH named AS (
    SELECT 'productions' AS table_name, production_id AS row_id, 'title_id' AS field, title_id AS missing_id, 'titles' AS missing_from
    FROM productions ANTI JOIN titles USING (title_id)
    UNION ALL
    SELECT 'shots', shot_id, 'production_id', production_id, 'productions' FROM shots ANTI JOIN productions USING (production_id)
    UNION ALL
    SELECT 'shots', shot_id, 'twin_of', twin_of, 'shots' FROM shots WHERE twin_of NOT IN (SELECT twin.shot_id FROM shots AS twin)
    UNION ALL
    SELECT 'assignments', concat(shot_id, ' #', assignment_number), 'shot_id', shot_id, 'shots' FROM assignments ANTI JOIN shots USING (shot_id)
    UNION ALL
    SELECT 'renders', render_id, 'shot_id', shot_id, 'shots' FROM renders ANTI JOIN shots USING (shot_id)
    UNION ALL
    SELECT 'renders', render_id, 'hardware_id', hardware_id, 'hardware' FROM renders ANTI JOIN hardware USING (hardware_id)
    UNION ALL
    SELECT 'stages', concat(render_id, ' #', stage_number), 'render_id', render_id, 'renders' FROM stages ANTI JOIN renders USING (render_id)
    UNION ALL
    SELECT 'quality_scores', concat(render_id, ' ', metric), 'render_id', render_id, 'renders' FROM quality_scores ANTI JOIN renders USING (render_id)
    UNION ALL
    SELECT 'quality_scores', concat(render_id, ' ', metric), 'against', against, 'renders'
    FROM quality_scores WHERE against <> '' AND against NOT IN (SELECT reference.render_id FROM renders AS reference)
    UNION ALL
    SELECT 'work_entries', work_entry_id, 'shot_id', shot_id, 'shots' FROM work_entries ANTI JOIN shots USING (shot_id)
    UNION ALL
    SELECT 'charges', charge_id, 'production_id', production_id, 'productions' FROM charges ANTI JOIN productions USING (production_id)
    UNION ALL
    SELECT 'charges', charge_id, 'shot_id', shot_id, 'shots' FROM charges ANTI JOIN shots USING (shot_id)
    UNION ALL
    SELECT 'reviews', review_id, 'shot_id', shot_id, 'shots' FROM reviews ANTI JOIN shots USING (shot_id)
    UNION ALL
    SELECT 'blind_reviews', blind_review_id, 'shot_id', shot_id, 'shots' FROM blind_reviews ANTI JOIN shots USING (shot_id)
    UNION ALL
    SELECT 'blind_reviews', blind_review_id, 'a_render_id', a_render_id, 'renders'
    FROM blind_reviews WHERE a_render_id NOT IN (SELECT shown.render_id FROM renders AS shown)
    UNION ALL
    SELECT 'blind_reviews', blind_review_id, 'b_render_id', b_render_id, 'renders'
    FROM blind_reviews WHERE b_render_id NOT IN (SELECT shown.render_id FROM renders AS shown)
    UNION ALL
    SELECT 'training_runs', training_run_id, 'hardware_id', hardware_id, 'hardware' FROM training_runs ANTI JOIN hardware USING (hardware_id)
    UNION ALL
    SELECT 'training_footage', concat(training_run_id, ' #', part_number), 'training_run_id', training_run_id, 'training_runs'
    FROM training_footage ANTI JOIN training_runs USING (training_run_id)
    UNION ALL
    SELECT 'training_footage', concat(training_run_id, ' #', part_number), 'hardware_id', hardware_id, 'hardware'
    FROM training_footage ANTI JOIN hardware USING (hardware_id)
    UNION ALL
    SELECT 'rates', concat(rate_card_id, ' #', rate_number), 'rate_card_id', rate_card_id, 'rate_cards' FROM rates ANTI JOIN rate_cards USING (rate_card_id)
    UNION ALL
    SELECT 'bid_versions', concat(bid_id, ' #', version_number), 'bid_id', bid_id, 'bids' FROM bid_versions ANTI JOIN bids USING (bid_id)
    UNION ALL
    SELECT 'bid_lines', concat(bid_id, ' #', version_number, ' line ', line_number), 'version_number', version_number::VARCHAR, 'bid_versions'
    FROM bid_lines ANTI JOIN bid_versions USING (bid_id, version_number)
    UNION ALL
    SELECT 'attributes', concat(table_name, ' ', row_id, ' ', name), 'import_batch_id', import_batch_id, 'import_batches'
    FROM attributes ANTI JOIN import_batches USING (import_batch_id)
    UNION ALL
    SELECT imported.table_name, imported.row_id, 'import_batch_id', imported.import_batch_id, 'import_batches'
    FROM (
        SELECT 'titles' AS table_name, title_id AS row_id, import_batch_id FROM titles
        UNION ALL SELECT 'productions', production_id, import_batch_id FROM productions
        UNION ALL SELECT 'shots', shot_id, import_batch_id FROM shots
        UNION ALL SELECT 'renders', render_id, import_batch_id FROM renders
        UNION ALL SELECT 'work_entries', work_entry_id, import_batch_id FROM work_entries
        UNION ALL SELECT 'charges', charge_id, import_batch_id FROM charges
        UNION ALL SELECT 'reviews', review_id, import_batch_id FROM reviews
    ) AS imported ANTI JOIN import_batches USING (import_batch_id)
)
SELECT table_name, row_id, field, missing_id, missing_from
FROM named
WHERE missing_id IS NOT NULL
ORDER BY table_name, row_id, field
