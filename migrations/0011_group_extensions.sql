-- Extensions of groups that no schema declares, kept as sent, as those of teammates are.

-- JSON: an object by URN; NULL where there is none.
ALTER TABLE groups ADD COLUMN attributes TEXT;
