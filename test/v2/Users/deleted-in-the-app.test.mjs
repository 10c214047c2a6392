// A teammate that the company's own admin deleted in the app is a tombstone: the identity provider is told why.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, tablesOf, writingNothing } from '../../support/tables.mjs';

const RITA = {
  userName: 'rita@example.com',
  externalId: 'E-7',
  title: 'Analyst',
  emails: [{ value: 'rita@example.com' }],
};

async function withTombstone() {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { status } = await company.api('DELETE', `/teammates/${user.id}`);
  expect(status).toBe(204);
  return { company, user };
}

test('POST of that userName is 409 uniqueness, with a detail that says why and what to do', async () => {
  const { company } = await withTombstone();
  const answer = await writingNothing(company, () =>
    company.scim('POST', '/Users', { ...RITA, userName: 'Rita@Example.com' }),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "A company admin deleted the teammate "rita@example.com" in the app at <time>, so it is not provisioned again. To bring it back, a company admin has to add the teammate in the app once more; then retry. Otherwise unassign the user in your identity provider.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "scimType": "uniqueness",
        "status": "409",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 409,
    }
  `);
});

test.each([
  ['GET', undefined],
  ['PUT', RITA],
  ['PATCH', patchOp({ op: 'replace', path: 'active', value: true })],
  ['DELETE', undefined],
])('%s of it is 404', async (method, body) => {
  const { company, user } = await withTombstone();
  const answer = await writingNothing(company, () => company.scim(method, `/Users/${user.id}`, body));
  expect(answer.status).toBe(404);
});

test('a rename to that userName is 409 as well', async () => {
  const { company } = await withTombstone();
  const { id } = await newUser(company, { userName: 'other@example.com' });
  const answer = await writingNothing(company, () => company.scim('PUT', `/Users/${id}`, RITA));
  expect([answer.status, answer.body.scimType]).toEqual([409, 'uniqueness']);
  expect(answer.body.detail).toMatch(/deleted the teammate/);
});

test('the tombstone keeps the userName and nothing else of the person', async () => {
  const { company, user } = await withTombstone();
  const { teammates, teammateEmails, company: row } = await tablesOf(company);
  expect(teammates).toMatchObject([
    { id: user.id, state: 'deleted', user_name: 'rita@example.com', external_id: null, attributes: {} },
  ]);
  expect(teammateEmails).toEqual([]);
  expect([row.active_teammates, row.listed_teammates]).toEqual([0, 0]);
  await expectConsistent(company);
});

test('one that was removed from SCIM and then deleted in the app is a tombstone too', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  await company.scim('DELETE', `/Users/${id}`);
  await company.api('DELETE', `/teammates/${id}`);
  const answer = await company.scim('POST', '/Users', RITA);
  expect([answer.status, answer.body.scimType]).toEqual([409, 'uniqueness']);
});

test('once the admin has added it in the app again, the identity provider finds it, and creates no second one', async () => {
  const { company, user } = await withTombstone();
  const added = await company.api('POST', '/teammates', { user_name: 'rita@example.com' });
  expect([added.status, added.body.id]).toEqual([201, user.id]);
  const { status, body } = await company.scim('GET', `/Users/${user.id}`);
  expect([status, body.active]).toEqual([200, true]);
  const again = await company.scim('POST', '/Users', RITA);
  expect([again.status, again.headers.get('location')]).toEqual([409, body.meta.location]);
});
