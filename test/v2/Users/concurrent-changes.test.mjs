// Many writes at once of the same teammate or company: every one is done or refused for a reason of its own, and
// the identity provider never sees a race (no 5xx, no 409 or 412 that is not its fault).

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, newUser, newUsers, patchOp } from '../../support/scim.mjs';
import { readable } from '../../support/readable.mjs';
import { expectConsistent, tablesOf } from '../../support/tables.mjs';

const times = (count, call) => Promise.all(Array.from({ length: count }, (_, place) => call(place)));
const replace = (path, value) => patchOp({ op: 'replace', path, value });

test('40 PATCHes of one teammate, each of another custom field: all 200, all there', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const answers = await times(40, (place) =>
    company.scim('PATCH', `/Users/${id}`, replace(`${CUSTOM_FIELDS}:cf_${place}`, place)),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
  const { body } = await company.scim('GET', `/Users/${id}`);
  expect(body[CUSTOM_FIELDS]).toEqual(
    Object.fromEntries(Array.from({ length: 40 }, (_, place) => [`cf_${place}`, place])),
  );
  await expectConsistent(company);
});

test('a storm of creates, changes, blocks, removals and returns by two connections and the app', async () => {
  const company = await newCompany();
  const users = await newUsers(company, ['a', 'b', 'c', 'd']);
  const { token } = await company.newToken(['auto_provisioning'], { connection_id: null });
  const asOther = { authorization: `Bearer ${token}` };
  const answers = await times(80, (place) => {
    const { id, userName } = users[place % 4];
    const headers = place % 2 ? asOther : undefined;
    switch (place % 7) {
      case 0:
        return company.scim('POST', '/Users', { userName }, headers);
      case 1:
        return company.scim('PATCH', `/Users/${id}`, replace('active', place % 3 === 0), headers);
      case 2:
        return company.scim('PUT', `/Users/${id}`, { userName, title: `${place}` }, headers);
      case 3:
        return company.scim('DELETE', `/Users/${id}`, undefined, headers);
      case 4:
        return company.api('POST', `/teammates/${id}/unblock`);
      case 5:
        return company.scim(
          'POST',
          '/Users',
          { userName: `new${place}`, emails: [{ value: `${place}@example.com` }] },
          headers,
        );
      default:
        return company.api('PATCH', '', { seats: 100 + place });
    }
  });
  const allowed = [[201, 409], [200, 404], [200, 404], [204, 404], [200], [201], [200]];
  answers.forEach(({ status, body }, place) => {
    expect(allowed[place % 7], `call ${place} answered ${status} ${JSON.stringify(body)}`).toContain(status);
  });
  const { company: row, events } = await tablesOf(company);
  expect(events).toHaveLength(row.last_seq);
  await expectConsistent(company);
});

test('20 PATCHes that say the same: one change', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const answers = await times(20, () => company.scim('PATCH', `/Users/${id}`, replace('active', 'False')));
  expect(answers.map(({ status, body }) => [status, body.active])).toEqual(Array(20).fill([200, false]));
  const { teammates, events } = await tablesOf(company);
  expect(teammates).toMatchObject([{ version: 2 }]);
  expect(events.filter(({ type }) => type === 'teammate.blocked')).toHaveLength(1);
  await expectConsistent(company);
});

test('ten at once: none is lost to another, and the versions are counted on', async () => {
  const company = await newCompany();
  const user = await newUser(company);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, place) =>
      company.scim('PUT', `/Users/${user.id}`, { ...user, title: `Title ${place}` }),
    ),
  );
  expect(answers.map(({ status, body }) => [status, body.title])).toEqual(
    answers.map((_, place) => [200, `Title ${place}`]),
  );
  const { body } = await company.scim('GET', `/Users/${user.id}`);
  expect(body.title).toMatch(/^Title \d$/);
  expect((await tablesOf(company)).teammates).toMatchObject([{ version: 11 }]);
  await expectConsistent(company);
});

test('10 PATCHes at once of different attributes: all of them are there afterwards', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const names = [
    'title',
    'nickName',
    'displayName',
    'locale',
    'timezone',
    'userType',
    'name.givenName',
    'name.familyName',
    'externalId',
    `${ENTERPRISE}:department`,
  ];
  const answers = await Promise.all(
    names.map((path) => company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'add', path, value: path }))),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  const { meta, ...user } = (await company.scim('GET', `/Users/${id}`)).body;
  expect(readable(user)).toMatchInlineSnapshot(`
    {
      "active": true,
      "displayName": "displayName",
      "externalId": "externalId",
      "id": "tea_1",
      "locale": "locale",
      "name": {
        "familyName": "name.familyName",
        "givenName": "name.givenName",
      },
      "nickName": "nickName",
      "schemas": [
        "urn:ietf:params:scim:schemas:core:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
      ],
      "timezone": "timezone",
      "title": "title",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
        "department": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
      },
      "userName": "rita@example.com",
      "userType": "userType",
    }
  `);
  await expectConsistent(company);
});
