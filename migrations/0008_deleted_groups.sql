-- The app's list of deleted groups, which it can restore.

CREATE INDEX groups_deleted ON groups (company_id, id) WHERE state = 'deleted';
