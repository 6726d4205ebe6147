-- What the log holds. These comments are the schema's documentation, and the only one; SQLite keeps
-- those inside a table's parentheses, so that ".schema" shows them too.
--
-- Everything is counted in whole milliseconds, which keeps ten years in a few megabytes:
--   moments (..._at, "since", "wall") are UTC, since 1970: datetime(start_at / 1000, 'unixepoch').
--     They name moments; the truth about durations is "length".
--   "began" is a moment on the elapsed clock, which counts suspended time, is never set and goes on over
--     restarts and reboots, so that rows follow each other on it without overlap.
--   "day" is the local date that a row belongs to, as the number 20250602; a day starts at day_start,
--     not at midnight.
-- "utc_offset" is what the local clock was ahead of UTC, in seconds.

CREATE TABLE stretches (
    -- Half-open intervals in one posture, each of one local day and one offset. The last row is
    -- lengthened while it goes on.
    began       INTEGER PRIMARY KEY,
    length      INTEGER NOT NULL CHECK (length >= 0),
    start_at    INTEGER NOT NULL,
    end_at      INTEGER NOT NULL CHECK (end_at >= start_at),
    utc_offset  INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    posture     TEXT NOT NULL CHECK (posture IN ('sitting', 'standing', 'moving', 'away', 'unknown')),
    -- How it is known: input, call, media, user, desk, lock, suspend, idle, accepted, exercise, gap.
    how         TEXT NOT NULL
) STRICT;

CREATE INDEX stretches_by_day ON stretches (day);

CREATE TABLE breaks (
    -- What made the count 0. "spell" numbers the time between two of them; the break that ended it has
    -- its number.
    spell       INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('away', 'stood', 'moved')),
    began       INTEGER NOT NULL,
    length      INTEGER NOT NULL CHECK (length >= 0),
    start_at    INTEGER NOT NULL,
    utc_offset  INTEGER NOT NULL,
    day         INTEGER NOT NULL
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
    at          INTEGER NOT NULL,
    utc_offset  INTEGER NOT NULL,
    -- Why it was shown or held, as JSON: rule, count, limit, idle, waited (durations in microseconds)
    -- and holds.
    decision    TEXT,
    -- started, done, snoozed, skipped, left, held, ignored, undelivered; NULL: not known yet.
    outcome     TEXT,
    outcome_at  INTEGER
) STRICT;

CREATE TABLE exercises (
    -- What was done from the library. "activation" 1: in the chair, so that the sitting went on.
    id          INTEGER PRIMARY KEY,
    exercise    TEXT NOT NULL,
    start_at    INTEGER NOT NULL,
    utc_offset  INTEGER NOT NULL,
    length      INTEGER NOT NULL CHECK (length >= 0),
    activation  INTEGER NOT NULL CHECK (activation IN (0, 1))
) STRICT;

CREATE TABLE corrections (
    -- What the person says it was, from when to when, and when they said so. Rows are only ever added:
    -- one with "undoes" takes that earlier one back, and names no posture.
    id          INTEGER PRIMARY KEY,
    start_at    INTEGER NOT NULL,
    end_at      INTEGER NOT NULL CHECK (end_at >= start_at),
    posture     TEXT CHECK (posture IN ('sitting', 'standing', 'moving', 'away', 'unknown')),
    said_at     INTEGER NOT NULL,
    undoes      INTEGER REFERENCES corrections (id),
    CHECK ((posture IS NULL) = (undoes IS NOT NULL))
) STRICT;

CREATE TABLE settings (
    -- What was in force from "since" on, until the next row of the same key. Values as in settings.toml.
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL,
    value       TEXT NOT NULL,
    since       INTEGER NOT NULL
) STRICT;

CREATE TABLE state (
    -- The one row a restart begins from: the state as JSON, and the moment it was written. "boot_id" is
    -- the machine's boot, "axis_offset" what the elapsed clock was ahead of that boot's own. That and
    -- "elapsed" are in microseconds, so that the clock goes on exactly.
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    snapshot    TEXT NOT NULL,
    boot_id     TEXT NOT NULL,
    axis_offset INTEGER NOT NULL,
    elapsed     INTEGER NOT NULL,
    wall        INTEGER NOT NULL
) STRICT;
