// Groups as an identity provider makes and reads them; and groups of any size, made by SQL.

import { batch } from './database.mjs';

export { GROUP, GROUP_EXTENSION, named, newGroup } from './scim.mjs';

/** The query of a list of groups narrowed by `filter`. */
export const groupsWhere = (filter) => `/Groups?filter=${encodeURIComponent(filter)}`;

/** Puts a group of the company's first `size` teammates, by their ids, into the tables; resolves with its id. */
export async function insertGroup({ companyId }, displayName, size) {
  const id = `grp_${displayName.toLowerCase().padStart(26, '0')}`;
  await batch([
    { sql: INSERT_GROUP, params: [companyId, id, displayName, size] },
    { sql: INSERT_MEMBERSHIPS, params: [companyId, id, size] },
  ]);
  return id;
}

const INSERT_GROUP = `
  INSERT INTO groups (company_id, id, display_name, display_name_folded, is_linked, state, member_count,
    unconfirmed_members, version, definition, created_at, updated_at, state_changed_at)
  VALUES (?1, ?2, ?3, lower(?3), 1, 'active', ?4, 0, 1, 1, 1, 1, 1)`;

const INSERT_MEMBERSHIPS = `
  INSERT INTO memberships (company_id, group_id, teammate_id, standing)
  SELECT company_id, ?2, id, 'idp' FROM teammates WHERE company_id = ?1 ORDER BY id LIMIT ?3`;
