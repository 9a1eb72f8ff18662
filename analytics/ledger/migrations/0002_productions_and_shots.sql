-- What is made: titles, their productions, the shots of those, and which workflow each shot was given to.
--
-- There is no FOREIGN KEY in this ledger, on purpose. DuckDB checks one at each statement and runs an update of a parent
-- row as a delete and an insert, so a parent that has children could not be corrected, and an idempotent
-- `INSERT ... ON CONFLICT` of a parent would fail. Orphans are found by `shotledger ledger check` instead.
CREATE TABLE titles (
    title_id        VARCHAR PRIMARY KEY,
    name            VARCHAR NOT NULL,
    kind            VARCHAR CHECK (kind IN ('series', 'film', 'test')),
    genre           VARCHAR,
    release_year    SMALLINT,
    origin          VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR
);

CREATE TABLE productions (
    production_id        VARCHAR PRIMARY KEY,
    title_id             VARCHAR,
    name                 VARCHAR NOT NULL,
    season               VARCHAR,
    currency             VARCHAR NOT NULL CHECK (regexp_full_match(currency, '[A-Z]{3}')),
    fps_numerator        INTEGER NOT NULL CHECK (fps_numerator > 0),
    fps_denominator      INTEGER NOT NULL CHECK (fps_denominator > 0),
    width                INTEGER CHECK (width > 0),
    height               INTEGER CHECK (height > 0),
    territory            VARCHAR,
    started_on           DATE,
    locked_budget_amount DECIMAL(18, 6),
    hours_per_person_day DECIMAL(4, 2) NOT NULL DEFAULT 8 CHECK (hours_per_person_day > 0),
    origin               VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id      VARCHAR
);
COMMENT ON COLUMN productions.fps_numerator IS 'Frames per second are fps_numerator / fps_denominator: 24000/1001 is 23.976.';
COMMENT ON COLUMN productions.currency IS 'ISO 4217.';
COMMENT ON COLUMN productions.territory IS 'ISO 3166-1 or 3166-2.';
COMMENT ON COLUMN productions.locked_budget_amount IS 'In the currency of the production.';
COMMENT ON COLUMN productions.hours_per_person_day IS 'People hours in a person-day.';

CREATE TABLE shots (
    shot_id         VARCHAR PRIMARY KEY,
    production_id   VARCHAR NOT NULL,
    sequence        VARCHAR,
    code            VARCHAR NOT NULL,
    kind            VARCHAR CHECK (kind IN ('destruction', 'weather', 'de_age', 'previs', 'cleanup', 'set_extension', 'crowd', 'creature', 'other')),
    complexity      VARCHAR CHECK (complexity IN ('easy', 'medium', 'hard', 'hero')),
    cut_frames      INTEGER NOT NULL CHECK (cut_frames > 0),
    handle_frames   INTEGER CHECK (handle_frames >= 0),
    width           INTEGER CHECK (width > 0),
    height          INTEGER CHECK (height > 0),
    camera_move     VARCHAR,
    description     VARCHAR,
    turnover_on     DATE,
    due_on          DATE,
    final_on        DATE,
    status          VARCHAR CHECK (status IN ('open', 'final', 'omitted')),
    twin_of         VARCHAR,
    enabled         BOOLEAN NOT NULL DEFAULT false,
    origin          VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id VARCHAR
);
COMMENT ON COLUMN shots.cut_frames IS 'Frames on screen.';
COMMENT ON COLUMN shots.handle_frames IS 'Extra frames at each end.';
COMMENT ON COLUMN shots.twin_of IS 'The shot_id of the same work done by another workflow.';
COMMENT ON COLUMN shots.enabled IS 'True where the shot would not have been made otherwise: it has no comparator.';

CREATE TABLE assignments (
    shot_id           VARCHAR,
    assignment_number INTEGER CHECK (assignment_number > 0),
    workflow          VARCHAR NOT NULL CHECK (workflow IN ('traditional', 'ai', 'hybrid')),
    started_on        DATE,
    ended_on          DATE,
    outcome           VARCHAR NOT NULL CHECK (outcome IN ('final', 'fell_back', 'omitted', 'open')),
    origin            VARCHAR NOT NULL CHECK (origin IN ('measured', 'imported', 'assumed', 'synthetic')),
    import_batch_id   VARCHAR,
    PRIMARY KEY (shot_id, assignment_number)
);
COMMENT ON COLUMN assignments.assignment_number IS 'From 1, in order of time; number 1 is the arm the shot counts in.';
COMMENT ON COLUMN assignments.ended_on IS 'First day on which it no longer held.';
