-- What did each stage of a shot's renders, and each part of some training runs, cost by the rate that held on the day it ran?
-- The most particular rate wins: machine:gpu:h200 prices a machine:gpu whose model holds the word "h200", before
-- machine:gpu does. An hour of a GPU is one GPU with its share of the machine; a core-hour is one logical processor. A
-- render is charged for all GPUs or processors that its machine has, whether it used them or not, and whether or not it
-- came to a usable end. Only a plate costs nothing: it stands for what a camera on a set recorded. A stage without a rate stays in the answer with empty amount and cost.
-- parameter shot_id VARCHAR: the shot; NULL for none
-- parameter training_run_ids VARCHAR[]: training runs to price besides
-- parameter rate_card_id VARCHAR: the card to price by
-- column render_id VARCHAR: the render, or the training run
-- column workflow VARCHAR: traditional, ai or hybrid; NULL for a training run
-- column part VARCHAR: stage, or "whole render" where it was imported without stages; training or footage
-- column worked_on DATE: the day it started, in UTC
-- column wall_seconds DOUBLE: the fact, seconds by a monotonic clock
-- column fact_origin VARCHAR: of the seconds
-- column rate_resource VARCHAR: what the machine is charged as when nothing more particular is known
-- column amount DECIMAL(24, 12): wall_seconds in the unit of the rate
-- column rate_number INTEGER: of the rate in its card; NULL where there is none
-- column cost DECIMAL(38, 18): amount times price in the currency of the card, not rounded
WITH worked AS (
    SELECT
        renders.render_id,
        renders.workflow,
        coalesce(stages.stage_number, 0)                    AS stage_number,
        coalesce(stages.name, 'whole render')               AS part,
        CAST(timezone('UTC', renders.started_at) AS DATE)   AS worked_on,
        coalesce(stages.wall_seconds, renders.wall_seconds) AS wall_seconds,
        coalesce(stages.origin, renders.origin)             AS fact_origin,
        renders.hardware_id
    FROM renders
    LEFT JOIN stages ON stages.render_id = renders.render_id AND stages.render_started_at = renders.started_at
    WHERE renders.shot_id = $shot_id
      AND (stages.render_id IS NOT NULL OR renders.wall_seconds > 0)
      AND stages.name IS DISTINCT FROM 'plate'
    UNION ALL
    SELECT
        training_run_id, NULL, 0, 'training', CAST(timezone('UTC', started_at) AS DATE), wall_seconds, origin, hardware_id
    FROM training_runs
    WHERE list_contains($training_run_ids::VARCHAR[], training_run_id)
    UNION ALL
    SELECT
        training_run_id, NULL, part_number, 'footage', CAST(timezone('UTC', training_runs.started_at) AS DATE),
        training_footage.wall_seconds, training_footage.origin, training_footage.hardware_id
    FROM training_footage
    JOIN training_runs USING (training_run_id)
    WHERE list_contains($training_run_ids::VARCHAR[], training_run_id)
),
-- Thousands of stages share a handful of machines and days: the rate is looked up once for each of those.
machine_days AS (
    SELECT DISTINCT
        worked.hardware_id,
        worked.worked_on,
        hardware.rate_resource,
        string_split_regex(lower(concat_ws(' ', hardware.gpu_model, hardware.cpu_model)), '[^a-z0-9.]+') AS model_words
    FROM worked
    JOIN hardware USING (hardware_id)
),
rates_in_force AS (
    SELECT machine_days.hardware_id, machine_days.worked_on, rates.rate_number, rates.resource, rates.unit, rates.price
    FROM machine_days
    JOIN rates
      ON rates.rate_card_id = $rate_card_id
     AND rates.territory IS NULL
     AND rates.vendor IS NULL
     AND rates.unit IN ('second', 'hour', 'core_hour', 'day')
     AND machine_days.worked_on >= rates.valid_from
     AND (rates.valid_to IS NULL OR machine_days.worked_on < rates.valid_to)
     AND (
         rates.resource = machine_days.rate_resource
         OR starts_with(rates.resource, machine_days.rate_resource || ':')
        AND list_has_all(
                machine_days.model_words,
                string_split(substr(rates.resource, length(machine_days.rate_resource) + 2), ':')
            )
         -- A machine that says it is a machine:gpu:h200 falls back to the price of a machine:gpu.
         OR starts_with(machine_days.rate_resource, rates.resource || ':')
     )
    QUALIFY row_number() OVER (
        PARTITION BY machine_days.hardware_id, machine_days.worked_on
        ORDER BY length(string_split(rates.resource, ':')) DESC, rates.valid_from DESC, rates.resource
    ) = 1
)
SELECT
    worked.render_id,
    worked.workflow,
    worked.part,
    worked.worked_on,
    worked.wall_seconds,
    worked.fact_origin,
    coalesce(hardware.rate_resource, 'machine') AS rate_resource,
    CAST(
        CASE in_force.unit
            WHEN 'second' THEN worked.wall_seconds
            WHEN 'day' THEN worked.wall_seconds / 86400
            ELSE worked.wall_seconds / 3600
        END * CASE
            WHEN in_force.unit = 'core_hour' THEN hardware.cpu_count
            WHEN starts_with(in_force.resource, 'machine:gpu') THEN greatest(hardware.gpu_count, 1)
            ELSE 1
        END AS DECIMAL(24, 12)
    ) AS amount,
    in_force.rate_number,
    amount * in_force.price AS cost
FROM worked
LEFT JOIN hardware USING (hardware_id)
LEFT JOIN rates_in_force AS in_force USING (hardware_id, worked_on)
ORDER BY worked.worked_on, worked.render_id, worked.stage_number;
