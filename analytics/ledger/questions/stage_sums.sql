-- Finds finished renders whose stages do not add up to the render within 2 percent.
-- column render_id VARCHAR: the render
-- column wall_seconds DOUBLE: of the render
-- column stages_wall_seconds DOUBLE: sum over its stages
SELECT renders.render_id, renders.wall_seconds, sum(stages.wall_seconds) AS stages_wall_seconds
FROM renders
JOIN stages USING (render_id)
WHERE renders.ended_at IS NOT NULL
GROUP BY renders.render_id, renders.wall_seconds
-- A thousandth of a second is allowed besides, for renders so short that rounding shows.
HAVING abs(sum(stages.wall_seconds) - renders.wall_seconds) > 0.02 * renders.wall_seconds + 0.001
ORDER BY renders.render_id
