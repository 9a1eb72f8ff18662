-- Records people's hours that are new.
-- parameter work_entries VARCHAR: JSON list of objects with the fields of a work entry
INSERT INTO work_entries (work_entry_id, shot_id, workflow, department, seniority, vendor, territory, worked_on, people_hours, source, origin)
SELECT
    entry.work_entry_id, entry.shot_id, entry.workflow, entry.department, entry.seniority, entry.vendor, entry.territory,
    entry.worked_on, entry.people_hours, entry.source, entry.origin
FROM (
    SELECT unnest(from_json($work_entries::JSON, '[{"work_entry_id": "VARCHAR", "shot_id": "VARCHAR", "workflow": "VARCHAR",
        "department": "VARCHAR", "seniority": "VARCHAR", "vendor": "VARCHAR", "territory": "VARCHAR", "worked_on": "DATE",
        "people_hours": "DOUBLE", "source": "VARCHAR", "origin": "VARCHAR"}]')) AS entry
);
