-- How many hours of GPUs did the renders of each shot of some productions hold?
-- A render tells it by its stages, else by itself, else by its machine: one without GPU held none.
-- parameter production_ids VARCHAR[]: only of these; NULL for all
-- column shot_id VARCHAR: a shot with renders
-- column gpu_hours DOUBLE: hours of one GPU, failed renders included; NULL where one of its renders tells nothing
WITH staged AS (
    SELECT render_id, sum(gpu_seconds) AS gpu_seconds
    FROM stages
    GROUP BY render_id
),
told AS (
    SELECT
        renders.shot_id,
        coalesce(
            staged.gpu_seconds,
            renders.gpu_seconds,
            CASE
                WHEN starts_with(hardware.rate_resource, 'machine:gpu')
                THEN renders.wall_seconds * greatest(coalesce(hardware.gpu_count, 1), 1)
                WHEN starts_with(hardware.rate_resource, 'machine:cpu') THEN 0
            END
        ) AS gpu_seconds
    FROM renders
    JOIN shots USING (shot_id)
    LEFT JOIN staged USING (render_id)
    LEFT JOIN hardware USING (hardware_id)
    WHERE renders.purpose = 'shot'
      AND ($production_ids::VARCHAR[] IS NULL OR list_contains($production_ids, shots.production_id))
)
SELECT
    shot_id,
    CASE WHEN count(*) = count(gpu_seconds) THEN sum(gpu_seconds) / 3600 END AS gpu_hours
FROM told
GROUP BY shot_id
ORDER BY shot_id
