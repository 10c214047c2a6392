-- The trigger of 0006 joined groups to memberships, and SQLite went through all groups of the company to find those
-- few that a teammate is in. This one begins with the teammate, at any number of groups.
DROP TRIGGER teammates_count_in_groups;

CREATE TRIGGER teammates_count_in_groups AFTER UPDATE OF state ON teammates
WHEN (NEW.state IN ('active', 'blocked')) <> (OLD.state IN ('active', 'blocked')) BEGIN
  UPDATE groups SET
    member_count = member_count + iif(NEW.state IN ('active', 'blocked'), 1, -1),
    unconfirmed_members = unconfirmed_members
      + iif(is_linked AND (SELECT m.standing FROM memberships m WHERE m.company_id = NEW.company_id
          AND m.group_id = groups.id AND m.teammate_id = NEW.id) = 'app',
        iif(NEW.state IN ('active', 'blocked'), 1, -1), 0),
    version = version + 1,
    updated_at = max(updated_at, NEW.updated_at)
  WHERE company_id = NEW.company_id AND id IN (
    SELECT m.group_id FROM memberships m INDEXED BY memberships_of_teammate
    WHERE m.company_id = NEW.company_id AND m.teammate_id = NEW.id AND m.standing <> 'gone');
END;
