-- How many hours did each seniority of each department book?
-- parameter with_synthetic BOOLEAN: whether to count demonstration hours beside real ones; a ledger of demonstration shots alone counts them always
-- column department VARCHAR: in small letters
-- column seniority VARCHAR: in small letters; NULL where none is named
-- column people_hours DOUBLE: hours
SELECT lower(department) AS department, lower(seniority) AS seniority, sum(people_hours) AS people_hours
FROM work_entries
WHERE $with_synthetic OR origin <> 'synthetic' OR NOT EXISTS (FROM shots WHERE origin <> 'synthetic')
GROUP BY ALL
ORDER BY ALL;
