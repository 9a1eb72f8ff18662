-- Records a machine that is new. Its id is a digest of its fields, so equal machines are one row.
-- parameter hardware_id VARCHAR: primary key
-- parameter rate_resource VARCHAR: the rate a machine-hour is charged at
-- parameter cpu_model VARCHAR: as the system names it
-- parameter cpu_count INTEGER: logical processors
-- parameter memory_bytes BIGINT: installed
-- parameter cpu_tdp_watts DOUBLE: thermal design power
-- parameter gpu_model VARCHAR: NULL without a GPU
-- parameter gpu_count INTEGER: 0 without a GPU
-- parameter gpu_memory_bytes BIGINT: of one GPU
-- parameter operating_system VARCHAR: name and version
-- parameter python_version VARCHAR: of the process that rendered
-- parameter origin VARCHAR: measured, imported, assumed or synthetic
INSERT INTO hardware (hardware_id, rate_resource, cpu_model, cpu_count, memory_bytes, cpu_tdp_watts, gpu_model, gpu_count,
                      gpu_memory_bytes, operating_system, python_version, origin)
VALUES ($hardware_id, $rate_resource, $cpu_model, $cpu_count, $memory_bytes, $cpu_tdp_watts, $gpu_model, $gpu_count,
        $gpu_memory_bytes, $operating_system, $python_version, $origin);
