-- A group that an identity provider deleted keeps its link (is_linked), and is the same group when it is pushed again
-- under its name within 30 days: where it is found, the newest last.

CREATE INDEX groups_deleted_name ON groups (company_id, display_name_folded, state_changed_at)
WHERE state = 'deleted' AND is_linked = 1;
