-- What ends an access ends it everywhere at once: isolates remember who may call under a version of the company's rules,
-- and so that version has to grow with every change of what an access rests on.

-- When the erasure of the company began: from then on everybody is refused, however far it has come. NULL: it is there.
ALTER TABLE companies ADD COLUMN erased_at INTEGER;

-- The Worker raises the version itself where it writes settings; this is for whoever does not.
CREATE TRIGGER companies_change_rules AFTER UPDATE OF id, name, plan, entitlements, seats, group_sync_enabled,
  unknown_template, user_name_must_be_primary_email, allowed_domains, idp_may_block_last_admin, idp_may_unblock, region,
  created_at, erased_at ON companies
WHEN NEW.rules_version = OLD.rules_version BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = NEW.id;
END;

-- A token's connection, its company and its very text decide as well. When it was last used does not.
DROP TRIGGER tokens_change_rules;

CREATE TRIGGER tokens_change_rules AFTER UPDATE OF company_id, hash, id, name, scopes, connection_id, expires_at,
  revoked_at, created_at ON tokens BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = NEW.company_id;
END;

CREATE TRIGGER tokens_moved_change_rules AFTER UPDATE OF company_id ON tokens WHEN NEW.company_id <> OLD.company_id BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = OLD.company_id;
END;

-- One that has been over for an hour is refused by the clock, whoever remembers it: to sweep it away tells nobody news.
CREATE TRIGGER tokens_deleted_change_rules AFTER DELETE ON tokens
WHEN OLD.expires_at IS NULL OR OLD.expires_at > (unixepoch() - 3600) * 1000 BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = OLD.company_id;
END;

-- When a connection was first and last heard of does not decide.
DROP TRIGGER connections_change_rules;

CREATE TRIGGER connections_change_rules AFTER UPDATE OF company_id, id, provider, name, paused, created_at,
  updated_at ON connections BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = NEW.company_id;
END;

CREATE TRIGGER connections_moved_change_rules AFTER UPDATE OF company_id ON connections
WHEN NEW.company_id <> OLD.company_id BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = OLD.company_id;
END;
