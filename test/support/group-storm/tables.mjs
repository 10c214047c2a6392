// The tables of a company against a state of the model, and their counters against a recount.

import { shownMembers, unconfirmedMembers } from './model.mjs';

/** Resolves with a list of what is not as it should be. */
export async function differences(batch, companyId, state) {
  const params = [companyId];
  const [{ rows: groups }, { rows: memberships }, { rows: companies }] = await batch([
    { sql: GROUPS, params },
    { sql: MEMBERSHIPS, params },
    { sql: COMPANY, params },
  ]);
  const there = new Map(groups.map((row) => [row.id, JSON.stringify(asFound(row, memberships))]));
  const wanted = new Map([...state.groups.values()].map((group) => [group.id, JSON.stringify(asWanted(state, group))]));
  const wrong = [];
  for (const id of new Set([...there.keys(), ...wanted.keys()])) {
    const [is, should] = [there.get(id), wanted.get(id)];
    if (is !== should) wrong.push(`the group ${id} is ${is} and should be ${should}`);
  }
  const [{ kept, counted }] = companies;
  if (kept !== counted) wrong.push(`the company's counters are ${kept}, a recount gives ${counted}`);
  return wrong;
}

const COUNTED = `
  SELECT count(*) FROM memberships m JOIN teammates t ON t.company_id = m.company_id AND t.id = m.teammate_id
  WHERE m.company_id = g.company_id AND m.group_id = g.id AND m.standing <> 'gone' AND t.state IN ('active', 'blocked')`;

const GROUPS = `
  SELECT g.*, (${COUNTED}) AS counted, (${COUNTED} AND g.is_linked AND m.standing = 'app') AS counted_unconfirmed
  FROM groups g WHERE company_id = ?`;

const MEMBERSHIPS = `
  SELECT group_id, teammate_id FROM memberships WHERE company_id = ? AND standing <> 'gone' ORDER BY teammate_id`;

const COMPANY = `
  SELECT json_array(last_seq, active_teammates, listed_teammates) AS kept,
    json_array((SELECT count(*) FROM events e WHERE e.company_id = c.id),
      (SELECT count(*) FROM teammates t WHERE t.company_id = c.id AND t.state = 'active'),
      (SELECT count(*) FROM teammates t WHERE t.company_id = c.id AND t.state IN ('active', 'blocked'))) AS counted
  FROM companies c WHERE id = ?`;

const asFound = (row, memberships) => ({
  ...{ name: row.display_name, description: row.description, state: row.state },
  ...{ is_linked: row.is_linked, version: row.version },
  ...{ member_count: row.member_count, counted: row.counted },
  ...{ unconfirmed_members: row.unconfirmed_members, counted_unconfirmed: row.counted_unconfirmed },
  members: memberships.filter(({ group_id }) => group_id === row.id).map(({ teammate_id }) => teammate_id),
});

function asWanted(state, group) {
  const count = shownMembers(state, group).length;
  const unconfirmed = unconfirmedMembers(state, group);
  return {
    ...{ name: group.name, description: group.description, state: group.isActive ? 'active' : 'deleted' },
    ...{ is_linked: Number(group.isLinked), version: group.version },
    ...{ member_count: count, counted: count },
    ...{ unconfirmed_members: unconfirmed, counted_unconfirmed: unconfirmed },
    members: [...group.members.keys()].sort(),
  };
}
