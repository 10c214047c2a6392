-- The provisioning log keeps what was sent, what was understood by it and what was stored.
--
-- The Worker that still runs while this is applied names its columns: its lines have NULL in the new ones.

ALTER TABLE requests ADD COLUMN dialect TEXT;
-- JSON list: each way in which the request departed from the RFCs, where, and what it was read as.
ALTER TABLE requests ADD COLUMN quirks TEXT;
-- JSON, without secrets and cut at 16 KiB: the body as it came,
ALTER TABLE requests ADD COLUMN sent TEXT;
-- the canonical operations,
ALTER TABLE requests ADD COLUMN understood TEXT;
-- and each attribute that changed with its new value, null where it was removed. NULL: nothing changed.
ALTER TABLE requests ADD COLUMN stored TEXT;

-- A view can't be altered. D1 applies a migration in one transaction: no write falls in between.
DROP TRIGGER journal_takes;
DROP VIEW journal;

CREATE VIEW journal AS SELECT
  NULL AS company_id, NULL AS event_id, NULL AS type, NULL AS occurred_at, NULL AS connection_id,
  NULL AS token_id, NULL AS request_id, NULL AS data, NULL AS method, NULL AS path, NULL AS user_agent,
  NULL AS status, NULL AS resource_id, NULL AS notes, NULL AS dialect, NULL AS quirks, NULL AS sent,
  NULL AS understood, NULL AS stored;

CREATE TRIGGER journal_takes INSTEAD OF INSERT ON journal BEGIN
  UPDATE companies SET last_seq = last_seq + 1 WHERE id = NEW.company_id;
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
