// /Groups in this version: every gate of group sync stands, behind it reads are empty and writes say so.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { LIST, patchOp, scimError } from '../../support/scim.mjs';
import { writingNothing } from '../../support/tables.mjs';

const WRITES = [
  ['POST', '/Groups', { displayName: 'Sales' }],
  ['PUT', '/Groups/grp_1', { displayName: 'Sales' }],
  ['PATCH', '/Groups/grp_1', patchOp({ op: 'replace', path: 'displayName', value: 'x' })],
  ['DELETE', '/Groups/grp_1', undefined],
];
const EMPTY = { schemas: [LIST], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] };

test.each(WRITES)('%s %s while the switch is off is 403 that names it', async (method, path, body) => {
  const company = await newCompany({ group_sync_enabled: false });
  const answer = await writingNothing(company, () => company.scim(method, path, body));
  expect(answer.status).toBe(403);
  expect(answer.body).toEqual(
    scimError(
      403,
      'Teammate group sync is off for this company. A company admin can turn on "Teammate group sync" (group_sync_enabled) in the ' +
        'provisioning settings.',
    ),
  );
});

test.each([[true], [false]])(
  'reads answer whether the switch is on: group_sync_enabled %j',
  async (group_sync_enabled) => {
    const { scim } = await newCompany({ group_sync_enabled });
    for (const query of [
      '',
      '?startIndex=1&count=100',
      '?excludedAttributes=members&filter=displayName%20eq%20%22Sales%22',
      '/?aadOptscim062020',
    ]) {
      const { status, body } = await scim('GET', `/Groups${query}`);
      expect([status, body]).toEqual([200, EMPTY]);
    }
    expect((await scim('GET', '/Groups/grp_1?excludedAttributes=members')).status).toBe(404);
  },
);

test('the switch is off at first', async () => {
  const { scim } = await newCompany({ group_sync_enabled: undefined });
  const { status, body } = await scim('POST', '/Groups', { displayName: 'Sales' });
  expect(status).toBe(403);
  expect(body.detail).toMatch(/"Teammate group sync"/);
});

test('with everything open a push is 501 that says so, and nothing is written', async () => {
  const company = await newCompany();
  const answer = await writingNothing(company, () => company.scim('POST', '/Groups', { displayName: 'Sales' }));
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "Teammate groups can't be pushed to this version of Rollcall yet. Turn off group provisioning in your identity provider; teammates are provisioned without it.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "status": "501",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 501,
    }
  `);
});

test.each(WRITES.slice(1))('%s %s is 404: there is no such group', async (method, path, body) => {
  const { scim } = await newCompany();
  expect((await scim(method, path, body)).status).toBe(404);
});

test('a broken filter is 400 invalidFilter', async () => {
  const { scim } = await newCompany();
  const { status, body } = await scim('GET', '/Groups?filter=displayName');
  expect([status, body.scimType]).toEqual([400, 'invalidFilter']);
});
