-- Forgets the numbers that stand for shots in reckoned costs.
DELETE FROM reckoned_shot_numbers;
