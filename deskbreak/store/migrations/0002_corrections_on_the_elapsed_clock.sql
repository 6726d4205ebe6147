-- A correction says which of the elapsed time it is about, as the rows do that it corrects: the wall clock
-- may have been set in between. Nothing wrote corrections before this version.

DROP TABLE corrections;

CREATE TABLE corrections (
    -- What the person says a time was, and when they said so. Rows are only ever added, and the stretches
    -- stay what they were; of two about the same time the later wins. A row with "undoes" takes that
    -- earlier one back, and names no posture.
    id          INTEGER PRIMARY KEY,
    began       INTEGER NOT NULL,
    length      INTEGER NOT NULL CHECK (length >= 0),
    start_at    INTEGER NOT NULL,
    utc_offset  INTEGER NOT NULL,
    posture     TEXT CHECK (posture IN ('sitting', 'standing', 'moving', 'away', 'unknown')),
    said_at     INTEGER NOT NULL,
    undoes      INTEGER REFERENCES corrections (id),
    CHECK ((posture IS NULL) = (undoes IS NOT NULL))
) STRICT;

CREATE INDEX corrections_by_began ON corrections (began);
