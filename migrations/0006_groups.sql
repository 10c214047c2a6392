-- Teammate groups, who is in them, and the one writer that each company has for both.

CREATE TABLE groups (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  display_name TEXT NOT NULL,
  -- Trimmed and case-folded, by Rust.
  display_name_folded TEXT NOT NULL,
  external_id TEXT,
  description TEXT,
  -- Whether an identity provider has pushed it.
  is_linked INTEGER NOT NULL,
  -- deleted: gone from SCIM and the app, restorable with its members.
  state TEXT NOT NULL CHECK (state IN ('active', 'deleted')),
  -- Those that SCIM shows: a removed teammate keeps its memberships, and they count again when it is back.
  member_count INTEGER NOT NULL,
  -- Of these, those that were there when the group was adopted and that its identity provider has not named;
  -- 0 while it is not linked.
  unconfirmed_members INTEGER NOT NULL,
  -- Grows with every change, of members too; definition with every change of any column but the counts. A
  -- change of members is guarded by the definition alone, so that no other change of members is in its way.
  version INTEGER NOT NULL,
  definition INTEGER NOT NULL,
  -- JSON: what it was before an identity provider took it over, so that this can be undone.
  before_adoption TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  state_changed_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;

-- A deleted group holds no name.
CREATE UNIQUE INDEX groups_name ON groups (company_id, display_name_folded) WHERE state = 'active';
CREATE INDEX groups_external_id ON groups (company_id, external_id) WHERE state = 'active' AND external_id IS NOT NULL;
-- SCIM's list walks this one, in the order of creation.
CREATE INDEX groups_listed ON groups (company_id, id) WHERE state = 'active';

CREATE TABLE memberships (
  company_id TEXT NOT NULL,
  group_id TEXT NOT NULL,
  teammate_id TEXT NOT NULL,
  -- app: put in by the app; in a group that an identity provider adopted it is unconfirmed. both: put in by the
  -- app, and named by the identity provider since. idp: put in by the identity provider. gone: put in by the app
  -- and taken out since the adoption; no member, and kept for an undo.
  -- So an adoption writes no row of those who are in the group already, and an undo knows who they were.
  standing TEXT NOT NULL CHECK (standing IN ('app', 'both', 'idp', 'gone')),
  PRIMARY KEY (company_id, group_id, teammate_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_of_teammate ON memberships (company_id, teammate_id, group_id) WHERE standing <> 'gone';

-- Which instance of a company's Durable Object may write groups: the one that raised the epoch last.
CREATE TABLE company_writers (
  company_id TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A teammate that leaves what SCIM shows, or comes back, is counted in its groups accordingly. Teammates are
-- not written through the company's object: D1 runs one transaction at a time, so that this one sees either
-- all or nothing of a change of members, and a change of members all or nothing of this.
CREATE TRIGGER teammates_count_in_groups AFTER UPDATE OF state ON teammates
WHEN (NEW.state IN ('active', 'blocked')) <> (OLD.state IN ('active', 'blocked')) BEGIN
  UPDATE groups SET
    member_count = member_count + iif(NEW.state IN ('active', 'blocked'), 1, -1),
    unconfirmed_members = unconfirmed_members
      + iif(is_linked AND m.standing = 'app', iif(NEW.state IN ('active', 'blocked'), 1, -1), 0),
    version = version + 1,
    updated_at = max(updated_at, NEW.updated_at)
  FROM memberships m
  WHERE m.company_id = NEW.company_id AND m.teammate_id = NEW.id AND m.standing <> 'gone'
    AND groups.company_id = NEW.company_id AND groups.id = m.group_id;
END;

-- A log line of what changed nothing is journaled too: with no type it takes no number and is no event. Every
-- Worker before this one names a type. A trigger can't be altered; D1 applies a migration in one transaction.
DROP TRIGGER journal_takes;

CREATE TRIGGER journal_takes INSTEAD OF INSERT ON journal WHEN NEW.type IS NOT NULL BEGIN
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

CREATE TRIGGER journal_takes_nothing INSTEAD OF INSERT ON journal WHEN NEW.type IS NULL BEGIN
  INSERT INTO requests (company_id, id, occurred_at, connection_id, token_id, method, path, user_agent,
    status, resource_id, notes, dialect, quirks, sent, understood, stored)
  VALUES (NEW.company_id, NEW.request_id, NEW.occurred_at, NEW.connection_id, NEW.token_id, NEW.method,
    NEW.path, NEW.user_agent, NEW.status, NEW.resource_id, NEW.notes, NEW.dialect, NEW.quirks, NEW.sent,
    NEW.understood, NEW.stored);
END;
