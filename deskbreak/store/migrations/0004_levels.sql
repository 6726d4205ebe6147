-- What the person decides about their levels, beside what the exercises say of them.

CREATE TABLE levels (
    -- From then on they are at "level" in this family: the next one was taken, or one was set by hand.
    -- NULL: they say that the family's test for 303 went well. Rows are only ever added.
    id          INTEGER PRIMARY KEY,
    family      TEXT NOT NULL,
    level       INTEGER CHECK (level IN (101, 202, 303)),
    said_at     INTEGER NOT NULL,
    utc_offset  INTEGER NOT NULL,
    day         INTEGER NOT NULL
) STRICT;
