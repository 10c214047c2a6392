// Groups for the costs of the operator's calls about them.

import { insertRows } from '../support/database.mjs';
import { call } from './company.mjs';

/** How many other groups the company has, active and deleted. */
const OTHERS = 30;

/** The company with three groups of 50 members, whose ids are `appGroups`, and with others. */
export async function withAppGroups(company) {
  await insertOtherGroups(company);
  const members = Array.from({ length: 50 }, (_, i) => company.teammate(i).id);
  const appGroups = {};
  for (const name of ['read', 'edited', 'deleted']) {
    const answer = await call(company, {
      method: 'POST',
      path: `/api/v1/companies/${company.companyId}/groups`,
      body: { display_name: name, members },
      authorization: `Bearer ${company.operatorKey}`,
    });
    appGroups[name] = answer.body.id;
  }
  return { ...company, appGroups };
}

export function insertOtherGroups(company) {
  return insertRows(
    'groups',
    COLUMNS,
    Array.from({ length: 2 * OTHERS }, (_, i) => otherGroup(company, i)),
  );
}

const COLUMNS = [
  ...['company_id', 'id', 'display_name', 'display_name_folded', 'is_linked', 'state', 'member_count'],
  ...['unconfirmed_members', 'version', 'definition', 'created_at', 'updated_at', 'state_changed_at'],
];

function otherGroup({ companyId }, i) {
  const number = String(i).padStart(6, '0');
  const moments = { created_at: 0, updated_at: 0, state_changed_at: 0 };
  const counts = { member_count: 0, unconfirmed_members: 0, version: 1, definition: 1 };
  return {
    company_id: companyId,
    // Sorts before all that is created later.
    id: `grp_01jpopulation000000000${number}`,
    display_name: `Other ${number}`,
    display_name_folded: `other ${number}`,
    is_linked: 0,
    state: i < OTHERS ? 'active' : 'deleted',
    ...counts,
    ...moments,
  };
}
