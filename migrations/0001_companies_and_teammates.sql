-- Companies, how their identity providers reach them, their teammates, and the journal of what changed.
--
-- Every table is keyed by company_id first: no query of the request path crosses companies, so that
-- companies can be spread over several databases. Times are milliseconds since the Unix epoch.

CREATE TABLE companies (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  plan TEXT NOT NULL,
  -- JSON list: what is granted beyond the plan.
  entitlements TEXT NOT NULL,
  -- NULL: no limit.
  seats INTEGER,
  group_sync_enabled INTEGER NOT NULL,
  unknown_template TEXT NOT NULL,
  user_name_must_be_primary_email INTEGER NOT NULL,
  -- JSON list of case-folded domains; empty: any domain.
  allowed_domains TEXT NOT NULL,
  idp_may_block_last_admin INTEGER NOT NULL,
  -- Grows with every change that a provisioning decision may rest on: settings, templates, tokens,
  -- connections (triggers below). A write is guarded by it, so that none is made under rules that no
  -- longer hold.
  rules_version INTEGER NOT NULL DEFAULT 1,
  -- Kept by triggers in the transaction of each change, so that nothing is ever fetched to be counted.
  active_teammates INTEGER NOT NULL DEFAULT 0,
  listed_teammates INTEGER NOT NULL DEFAULT 0,
  active_admins INTEGER NOT NULL DEFAULT 0,
  -- The sequence number of the newest event: gap-free, one sequence for each company.
  last_seq INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE connections (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  provider TEXT NOT NULL,
  name TEXT NOT NULL,
  paused INTEGER NOT NULL DEFAULT 0,
  first_seen_at INTEGER,
  last_seen_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  company_id TEXT NOT NULL,
  -- SHA-256 of the token's text, base64url. The text itself is stored nowhere.
  hash TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- JSON list.
  scopes TEXT NOT NULL,
  -- NULL: a token of the company, for any of its connections.
  connection_id TEXT,
  expires_at INTEGER,
  revoked_at INTEGER,
  last_used_at INTEGER,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, hash)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX tokens_id ON tokens (company_id, id);

CREATE TABLE templates (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  -- JSON, as the operator gave them: the app applies them, Rollcall carries them.
  workspaces TEXT NOT NULL,
  inboxes TEXT NOT NULL,
  custom_fields TEXT NOT NULL,
  preferences TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE teammates (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  -- Unicode case folding, done in Rust: SQLite folds ASCII alone.
  user_name_folded TEXT NOT NULL,
  external_id TEXT,
  -- removed: blocked, and gone from SCIM until it is created again.
  -- deleted: a tombstone of what the company's own admin deleted in the app.
  state TEXT NOT NULL CHECK (state IN ('active', 'blocked', 'removed', 'deleted')),
  role TEXT NOT NULL,
  template_id TEXT,
  -- 'scim' or 'app': who made it.
  origin TEXT NOT NULL,
  -- JSON: SCIM attributes in canonical form, but for those that have a column here.
  attributes TEXT NOT NULL,
  -- JSON list: the e-mail addresses among the attributes, case-folded, each once.
  emails TEXT NOT NULL,
  sessions_invalid_before INTEGER,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  state_changed_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;

-- Removed and deleted teammates hold their userName too: they are brought back, or refused, by it.
CREATE UNIQUE INDEX teammates_user_name ON teammates (company_id, user_name_folded);
CREATE INDEX teammates_external_id ON teammates (company_id, external_id) WHERE external_id IS NOT NULL;
-- Each teammate is in one of these two: SCIM's list walks the first, in the order of creation.
CREATE INDEX teammates_listed ON teammates (company_id, id) WHERE state IN ('active', 'blocked');
CREATE INDEX teammates_unlisted ON teammates (company_id, id) WHERE state IN ('removed', 'deleted');

-- The list teammates.emails, a row for each address: what is looked up. Kept by triggers.
CREATE TABLE teammate_emails (
  company_id TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  teammate_id TEXT NOT NULL,
  PRIMARY KEY (company_id, email_folded, teammate_id)
) STRICT, WITHOUT ROWID;

-- The change feed. The numbers of a company have no gap: see the view journal.
CREATE TABLE events (
  company_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  occurred_at INTEGER NOT NULL,
  connection_id TEXT,
  token_id TEXT,
  request_id TEXT NOT NULL,
  -- JSON: {"before": ..., "after": ...}
  data TEXT NOT NULL,
  PRIMARY KEY (company_id, seq)
) STRICT, WITHOUT ROWID;

-- The provisioning log. An id is made for each request; that its row is there is the proof that the
-- request's batch was committed.
CREATE TABLE requests (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  occurred_at INTEGER NOT NULL,
  connection_id TEXT,
  token_id TEXT,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  user_agent TEXT,
  status INTEGER NOT NULL,
  resource_id TEXT,
  -- NULL: the request was accepted and changed nothing.
  event_seq INTEGER,
  -- JSON list of sentences: what was ignored, what was read differently from how it was sent.
  notes TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;

-- What follows from a change by itself, whoever makes it. Rules are in Rust; this is bookkeeping.

CREATE TRIGGER teammates_count_inserted AFTER INSERT ON teammates BEGIN
  UPDATE companies SET
    active_teammates = active_teammates + (NEW.state = 'active'),
    listed_teammates = listed_teammates + (NEW.state IN ('active', 'blocked')),
    active_admins = active_admins + (NEW.state = 'active' AND NEW.role = 'admin')
  WHERE id = NEW.company_id;
END;

CREATE TRIGGER teammates_count_updated AFTER UPDATE OF state, role ON teammates BEGIN
  UPDATE companies SET
    active_teammates = active_teammates + (NEW.state = 'active') - (OLD.state = 'active'),
    listed_teammates = listed_teammates
      + (NEW.state IN ('active', 'blocked')) - (OLD.state IN ('active', 'blocked')),
    active_admins = active_admins
      + (NEW.state = 'active' AND NEW.role = 'admin') - (OLD.state = 'active' AND OLD.role = 'admin')
  WHERE id = NEW.company_id;
END;

CREATE TRIGGER teammates_index_inserted_emails AFTER INSERT ON teammates WHEN NEW.emails <> '[]' BEGIN
  INSERT INTO teammate_emails (company_id, email_folded, teammate_id)
  SELECT NEW.company_id, value, NEW.id FROM json_each(NEW.emails);
END;

CREATE TRIGGER teammates_index_updated_emails AFTER UPDATE OF emails ON teammates BEGIN
  DELETE FROM teammate_emails WHERE company_id = NEW.company_id AND teammate_id = NEW.id
    AND email_folded IN (SELECT value FROM json_each(OLD.emails))
    AND email_folded NOT IN (SELECT value FROM json_each(NEW.emails));
  INSERT INTO teammate_emails (company_id, email_folded, teammate_id)
  SELECT NEW.company_id, value, NEW.id FROM json_each(NEW.emails)
  WHERE value NOT IN (SELECT value FROM json_each(OLD.emails));
END;

-- Where a change is journaled: one insert here is its event and its log line, with the next number. There
-- is nothing to read.
CREATE VIEW journal AS SELECT
  NULL AS company_id, NULL AS event_id, NULL AS type, NULL AS occurred_at, NULL AS connection_id,
  NULL AS token_id, NULL AS request_id, NULL AS data, NULL AS method, NULL AS path, NULL AS user_agent,
  NULL AS status, NULL AS resource_id, NULL AS notes;

CREATE TRIGGER journal_takes INSTEAD OF INSERT ON journal BEGIN
  UPDATE companies SET last_seq = last_seq + 1 WHERE id = NEW.company_id;
  INSERT INTO events (company_id, seq, id, type, occurred_at, connection_id, token_id, request_id, data)
  SELECT id, last_seq, NEW.event_id, NEW.type, NEW.occurred_at, NEW.connection_id, NEW.token_id,
    NEW.request_id, NEW.data
  FROM companies WHERE id = NEW.company_id;
  INSERT INTO requests (company_id, id, occurred_at, connection_id, token_id, method, path, user_agent,
    status, resource_id, event_seq, notes)
  SELECT id, NEW.request_id, NEW.occurred_at, NEW.connection_id, NEW.token_id, NEW.method, NEW.path,
    NEW.user_agent, NEW.status, NEW.resource_id, last_seq, NEW.notes
  FROM companies WHERE id = NEW.company_id;
END;

CREATE TRIGGER connections_change_rules AFTER UPDATE OF provider, name, paused ON connections BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = NEW.company_id;
END;

CREATE TRIGGER connections_deleted_change_rules AFTER DELETE ON connections BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = OLD.company_id;
END;

CREATE TRIGGER tokens_change_rules AFTER UPDATE OF scopes, expires_at, revoked_at ON tokens BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = NEW.company_id;
END;

CREATE TRIGGER templates_inserted_change_rules AFTER INSERT ON templates BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = NEW.company_id;
END;

CREATE TRIGGER templates_updated_change_rules AFTER UPDATE ON templates BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = NEW.company_id;
END;

CREATE TRIGGER templates_deleted_change_rules AFTER DELETE ON templates BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = OLD.company_id;
END;
