-- Who blocked a teammate: 'app' or 'idp'. NULL where it is active, and of one that was blocked before this was kept.
-- An identity provider brings back whom the app blocked only where the company lets it.
ALTER TABLE teammates ADD COLUMN blocked_by TEXT;
ALTER TABLE companies ADD COLUMN idp_may_unblock INTEGER NOT NULL DEFAULT 0;

-- The userName of an active teammate before its identity provider put 32 hex digits in front of it: Entra ID does so
-- when it deletes a person, and may say only afterwards that the person is blocked. Then the name comes back.
ALTER TABLE teammates ADD COLUMN renamed_from TEXT;
