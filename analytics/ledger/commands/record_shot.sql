-- Records a shot that is new.
-- parameter shot_id VARCHAR: primary key
-- parameter production_id VARCHAR: the production it belongs to
-- parameter sequence VARCHAR: name of the sequence
-- parameter code VARCHAR: as the cut and the file names write it
-- parameter kind VARCHAR: what the work is
-- parameter complexity VARCHAR: easy, medium, hard or hero
-- parameter cut_frames INTEGER: frames on screen
-- parameter handle_frames INTEGER: extra frames at each end
-- parameter description VARCHAR: the brief in a sentence
-- parameter origin VARCHAR: measured, imported, assumed or synthetic
INSERT INTO shots (shot_id, production_id, sequence, code, kind, complexity, cut_frames, handle_frames, description, status, origin)
VALUES ($shot_id, $production_id, $sequence, $code, $kind, $complexity, $cut_frames, $handle_frames, $description, 'open', $origin);
