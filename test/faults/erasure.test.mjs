// An erasure that is cut short: from its first step on the company is refused to everybody, in isolates that remember its
// tokens as in those that don't, until somebody asks again and nothing is left of it.

import { expect, inject, test } from 'vitest';
import { newCompany, operator, scimWith, send } from '../support/client.mjs';
import { rows } from '../support/database.mjs';
import { newGroup, newUser, patchOp } from '../support/scim.mjs';
import { tablesOf } from '../support/tables.mjs';

const isolates = () => {
  const { baseUrl, meteredUrl, faultyUrl } = inject('rollcall');
  return [baseUrl, meteredUrl, faultyUrl].map((url) => `${url}/v2`);
};

/** A company whose token each isolate has used, for people and for groups. */
async function known() {
  const company = await newCompany();
  await company.newTemplate('Squad');
  const [user, group] = [await newUser(company), await newGroup(company)];
  for (const base of isolates()) {
    const statuses = [
      await scimWith(company.token, 'GET', `/Users/${user.id}`, undefined, {}, base),
      await scimWith(company.token, 'PATCH', `/Groups/${group.id}`, patchOp(ADD(user)), {}, base),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 204]);
  }
  return { company, user, group };
}

const ADD = (user) => ({ op: 'add', path: 'members', value: [{ value: user.id }] });
const BLOCK = patchOp({ op: 'replace', value: { active: false } });

/** Asks for the erasure where D1 fails as told: for each call in turn `ok`, `before` or `after` it is done. */
function erase({ companyId }, faults) {
  const { faultyUrl, operatorKey } = inject('rollcall');
  const headers = { authorization: `Bearer ${operatorKey}`, 'x-fault': faults.join() };
  return send('DELETE', `${faultyUrl}/api/v1/companies/${companyId}`, { headers });
}

async function expectRefused({ company, user, group }) {
  const before = await tablesOf(company);
  for (const base of isolates()) {
    const asked = (method, path, body) => scimWith(company.token, method, path, body, {}, base);
    const answers = [
      await asked('GET', '/Users'),
      await asked('GET', `/Users/${user.id}`),
      await asked('PATCH', `/Users/${user.id}`, BLOCK),
      await asked('POST', '/Users', { userName: 'late@example.com' }),
      await asked('GET', '/Users?sortBy=userName&count=1&cursor'),
      await asked('GET', `/Groups/${group.id}`),
      await asked('POST', '/Groups', { displayName: 'Late' }),
      await asked('PATCH', `/Groups/${group.id}`, patchOp(ADD(user))),
      await asked('POST', '/Bulk', { Operations: [{ method: 'DELETE', path: `/Users/${user.id}` }] }),
    ];
    expect([base, answers.map(({ status }) => status)]).toEqual([base, answers.map(() => 401)]);
  }
  const managed = [
    await company.api('GET', ''),
    await company.api('PATCH', '', { seats: 3 }),
    await company.api('GET', '/teammates'),
    await company.api('POST', '/teammates', { user_name: 'late@example.com' }),
    await company.api('POST', `/teammates/${user.id}/block`),
    await company.api('POST', '/groups', { display_name: 'Late' }),
    await company.api('PATCH', `/groups/${group.id}`, { description: 'Late' }),
    await company.api('POST', '/tokens', { name: 'Late', scopes: ['provisioning'] }),
    await company.api('POST', '/connections', { provider: 'okta' }),
    await company.api('POST', '/templates', { name: 'Late' }),
  ];
  expect(managed.map(({ status }) => status)).toEqual(managed.map(() => 404));
  expect(await tablesOf(company)).toEqual(before);
}

test.each([
  ['behind its first step', ['ok', 'before'], 503],
  ['behind its first step, whose answer is lost', ['after'], 503],
  ['when some of it is gone', ['ok', 'ok', 'ok', 'ok', 'ok', 'before'], 503],
  ['at its last step', [...Array(12).fill('ok'), 'before'], 503],
])('cut short %s', async (_, faults, status) => {
  const { company, ...more } = await known();
  expect((await erase(company, faults)).status).toBe(status);
  expect(await rows('SELECT id FROM companies WHERE id = ?', company.companyId)).toHaveLength(1);
  await expectRefused({ company, ...more });
  const { body } = await operator('GET', `/companies?limit=500`);
  expect(body.results.map(({ id }) => id)).not.toContain(company.companyId);
  expect((await company.api('DELETE', '')).status).toBe(204);
  expect(await rows('SELECT id FROM companies WHERE id = ?', company.companyId)).toEqual([]);
  expect((await company.api('DELETE', '')).status).toBe(404);
  expect(
    Object.values(await tablesOf(company))
      .flat()
      .filter(Boolean),
  ).toEqual([]);
});

test('one that fails before its first step has not begun', async () => {
  const { company, user } = await known();
  expect((await erase(company, ['before'])).status).toBe(503);
  expect((await company.scim('GET', `/Users/${user.id}`)).status).toBe(200);
  expect((await company.api('GET', '')).status).toBe(200);
});
