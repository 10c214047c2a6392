// Name and members of an IdP-managed group are the identity provider's: 409, and where to do it.

import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { problem } from '../../../../support/problem.mjs';
import { readableAnswer } from '../../../../support/readable.mjs';
import { writingNothing } from '../../../../support/tables.mjs';
import { newTeammates } from './groups.mjs';

async function withPushedGroup() {
  const company = await newCompany();
  const [ann, bob] = await newTeammates(company, 'ann', 'bob');
  const { body } = await company.scim('POST', '/Groups', { displayName: 'Support', members: [{ value: ann }] });
  return { ...company, ann, bob, group: `/groups/${body.id}` };
}

const refusedCalls = ({ group, ann, bob }) => [
  ['PATCH', group, { display_name: 'Sales' }],
  ['PATCH', group, { display_name: 'SUPPORT', description: 'First line' }],
  ['DELETE', group],
  ['PATCH', `${group}/members`, { add: [bob] }],
  ['PATCH', `${group}/members`, { remove: [ann] }],
  ['PUT', `${group}/members`, { members: [] }],
  ['PUT', `${group}/members`, { members: [ann, bob] }],
];

test('a refusal says whose they are, and what to do', async () => {
  const company = await withPushedGroup();
  const answer = await writingNothing(company, () => company.api('DELETE', company.group));
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "Name and members of the teammate group "Support" belong to the identity provider. Rename it, change its members or delete it there; or release it here (PATCH it with idp_managed false), or turn off "Teammate group sync" (group_sync_enabled) to manage all groups here.",
        "request_id": "req_1",
        "status": 409,
        "title": "The group belongs to the identity provider",
        "type": "https://host/errors#group-is-idp-managed",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 409,
    }
  `);
});

test('every such write is refused, and nothing of it is done', async () => {
  const company = await withPushedGroup();
  for (const [method, path, body] of refusedCalls(company)) {
    const answer = await writingNothing(company, () => company.api(method, path, body));
    expect([method, path, body, answer.status, answer.body.type]).toEqual([
      method,
      path,
      body,
      409,
      problem('group-is-idp-managed'),
    ]);
  }
});

test("the description stays the app's to edit", async () => {
  const company = await withPushedGroup();
  const edit = { display_name: 'Support', description: 'First line' };
  const { status, body } = await company.api('PATCH', company.group, edit);
  expect([status, body.description, body.idp_managed]).toEqual([200, 'First line', true]);
});

test('a change that names nobody is refused as well', async () => {
  const company = await withPushedGroup();
  const answer = await writingNothing(company, () => company.api('PATCH', `${company.group}/members`, {}));
  expect([answer.status, answer.body.type]).toEqual([409, problem('group-is-idp-managed')]);
});

test('with group sync off all of them are done', async () => {
  const company = await withPushedGroup();
  await company.api('PATCH', '', { group_sync_enabled: false });
  const statuses = [];
  for (const [method, path, body] of refusedCalls(company).filter(([method]) => method !== 'DELETE'))
    statuses.push((await company.api(method, path, body)).status);
  statuses.push((await company.api('DELETE', company.group)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 204]);
});

test('what was done meanwhile holds when group sync is on again, and the identity provider goes on', async () => {
  const company = await withPushedGroup();
  await company.api('PATCH', '', { group_sync_enabled: false });
  await company.api('PATCH', company.group, { display_name: 'Sales' });
  await company.api('PATCH', '', { group_sync_enabled: true });
  const { body } = await company.api('GET', company.group);
  expect([body.display_name, body.idp_managed]).toEqual(['Sales', true]);
  expect((await company.api('PATCH', company.group, { display_name: 'Other' })).status).toBe(409);
  const renamed = await company.scim('PATCH', `/Groups/${body.id}`, {
    Operations: [{ op: 'replace', path: 'displayName', value: 'Support' }],
  });
  expect(renamed.status).toBe(204);
});
