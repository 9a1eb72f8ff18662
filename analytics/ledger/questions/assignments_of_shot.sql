-- Which workflows was a shot given to, in order of time?
-- parameter shot_id VARCHAR: the shot
-- column assignment_number INTEGER: from 1; number 1 is the arm the shot counts in
-- column workflow VARCHAR: traditional, ai or hybrid
-- column started_on DATE: first day of it
-- column ended_on DATE: first day on which it no longer held
-- column outcome VARCHAR: final, fell_back, omitted or open
-- column origin VARCHAR: measured, imported, assumed or synthetic
SELECT assignment_number, workflow, started_on, ended_on, outcome, origin
FROM assignments
WHERE shot_id = $shot_id
ORDER BY assignment_number;
