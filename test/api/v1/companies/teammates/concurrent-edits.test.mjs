// However many edit one teammate at once, each edit is done, and done once.

import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { newUser } from '../../../../support/scim.mjs';
import { expectConsistent, tablesOf } from '../../../../support/tables.mjs';

/** The answers, and the teammate's row afterwards. */
async function editedAtOnce(company, id, edits) {
  const answers = await Promise.all(edits.map((edit) => company.api('PATCH', `/teammates/${id}`, edit)));
  const { teammates, events } = await tablesOf(company);
  return {
    statuses: answers.map(({ status }) => status),
    teammate: teammates[0],
    events: events.filter(({ type }) => type === 'teammate.updated'),
  };
}

test('20 different edits at once are 20 versions and 20 events, each after the one before', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const edits = Array.from({ length: 20 }, (_, i) => ({ display_name: `Name ${i}` }));
  const { statuses, teammate, events } = await editedAtOnce(company, id, edits);
  expect(statuses).toEqual(Array(20).fill(200));
  expect(teammate.version).toBe(1 + 20);
  expect(events.map(({ data }) => data.after.display_name).sort()).toEqual(
    edits.map(({ display_name }) => display_name).sort(),
  );
  for (const [place, { data }] of events.slice(1).entries()) expect(data.before).toEqual(events[place].data.after);
  expect(teammate.attributes.displayName).toBe(events.at(-1).data.after.display_name);
  await expectConsistent(company);
});

test('20 equal edits at once are one version and one event', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const { statuses, teammate, events } = await editedAtOnce(company, id, Array(20).fill({ display_name: 'Rita' }));
  expect(statuses).toEqual(Array(20).fill(200));
  expect([teammate.version, events.length]).toEqual([2, 1]);
  await expectConsistent(company);
});

test('edits of different fields at once are all there afterwards', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const edits = [
    { display_name: 'Rita' },
    { given_name: 'R' },
    { family_name: 'Ito' },
    { external_id: '00u1' },
    { role: 'admin' },
    { custom_fields: { cf_1: 1 } },
    { email: 'new@example.com' },
  ];
  const { statuses, teammate } = await editedAtOnce(company, id, edits);
  expect(statuses).toEqual(Array(edits.length).fill(200));
  expect(teammate.version).toBe(1 + edits.length);
  const { body } = await company.api('GET', `/teammates/${id}`);
  expect(body).toMatchObject({
    display_name: 'Rita',
    external_id: '00u1',
    role: 'admin',
    custom_fields: { cf_1: 1 },
    email: 'new@example.com',
  });
  expect(body.attributes.name).toEqual({ givenName: 'R', familyName: 'Ito' });
  await expectConsistent(company);
});
