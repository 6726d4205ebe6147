-- Whose log this is, and what was taken in from the logs of the person's other machines.

CREATE TABLE identity (
    -- The one name of this log, by which its own exports are known again.
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    log         TEXT NOT NULL
) STRICT;

INSERT INTO identity VALUES (1, lower(hex(randomblob(16))));

CREATE TABLE machines (
    -- Another machine's log, and when the newest export of it that was taken in was made.
    id          INTEGER PRIMARY KEY,
    log         TEXT NOT NULL UNIQUE,
    exported_at INTEGER NOT NULL
) STRICT;

CREATE TABLE elsewhere (
    -- The stretches of another machine's log as the person corrected them there. "began" is a moment on
    -- that machine's elapsed clock: by their UTC names alone they are told together with the stretches here.
    machine     INTEGER NOT NULL REFERENCES machines (id),
    began       INTEGER NOT NULL,
    length      INTEGER NOT NULL CHECK (length >= 0),
    start_at    INTEGER NOT NULL,
    end_at      INTEGER NOT NULL CHECK (end_at >= start_at),
    utc_offset  INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    posture     TEXT NOT NULL CHECK (posture IN ('sitting', 'standing', 'moving', 'away', 'unknown')),
    how         TEXT NOT NULL,
    PRIMARY KEY (machine, began)
) STRICT;

CREATE INDEX elsewhere_by_day ON elsewhere (day);
