-- Records one render that is new, finished or just begun.
-- parameter render_id VARCHAR: primary key
-- parameter shot_id VARCHAR: the shot
-- parameter workflow VARCHAR: traditional, ai or hybrid
-- parameter purpose VARCHAR: shot, warm_up, benchmark or training
-- parameter engine VARCHAR: program and version
-- parameter model VARCHAR: AI model, or NULL
-- parameter quality VARCHAR: level, such as draft
-- parameter seed BIGINT: of everything random
-- parameter repeat_number INTEGER: from 1
-- parameter first_frame INTEGER: inclusive
-- parameter last_frame INTEGER: inclusive
-- parameter frame_count INTEGER: frames of the range
-- parameter width INTEGER: pixels
-- parameter height INTEGER: pixels
-- parameter fps_numerator INTEGER: frames per second are fps_numerator / fps_denominator
-- parameter fps_denominator INTEGER: see fps_numerator
-- parameter hardware_id VARCHAR: the machine
-- parameter started_at TIMESTAMPTZ: UTC
-- parameter ended_at TIMESTAMPTZ: UTC, NULL while it runs
-- parameter wall_seconds DOUBLE: seconds by a monotonic clock, 0 while it runs
-- parameter outcome VARCHAR: ok, failed or interrupted
-- parameter failure VARCHAR: why it failed, or NULL
-- parameter folder VARCHAR: absolute path
-- parameter movie VARCHAR: file name inside folder
-- parameter settings VARCHAR: JSON
-- parameter origin VARCHAR: measured, imported, assumed or synthetic
INSERT INTO renders (render_id, shot_id, workflow, purpose, engine, model, quality, seed, repeat_number, first_frame, last_frame,
                     frame_count, width, height, fps_numerator, fps_denominator, hardware_id, started_at, ended_at, wall_seconds,
                     outcome, failure, folder, movie, settings, origin)
VALUES ($render_id, $shot_id, $workflow, $purpose, $engine, $model, $quality, $seed, $repeat_number, $first_frame, $last_frame,
        $frame_count, $width, $height, $fps_numerator, $fps_denominator, $hardware_id, $started_at, $ended_at, $wall_seconds,
        $outcome, $failure, $folder, $movie, $settings, $origin);
