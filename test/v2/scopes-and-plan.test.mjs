// What a token may do: its scopes, the company's plan and entitlements, the connection's pause.

import { expect, test } from 'vitest';
import { newCompany, scimWith } from '../support/client.mjs';
import { readableAnswer } from '../support/readable.mjs';
import { newUser, patchOp, scimError } from '../support/scim.mjs';
import { writingNothing } from '../support/tables.mjs';

const notEntitled = (name) =>
  `The company's plan does not include "${name}". Ask the company's admin to upgrade the plan or to have it granted.`;
/** @type {any[][]} */
const GROUP_CALLS = [
  ['GET', '/Groups', undefined],
  ['GET', '/Groups?filter=displayName%20eq%20%22x%22', undefined],
  ['GET', '/Groups/grp_1', undefined],
  ['POST', '/Groups', { displayName: 'Sales' }],
  ['PUT', '/Groups/grp_1', { displayName: 'Sales' }],
  ['PATCH', '/Groups/grp_1', patchOp({ op: 'replace', path: 'displayName', value: 'x' })],
  ['DELETE', '/Groups/grp_1', undefined],
];
const USER_CALLS = [
  ['GET', '/Users', undefined],
  ['GET', '/Users/tea_1', undefined],
  ['POST', '/Users', { userName: 'x@example.com' }],
  ['PUT', '/Users/tea_1', { userName: 'x@example.com' }],
  ['PATCH', '/Users/tea_1', patchOp({ op: 'replace', path: 'active', value: false })],
  ['DELETE', '/Users/tea_1', undefined],
];

/** Status and detail of each of several calls that must write nothing. */
async function refusedAll(company, calls) {
  const answers = await writingNothing(company, () => Promise.all(calls.map((call) => company.scim(...call))));
  return answers.map(({ status, body }) => [status, body.detail]);
}

test.each(GROUP_CALLS)(
  '%s %s with the scope auto_provisioning alone is 403 that names the missing scope',
  async (method, path, body) => {
    const company = await newCompany();
    const { token } = await company.newToken(['auto_provisioning']);
    const answer = await writingNothing(company, () => scimWith(token, method, path, body));
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual(
      scimError(403, 'This token lacks the scope "provisioning". Ask a company admin for a token that has it.'),
    );
  },
);

test.each([[['auto_provisioning']], [['provisioning']], [['auto_provisioning', 'provisioning']]])(
  'the scopes %j may call Users',
  async (scopes) => {
    const company = await newCompany();
    const { token } = await company.newToken(scopes);
    const created = await scimWith(token, 'POST', '/Users', { userName: 'rita@example.com' });
    expect(created.status).toBe(201);
    expect((await scimWith(token, 'GET', `/Users/${created.body.id}`)).status).toBe(200);
    expect((await scimWith(token, 'DELETE', `/Users/${created.body.id}`)).status).toBe(204);
  },
);

test.each(['starter', 'growth'])('the plan %s does not include scim: every call is 403 that says so', async (plan) => {
  const company = await newCompany({ plan });
  for (const answer of await refusedAll(company, [...USER_CALLS, ...GROUP_CALLS]))
    expect(answer).toEqual([403, notEntitled('scim')]);
});

test('the whole answer', async () => {
  const { scim } = await newCompany({ plan: 'starter' });
  expect(readableAnswer(await scim('GET', '/Users'))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "The company's plan does not include "scim". Ask the company's admin to upgrade the plan or to have it granted.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "status": "403",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 403,
    }
  `);
});

test.each(['scale', 'enterprise'])('the plan %s includes scim and group_sync', async (plan) => {
  const company = await newCompany({ plan });
  await newUser(company);
  expect((await company.scim('GET', '/Groups')).status).toBe(200);
});

test('scim granted to an older plan works for users, and leaves groups to group_sync', async () => {
  const company = await newCompany({ plan: 'starter', entitlements: ['scim'] });
  await newUser(company);
  for (const answer of await refusedAll(company, GROUP_CALLS)) expect(answer).toEqual([403, notEntitled('group_sync')]);
});

test('group_sync granted as well opens groups', async () => {
  const company = await newCompany({ plan: 'starter', entitlements: ['scim', 'group_sync'] });
  expect((await company.scim('GET', '/Groups')).status).toBe(200);
});

test('a plan that ends counts from the next call on, though this isolate remembers who may call', async () => {
  const company = await newCompany();
  await newUser(company);
  await company.api('PATCH', '', { plan: 'starter' });
  const answer = await writingNothing(company, () => company.scim('POST', '/Users', { userName: 'late@example.com' }));
  expect([answer.status, answer.body.detail]).toEqual([403, notEntitled('scim')]);
});

test('a paused connection: 403 for every call until it is resumed', async () => {
  const company = await newCompany();
  await newUser(company);
  await company.api('PATCH', `/connections/${company.connectionId}`, { paused: true });
  for (const answer of await refusedAll(company, [...USER_CALLS, ...GROUP_CALLS])) {
    expect(answer).toEqual([
      403,
      'This connection is paused. Nothing is provisioned until a company admin resumes it.',
    ]);
  }
  await company.api('PATCH', `/connections/${company.connectionId}`, { paused: false });
  await newUser(company, { userName: 'late@example.com' });
});

test('a pause does not touch tokens of the company at /v2', async () => {
  const company = await newCompany();
  const { token } = await company.newToken(['auto_provisioning'], { connection_id: null });
  await company.api('PATCH', `/connections/${company.connectionId}`, { paused: true });
  expect((await scimWith(token, 'GET', '/Users')).status).toBe(200);
});
