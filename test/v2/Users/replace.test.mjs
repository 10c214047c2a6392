// PUT /Users/{id}: the user becomes what was sent, but for what is the server's.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, TEAMMATE, USER, filtered, newUser } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

const RITA = {
  userName: 'rita@example.com',
  externalId: '00u1',
  displayName: 'Rita',
  title: 'Analyst',
  name: { givenName: 'Rita', familyName: 'Marley' },
  emails: [{ value: 'rita@example.com', type: 'work', primary: true }],
  roles: [{ type: 'other', value: 'x' }],
  [ENTERPRISE]: { department: 'Sales' },
  [CUSTOM_FIELDS]: { cf_1: 'x' },
};

const put = (company, id, body) => () => company.scim('PUT', `/Users/${id}`, body);

test("Okta's GET, then PUT of the whole with its own values laid over: nothing changes, one line in the log", async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { body: read } = await company.scim('GET', `/Users/${user.id}`);
  const merged = { ...read, ...RITA, active: true, groups: [], password: 'Tr0ub4dor' };
  const { answer, events, log, before, after } = await traced(company, put(company, user.id, merged));
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual(user);
  expect(events).toEqual([]);
  expect(log).toMatchObject([
    { method: 'PUT', path: `/v2/Users/${user.id}`, status: 200, resource_id: user.id, event_seq: null, notes: [] },
  ]);
  expect(after.teammates).toEqual(before.teammates);
  expect(after.company).toEqual(before.company);
});

test('a change: one event with before and after, one line, the next version', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { answer, events, log, after } = await traced(company, put(company, user.id, { ...user, title: 'Boss' }));
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "active": true,
        "displayName": "Rita",
        "emails": [
          {
            "primary": true,
            "type": "work",
            "value": "rita@example.com",
          },
        ],
        "externalId": "00u1",
        "id": "tea_1",
        "meta": {
          "created": "<time>",
          "lastModified": "<time>",
          "location": "https://host/v2/Users/tea_1",
          "resourceType": "User",
          "version": "W/"2"",
        },
        "name": {
          "familyName": "Marley",
          "givenName": "Rita",
        },
        "roles": [
          {
            "type": "other",
            "value": "x",
          },
        ],
        "schemas": [
          "urn:ietf:params:scim:schemas:core:2.0:User",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
          "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields",
        ],
        "title": "Boss",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
          "department": "Sales",
        },
        "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields": {
          "cf_1": "x",
        },
        "userName": "rita@example.com",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 200,
    }
  `);
  expect(events).toHaveLength(1);
  const [{ type, data, seq }] = events;
  expect(type).toBe('teammate.updated');
  expect([data.before.attributes.title, data.after.attributes.title]).toEqual(['Analyst', 'Boss']);
  expect(log).toMatchObject([{ status: 200, event_seq: seq }]);
  expect(after.teammates).toMatchObject([{ version: 2 }]);
  await expectConsistent(company);
});

test('the same PUT twice makes one change', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const body = { userName: RITA.userName, displayName: 'R.' };
  await company.scim('PUT', `/Users/${user.id}`, body);
  const { answer, events, after } = await traced(company, put(company, user.id, body));
  expect(answer.status).toBe(200);
  expect(events).toEqual([]);
  expect(after.teammates).toMatchObject([{ version: 2 }]);
});

test('what is left out is cleared; id, meta.created and whether it is active stay', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { body } = await company.scim('PUT', `/Users/${user.id}`, { schemas: [USER], userName: RITA.userName });
  expect(body).toEqual({
    schemas: [USER],
    id: user.id,
    userName: RITA.userName,
    active: true,
    meta: { ...user.meta, lastModified: body.meta.lastModified, version: 'W/"2"' },
  });
  const found = await company.scim('GET', filtered('emails.value eq "rita@example.com"'));
  expect(found.body.totalResults).toBe(0);
  await expectConsistent(company);
});

test('without active, a blocked teammate stays blocked', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, { active: false });
  const { body } = await company.scim('PUT', `/Users/${id}`, { userName: RITA.userName, title: 'Boss' });
  expect([body.active, body.title]).toEqual([false, 'Boss']);
});

test.each([[null], ['']])('attributes sent as %j are cleared', async (nothing) => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const cleared = {
    title: nothing,
    emails: nothing && [],
    roles: null,
    name: { ...RITA.name, familyName: nothing },
    [ENTERPRISE]: { department: nothing },
  };
  const { body } = await company.scim('PUT', `/Users/${user.id}`, { ...user, ...cleared });
  const { id: _, meta, ...rest } = body;
  const { externalId, displayName } = RITA;
  expect(rest).toEqual({
    schemas: [USER, CUSTOM_FIELDS],
    userName: RITA.userName,
    externalId,
    displayName,
    active: true,
    name: { givenName: 'Rita' },
    [CUSTOM_FIELDS]: RITA[CUSTOM_FIELDS],
  });
});

test('another id, meta or groups in the body is passed over', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const foreign = {
    id: 'tea_other',
    meta: { resourceType: 'Group', created: '2001-01-01T00:00:00Z', version: 'W/"x"' },
    groups: [{ value: 'grp_1' }],
    [TEAMMATE]: null,
  };
  const { answer, events } = await traced(company, put(company, user.id, { ...user, ...foreign }));
  expect(answer.body).toEqual(user);
  expect(events).toEqual([]);
});

test.each([
  ['an unknown id', 404, 'tea_none', RITA],
  ['no userName', 400, null, { title: 'Boss' }],
])('%s is %i', async (_, status, id, body) => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const answer = await writingNothing(company, put(company, id ?? user.id, body));
  expect([answer.status, answer.body.status]).toEqual([status, `${status}`]);
});
