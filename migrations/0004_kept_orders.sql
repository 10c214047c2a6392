-- The orders of walks by cursors (RFC 9865) that are sorted by something other than the id. What a list is
-- sorted by may change while a client walks it; the order in which it began is kept here, so that nobody is
-- met twice and nobody left out. Short-lived: nothing else refers to it.

CREATE TABLE kept_orders (
  company_id TEXT NOT NULL,
  id TEXT NOT NULL,
  -- An order is kept in parts: D1 holds at most 2 MB in a row.
  part INTEGER NOT NULL,
  -- JSON list of teammates' ids.
  ids TEXT NOT NULL,
  PRIMARY KEY (company_id, id, part)
) STRICT, WITHOUT ROWID;
