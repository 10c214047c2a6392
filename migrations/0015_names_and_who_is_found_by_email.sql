-- Names are compared by more than letter case from here on (RFC 7644 section 5): by Rust, as src/scim/fold.rs says.
--
-- What is stored under the former folding is folded anew when the row is written, and by the Worker's cron. The Worker
-- before this one goes on writing the former one while the new one is deployed; it knows none of these columns, and so
-- its rows are among those that are to be folded.

-- The version of the teammate that its names were folded for.
ALTER TABLE teammates ADD COLUMN names_version INTEGER;
-- The folded userName, where another teammate has it: two who were there when their names became one name, and stay
-- two. Such a one keeps the former form in user_name_folded.
ALTER TABLE teammates ADD COLUMN twin_key TEXT;
-- Whether an identity provider has written one whom the app made.
ALTER TABLE teammates ADD COLUMN is_linked INTEGER NOT NULL DEFAULT 0;
-- The folded e-mail address by which it is found as if that were its userName: of one whom the app made under a name
-- that is no address, and whom no identity provider has written yet. NULL for everybody else.
ALTER TABLE teammates ADD COLUMN found_by_email TEXT;

-- Those of whom the log knows a write with a token.
UPDATE teammates SET is_linked = 1 WHERE origin = 'app' AND id IN
  (SELECT resource_id FROM requests WHERE token_id IS NOT NULL AND resource_id IS NOT NULL);

-- Whose folding may have become another one: a name or an address with anything but the visible characters of ASCII;
-- and who may have to be found by an address. Usually nobody.
CREATE INDEX teammates_to_fold ON teammates (company_id, id)
WHERE names_version IS NOT version AND (user_name_folded GLOB '*[^!-~]*' OR emails GLOB '*[^!-~]*'
  OR instr(emails, '\') > 0
  OR (origin = 'app' AND is_linked = 0 AND emails <> '[]' AND instr(user_name, '@') = 0));
CREATE INDEX teammates_twins ON teammates (company_id, twin_key) WHERE twin_key IS NOT NULL;
CREATE INDEX teammates_found_by_email ON teammates (company_id, found_by_email) WHERE found_by_email IS NOT NULL;

-- A userName that is given up is taken by one of those who would have had it. (A statement that writes in a trigger
-- can't name its index, and SQLite would go through all of the company.)
CREATE TRIGGER teammates_give_up_name AFTER UPDATE OF user_name_folded ON teammates
WHEN NEW.user_name_folded <> OLD.user_name_folded AND EXISTS (
  SELECT 1 FROM teammates t INDEXED BY teammates_twins
  WHERE t.company_id = OLD.company_id AND t.twin_key = OLD.user_name_folded AND t.twin_key IS NOT NULL) BEGIN
  UPDATE OR IGNORE teammates SET user_name_folded = twin_key, twin_key = NULL
  WHERE company_id = OLD.company_id AND id IN (
    SELECT t.id FROM teammates t INDEXED BY teammates_twins
    WHERE t.company_id = OLD.company_id AND t.twin_key = OLD.user_name_folded AND t.twin_key IS NOT NULL);
END;

-- The same of groups. What the folded name was written for is the definition: no change of members touches it.
ALTER TABLE groups ADD COLUMN names_definition INTEGER;
ALTER TABLE groups ADD COLUMN twin_key TEXT;

CREATE INDEX groups_to_fold ON groups (company_id, id)
WHERE names_definition IS NOT definition AND display_name_folded GLOB '*[^ -~]*';
CREATE INDEX groups_twins ON groups (company_id, twin_key) WHERE state = 'active' AND twin_key IS NOT NULL;

CREATE TRIGGER groups_give_up_name AFTER UPDATE OF display_name_folded, state ON groups
WHEN OLD.state = 'active' AND (NEW.state <> 'active' OR NEW.display_name_folded <> OLD.display_name_folded)
AND EXISTS (
  SELECT 1 FROM groups g INDEXED BY groups_twins WHERE g.company_id = OLD.company_id AND g.state = 'active'
    AND g.twin_key = OLD.display_name_folded AND g.twin_key IS NOT NULL) BEGIN
  UPDATE OR IGNORE groups SET display_name_folded = twin_key, twin_key = NULL
  WHERE company_id = OLD.company_id AND id IN (
    SELECT g.id FROM groups g INDEXED BY groups_twins
    WHERE g.company_id = OLD.company_id AND g.state = 'active' AND g.twin_key = OLD.display_name_folded
      AND g.twin_key IS NOT NULL);
END;
