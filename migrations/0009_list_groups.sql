-- What lists of groups look up and count, beside what 0006 has.

-- How many groups SCIM shows, kept as the counts of teammates are: nothing is fetched to be counted.
ALTER TABLE companies ADD COLUMN listed_groups INTEGER NOT NULL DEFAULT 0;

UPDATE companies SET listed_groups =
  (SELECT count(*) FROM groups WHERE company_id = companies.id AND state = 'active');

CREATE TRIGGER groups_count_inserted AFTER INSERT ON groups WHEN NEW.state = 'active' BEGIN
  UPDATE companies SET listed_groups = listed_groups + 1 WHERE id = NEW.company_id;
END;

CREATE TRIGGER groups_count_updated AFTER UPDATE OF state ON groups
WHEN (NEW.state = 'active') <> (OLD.state = 'active') BEGIN
  UPDATE companies SET listed_groups = listed_groups + iif(NEW.state = 'active', 1, -1)
  WHERE id = NEW.company_id;
END;

-- The description, case-folded by Rust; NULL where ASCII folding says the same.
ALTER TABLE groups ADD COLUMN description_folded TEXT;
