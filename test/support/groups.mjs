// Groups as an identity provider makes and reads them; and groups of any size, made by SQL.

import { batch } from './database.mjs';

export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const GROUP_EXTENSION = 'urn:ietf:params:scim:schemas:extension:frontapp:group';

/** The query of a list of groups narrowed by `filter`. */
export const groupsWhere = (filter) => `/Groups?filter=${encodeURIComponent(filter)}`;

/** Creates a group of these teammates' ids; resolves with the resource. */
export async function newGroup({ scim }, displayName, members = [], more = {}) {
  const body = { schemas: [GROUP], displayName, members: members.map((value) => ({ value })), ...more };
  const answer = await scim('POST', '/Groups', body);
  if (answer.status !== 201) throw new Error(`POST /Groups answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

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
