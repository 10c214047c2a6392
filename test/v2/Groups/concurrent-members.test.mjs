// Many clients change the members of a few groups at once: nobody is lost, and the events, replayed in their
// order, give what is there.

import { expect, test } from 'vitest';
import { batch } from '../../support/database.mjs';
import { newCompany } from '../../support/client.mjs';
import { person, populate } from '../../support/population.mjs';
import { tablesOf } from '../../support/tables.mjs';

const CLIENTS = 64;
const ROUNDS = 10;
const GROUPS = 5;
const TEAMMATES = 50;

test('members added and removed by 64 clients on 5 groups end as the events say, in their order', async () => {
  const company = await newCompany();
  await batch(populate(company.companyId, TEAMMATES));
  const groups = [];
  for (let i = 0; i < GROUPS; i += 1) {
    const { status, body } = await company.scim('POST', '/Groups', { displayName: `Group ${i}` });
    expect({ status, body }).toMatchObject({ status: 201 });
    groups.push(body.id);
  }
  let seed = 7;
  const dice = (sides) => (seed = (seed * 48271) % 2147483647) % sides;
  const statuses = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const mine = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const op = dice(3) ? 'add' : 'remove';
        const value = [{ value: person(dice(TEAMMATES)).id }];
        const Operations = [{ op, path: 'members', value }];
        const { status, body } = await company.scim('PATCH', `/Groups/${groups[dice(GROUPS)]}`, { Operations });
        mine.push(status === 204 ? 204 : body);
      }
      return mine;
    }),
  );
  expect(statuses.flat().filter((status) => status !== 204)).toEqual([]);
  const tables = await tablesOf(company);
  expect(tables.events.map(({ seq }) => seq)).toEqual(Array.from({ length: tables.company.last_seq }, (_, i) => i + 1));
  const replayed = Object.fromEntries(groups.map((id) => [id, new Set()]));
  for (const { data } of tables.events.filter(({ type }) => type.startsWith('group.'))) {
    const members = replayed[data.after.id];
    for (const id of data.members_removed.ids) expect(members.delete(id)).toBe(true);
    for (const id of data.members_added.ids) members.add(id);
    expect(data.after.member_count).toBe(members.size);
  }
  for (const id of groups) {
    const there = tables.memberships.filter(({ group_id }) => group_id === id).map(({ teammate_id }) => teammate_id);
    expect(there).toEqual([...replayed[id]].sort());
    expect(tables.groups.find((group) => group.id === id).member_count).toBe(there.length);
  }
  expect(tables.requests.filter(({ path }) => path.includes('/Groups'))).toHaveLength(CLIENTS * ROUNDS + GROUPS);
});
