-- An exercise has the number of its own prompt, the time that it takes, and what the person said of it.
-- Those booked before have numbers below 0, and are taken to have been done in full.

ALTER TABLE exercises RENAME TO exercises_before;

CREATE TABLE exercises (
    -- What was done from the library, for "length" of the "dose" that it takes. "activation" 1: in the
    -- chair, so that the sitting went on.
    number      INTEGER PRIMARY KEY,
    exercise    TEXT NOT NULL,
    start_at    INTEGER NOT NULL,
    utc_offset  INTEGER NOT NULL,
    length      INTEGER NOT NULL CHECK (length >= 0),
    dose        INTEGER NOT NULL CHECK (dose >= 0),
    activation  INTEGER NOT NULL CHECK (activation IN (0, 1)),
    -- easy, right, hard, pain; NULL: the person did not say.
    rating      TEXT CHECK (rating IN ('easy', 'right', 'hard', 'pain'))
) STRICT;

INSERT INTO exercises
    SELECT -id, exercise, start_at, utc_offset, length, length, activation, NULL FROM exercises_before;

DROP TABLE exercises_before;
