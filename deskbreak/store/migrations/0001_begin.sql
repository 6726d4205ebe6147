-- What the log holds. These comments are the schema's documentation, and the only one; SQLite keeps
-- those inside a table's parentheses, so that ".schema" shows them too.
--
-- Moments are UTC, as text of one width: 2025-06-02T09:00:00.000000Z. They name moments; the truth
-- about durations is the column "seconds". "utc_offset" is what the local clock was ahead of UTC, in
-- seconds. "began" is a moment on the elapsed clock, in seconds: it counts suspended time, is never set
-- and goes on over restarts and reboots, so that rows follow each other on it without overlap.
-- "day" is the local date that a row belongs to; a day starts at day_start, not at midnight.

CREATE TABLE stretches (
    -- Half-open intervals in one posture, each of one local day and one offset. The last row is
    -- lengthened while it goes on.
    id          INTEGER PRIMARY KEY,
    began       REAL NOT NULL,
    seconds     REAL NOT NULL CHECK (seconds >= 0),
    start_at    TEXT NOT NULL,
    end_at      TEXT NOT NULL CHECK (end_at >= start_at),
    utc_offset  INTEGER NOT NULL,
    day         TEXT NOT NULL,
    posture     TEXT NOT NULL CHECK (posture IN ('sitting', 'standing', 'moving', 'away', 'unknown')),
    -- How it is known: input, call, media, user, desk, lock, suspend, idle, accepted, exercise, gap.
    how         TEXT NOT NULL
) STRICT;

CREATE INDEX stretches_by_day ON stretches (day, began);
CREATE INDEX stretches_by_began ON stretches (began);
CREATE INDEX stretches_by_start ON stretches (start_at);

CREATE TABLE breaks (
    -- What made the count 0. "spell" numbers the time between two of them; the break that ended it has
    -- its number.
    spell       INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('away', 'stood', 'moved')),
    began       REAL NOT NULL,
    seconds     REAL NOT NULL CHECK (seconds >= 0),
    start_at    TEXT NOT NULL,
    utc_offset  INTEGER NOT NULL,
    day         TEXT NOT NULL
) STRICT;

CREATE INDEX breaks_by_day ON breaks (day);

CREATE TABLE prompts (
    -- Whatever was put on the screen, or was due and held back.
    number      INTEGER PRIMARY KEY,
    -- reminder, standing, return, exercise-end, primer, evening, welcome, fault.
    kind        TEXT NOT NULL,
    level       INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    -- The id of the movement it named.
    exercise    TEXT,
    at          TEXT NOT NULL,
    utc_offset  INTEGER NOT NULL,
    -- Why it was shown or held, as JSON: rule, count, limit, idle, waited (durations in microseconds)
    -- and holds.
    decision    TEXT,
    -- started, done, snoozed, skipped, left, held, ignored, undelivered; NULL: not known yet.
    outcome     TEXT,
    outcome_at  TEXT
) STRICT;

CREATE INDEX prompts_by_at ON prompts (at);

CREATE TABLE exercises (
    -- What was done from the library. "activation" 1: in the chair, so that the sitting went on.
    id          INTEGER PRIMARY KEY,
    exercise    TEXT NOT NULL,
    start_at    TEXT NOT NULL,
    utc_offset  INTEGER NOT NULL,
    seconds     REAL NOT NULL CHECK (seconds >= 0),
    activation  INTEGER NOT NULL CHECK (activation IN (0, 1))
) STRICT;

CREATE INDEX exercises_by_start ON exercises (start_at);

CREATE TABLE corrections (
    -- What the person says it was, from when to when, and when they said so. Rows are only ever added:
    -- one with "undoes" takes that earlier one back, and names no posture.
    id          INTEGER PRIMARY KEY,
    start_at    TEXT NOT NULL,
    end_at      TEXT NOT NULL CHECK (end_at >= start_at),
    posture     TEXT CHECK (posture IN ('sitting', 'standing', 'moving', 'away', 'unknown')),
    said_at     TEXT NOT NULL,
    undoes      INTEGER REFERENCES corrections (id),
    CHECK ((posture IS NULL) = (undoes IS NOT NULL))
) STRICT;

CREATE TABLE settings (
    -- What was in force from "since" on, until the next row of the same key. Values as in settings.toml.
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL,
    value       TEXT NOT NULL,
    since       TEXT NOT NULL
) STRICT;

CREATE INDEX settings_by_key ON settings (key, id);

CREATE TABLE state (
    -- The one row a restart begins from: the state as JSON, and the moment it was written. "boot_id" is
    -- the machine's boot, "axis_offset" what the elapsed clock was ahead of that boot's own, in seconds.
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    snapshot    TEXT NOT NULL,
    boot_id     TEXT NOT NULL,
    axis_offset REAL NOT NULL,
    elapsed     REAL NOT NULL,
    wall        TEXT NOT NULL
) STRICT;
