// Many clients at once that call SCIM's groups in every way, in a company whose groups were made by the app: the
// first write to each adopts it.

import { person, populate } from '../population.mjs';
import { calls } from './calls.mjs';
import { appGroup, noGroups, withGroup } from './model.mjs';

const NAMES = ['Support', 'Sales', 'Tier 2', 'On call', 'Billing'];
const MEMBERS = 12;
const CREATED_AT = Date.parse('2026-01-01T00:00:00Z');

/** ROLLCALL_SEED draws the same calls again; in which order they are done is another matter each time. */
export const aSeed = () => Number(process.env.ROLLCALL_SEED) || Math.floor(Math.random() * 1e9);

/**
 * Fills a company with teammates and five groups of the app's; resolves with the state that this is, the number of
 * its last event and the ids of the groups.
 */
export async function prepare(batch, companyId, teammates) {
  const groups = NAMES.map((name, place) => {
    const members = Array.from({ length: MEMBERS }, (_, i) => person((place * 7 + i * 3) % teammates).id);
    return appGroup(`grp_01jstorm00000000000000000${place}`, name, [...new Set(members)]);
  });
  const rows = groups.map(({ id, name, members }) => ({ id, name, members: [...members.keys()] }));
  await batch([
    ...populate(companyId, teammates),
    { sql: INSERT_GROUPS, params: [companyId, JSON.stringify(rows)] },
    { sql: INSERT_MEMBERSHIPS, params: [companyId, JSON.stringify(rows)] },
  ]);
  const [
    {
      rows: [company],
    },
  ] = await batch([{ sql: 'SELECT last_seq FROM companies WHERE id = ?', params: [companyId] }]);
  return { state: groups.reduce(withGroup, noGroups()), seq: company.last_seq, groups: groups.map(({ id }) => id) };
}

const INSERT_GROUPS = `
  INSERT INTO groups (company_id, id, display_name, display_name_folded, is_linked, state, member_count,
    unconfirmed_members, version, definition, created_at, updated_at, state_changed_at)
  SELECT ?1, value ->> 'id', value ->> 'name', lower(value ->> 'name'), 0, 'active',
    json_array_length(value, '$.members'), 0, 1, 1, ${CREATED_AT}, ${CREATED_AT}, ${CREATED_AT}
  FROM json_each(?2)`;

const INSERT_MEMBERSHIPS = `
  INSERT INTO memberships (company_id, group_id, teammate_id, standing)
  SELECT ?1, g.value ->> 'id', m.value, 'app' FROM json_each(?2) g, json_each(g.value, '$.members') m`;

/**
 * `clients` at once, each with one call after the other, until `isOver`. Calls and answers go into the history; a
 * client that gets no answer goes on with its next call.
 */
export async function storm({ seed, clients, isOver, history, directory, teammates, send }) {
  const next = calls(seed, directory, { teammates });
  const client = async () => {
    while (!isOver()) {
      const call = next();
      const { answer } = await history.call(call, send);
      if (answer) directory.heard(call, answer);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}
