-- What is kept of a company's past is bounded: events say what changed, for as long as the company wants, and all that is
-- kept of a company is counted.
--
-- The Worker before this one knows none of these columns. What it journals is counted by the trigger below like anything
-- else, but for the growth of a teammate's or a group's row, which it does not tell.

-- Since when somebody is in a group, and by which request and connection: kept as long as the row, while events and log go.
-- NULL of a membership that is older, or was written by the Worker before.
ALTER TABLE memberships ADD COLUMN since INTEGER;
ALTER TABLE memberships ADD COLUMN request_id TEXT;
ALTER TABLE memberships ADD COLUMN connection_id TEXT;

-- Values of events that are large: each once, by the SHA-256 of its JSON. An event has the hash in its place.
CREATE TABLE event_values (
  company_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  -- JSON.
  value TEXT NOT NULL,
  -- The newest event that names it: it goes with that.
  last_seq INTEGER NOT NULL,
  PRIMARY KEY (company_id, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_values_last ON event_values (company_id, last_seq);

-- For how many days events and log lines are kept.
ALTER TABLE companies ADD COLUMN retention_days INTEGER NOT NULL DEFAULT 90;
-- The oldest event that is there; the next one's number where there is none. It only grows: behind it nothing is kept.
ALTER TABLE companies ADD COLUMN oldest_seq INTEGER NOT NULL DEFAULT 1;
-- The most bytes that may be kept of it, and those that are: by the estimates below.
ALTER TABLE companies ADD COLUMN quota_bytes INTEGER NOT NULL DEFAULT 2147483648;
ALTER TABLE companies ADD COLUMN kept_bytes INTEGER NOT NULL DEFAULT 0;
-- Whether an event has told that the quota is nearly used up.
ALTER TABLE companies ADD COLUMN quota_is_told INTEGER NOT NULL DEFAULT 0;
-- Events up to this one, and their log lines, are older than the count, and are not taken off it when they go.
ALTER TABLE companies ADD COLUMN uncounted_seq INTEGER NOT NULL DEFAULT 0;
-- Log lines of what changed nothing are counted later, by cron: those up to this id are. Counting them at once would be a
-- row more for each.
ALTER TABLE companies ADD COLUMN counted_through TEXT NOT NULL DEFAULT '';
-- When cron has last done what there was to do.
ALTER TABLE companies ADD COLUMN tended_at INTEGER NOT NULL DEFAULT 0;

UPDATE companies SET uncounted_seq = last_seq;

CREATE INDEX companies_to_tend ON companies (tended_at);

-- As 0017 has it, with the two settings.
DROP TRIGGER companies_change_rules;

CREATE TRIGGER companies_change_rules AFTER UPDATE OF id, name, plan, entitlements, seats, group_sync_enabled,
  unknown_template, user_name_must_be_primary_email, allowed_domains, idp_may_block_last_admin, idp_may_unblock, region,
  retention_days, quota_bytes, created_at, erased_at ON companies
WHEN NEW.rules_version = OLD.rules_version BEGIN
  UPDATE companies SET rules_version = rules_version + 1 WHERE id = NEW.id;
END;

-- The estimates: what stands in a row, with an allowance for its keys and the entries of its indexes. A teammate's
-- attributes count twice, for their folded form and what is looked up in them. Those that are no member any more are kept
-- for an undo alone, and not counted.
ALTER TABLE events ADD COLUMN bytes INTEGER AS (200 + octet_length(data)) VIRTUAL;
ALTER TABLE requests ADD COLUMN bytes INTEGER AS (200 + octet_length(path) + octet_length(notes)
  + coalesce(octet_length(user_agent), 0) + coalesce(octet_length(quirks), 0) + coalesce(octet_length(sent), 0)
  + coalesce(octet_length(understood), 0) + coalesce(octet_length(stored), 0)) VIRTUAL;
ALTER TABLE teammates ADD COLUMN bytes INTEGER AS (400 + 2 * octet_length(user_name)
  + 2 * coalesce(octet_length(external_id), 0) + 2 * octet_length(attributes)) VIRTUAL;
ALTER TABLE groups ADD COLUMN bytes INTEGER AS (400 + 2 * octet_length(display_name)
  + 2 * coalesce(octet_length(external_id), 0) + 2 * coalesce(octet_length(description), 0)
  + coalesce(octet_length(attributes), 0) + coalesce(octet_length(before_adoption), 0)) VIRTUAL;
ALTER TABLE memberships ADD COLUMN bytes INTEGER AS (iif(standing = 'gone', 0, 200)) VIRTUAL;
ALTER TABLE event_values ADD COLUMN bytes INTEGER AS (200 + octet_length(value)) VIRTUAL;

-- A large value is rare: its count may be a row more.
CREATE TRIGGER event_values_counted AFTER INSERT ON event_values BEGIN
  UPDATE companies SET kept_bytes = kept_bytes + 200 + octet_length(NEW.value) WHERE id = NEW.company_id;
END;

-- A view can't be altered. D1 applies a migration in one transaction: no write falls in between.
DROP TRIGGER journal_takes;
DROP TRIGGER journal_takes_nothing;
DROP VIEW journal;

-- row_growth: by how many bytes the change made the row larger that it is about, by the estimates above.
CREATE VIEW journal AS SELECT
  NULL AS company_id, NULL AS event_id, NULL AS type, NULL AS occurred_at, NULL AS connection_id,
  NULL AS token_id, NULL AS request_id, NULL AS data, NULL AS method, NULL AS path, NULL AS user_agent,
  NULL AS status, NULL AS resource_id, NULL AS notes, NULL AS dialect, NULL AS quirks, NULL AS sent,
  NULL AS understood, NULL AS stored, NULL AS row_growth;

CREATE TRIGGER journal_takes INSTEAD OF INSERT ON journal WHEN NEW.type IS NOT NULL BEGIN
  UPDATE companies SET last_seq = last_seq + 1,
    kept_bytes = max(0, kept_bytes + coalesce(NEW.row_growth, 0)
      + 200 * iif(NEW.type GLOB 'group.*', coalesce(NEW.data ->> '$.members_added.count', 0)
        - coalesce(NEW.data ->> '$.members_removed.count', 0), 0)
      + 200 + octet_length(NEW.data)
      + 200 + octet_length(NEW.path) + octet_length(NEW.notes)
      + coalesce(octet_length(NEW.user_agent), 0) + coalesce(octet_length(NEW.quirks), 0)
      + coalesce(octet_length(NEW.sent), 0) + coalesce(octet_length(NEW.understood), 0)
      + coalesce(octet_length(NEW.stored), 0))
  WHERE id = NEW.company_id;
  INSERT INTO events (company_id, seq, id, type, occurred_at, connection_id, token_id, request_id, data)
  SELECT id, last_seq, NEW.event_id, NEW.type, NEW.occurred_at, NEW.connection_id, NEW.token_id,
    NEW.request_id, NEW.data
  FROM companies WHERE id = NEW.company_id;
  INSERT INTO requests (company_id, id, occurred_at, connection_id, token_id, method, path, user_agent,
    status, resource_id, event_seq, notes, dialect, quirks, sent, understood, stored)
  SELECT id, NEW.request_id, NEW.occurred_at, NEW.connection_id, NEW.token_id, NEW.method, NEW.path,
    NEW.user_agent, NEW.status, NEW.resource_id, last_seq, NEW.notes, NEW.dialect, NEW.quirks, NEW.sent,
    NEW.understood, NEW.stored
  FROM companies WHERE id = NEW.company_id;
END;

CREATE TRIGGER journal_takes_nothing INSTEAD OF INSERT ON journal WHEN NEW.type IS NULL BEGIN
  INSERT INTO requests (company_id, id, occurred_at, connection_id, token_id, method, path, user_agent,
    status, resource_id, notes, dialect, quirks, sent, understood, stored)
  VALUES (NEW.company_id, NEW.request_id, NEW.occurred_at, NEW.connection_id, NEW.token_id, NEW.method,
    NEW.path, NEW.user_agent, NEW.status, NEW.resource_id, NEW.notes, NEW.dialect, NEW.quirks, NEW.sent,
    NEW.understood, NEW.stored);
END;
