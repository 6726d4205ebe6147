-- The person's own words about a correction.

ALTER TABLE corrections ADD COLUMN note TEXT;
