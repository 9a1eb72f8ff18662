-- Which machines ran for a shot, in words that tell them apart?
-- parameter shot_id VARCHAR: the shot
-- column hardware_id VARCHAR: the machine
-- column machine VARCHAR: the graphics cards it is priced by, otherwise its processors
SELECT DISTINCT
    hardware.hardware_id,
    CASE
        WHEN hardware.gpu_model IS NULL OR NOT starts_with(hardware.rate_resource, 'machine:gpu')
            THEN concat(hardware.cpu_count, ' x ', hardware.cpu_model)
        WHEN hardware.gpu_count > 1 THEN concat(hardware.gpu_count, ' x ', hardware.gpu_model)
        ELSE hardware.gpu_model
    END AS machine
FROM renders
JOIN hardware USING (hardware_id)
WHERE renders.shot_id = $shot_id
ORDER BY hardware.hardware_id;
