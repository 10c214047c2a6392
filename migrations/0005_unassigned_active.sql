-- An identity provider may remove `active` (RFC 7644 section 3.5.2.2): SCIM then shows none, and the state
-- stays as it was.

ALTER TABLE teammates ADD COLUMN active_is_unassigned INTEGER NOT NULL DEFAULT 0;
