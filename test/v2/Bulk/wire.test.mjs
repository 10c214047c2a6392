// POST /Bulk as RFC 7644 section 3.7 shows it: what is sent and what comes back, word for word.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readable, readableAnswer } from '../../support/readable.mjs';
import { USER, bulkRequest, newUser, newUsers, patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced } from '../../support/tables.mjs';

test("section 3.7.3's request: a create, a replacement, a PATCH as a bare list, a removal", async () => {
  const company = await newCompany();
  const [bob, dave, gone] = await newUsers(company, ['bob', 'dave', 'gone']);
  const body = bulkRequest(
    [
      { method: 'POST', path: '/Users', bulkId: 'qwerty', data: { schemas: [USER], userName: 'Alice' } },
      {
        method: 'PUT',
        path: `/Users/${bob.id}`,
        version: bob.meta.version,
        data: { schemas: [USER], id: bob.id, userName: 'Bob', title: 'Boss' },
      },
      {
        method: 'PATCH',
        path: `/Users/${dave.id}`,
        version: dave.meta.version,
        data: [
          { op: 'remove', path: 'nickName' },
          { op: 'add', path: 'userName', value: 'Dave' },
        ],
      },
      { method: 'DELETE', path: `/Users/${gone.id}`, version: gone.meta.version },
    ],
    { failOnErrors: 1 },
  );
  expect(readableAnswer(await company.scim('POST', '/Bulk', body))).toMatchInlineSnapshot(`
    {
      "body": {
        "Operations": [
          {
            "bulkId": "qwerty",
            "location": "https://host/v2/Users/tea_1",
            "method": "POST",
            "status": "201",
            "version": "W/"1"",
          },
          {
            "location": "https://host/v2/Users/tea_2",
            "method": "PUT",
            "status": "200",
            "version": "W/"2"",
          },
          {
            "location": "https://host/v2/Users/tea_3",
            "method": "PATCH",
            "status": "200",
            "version": "W/"2"",
          },
          {
            "location": "https://host/v2/Users/tea_4",
            "method": "DELETE",
            "status": "204",
          },
        ],
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:BulkResponse",
        ],
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 200,
    }
  `);
  const { body: list } = await company.scim('GET', '/Users');
  expect(list.Resources.map(({ userName, title }) => [userName, title])).toEqual([
    ['Bob', 'Boss'],
    ['Dave', undefined],
    ['Alice', undefined],
  ]);
  await expectConsistent(company);
});

test('errors: each with the body that the call of its own would have', async () => {
  const company = await newCompany();
  const [rita] = await newUsers(company, ['rita@example.com']);
  const operations = [
    { method: 'POST', path: '/Users', bulkId: 'taken', data: { userName: 'RITA@example.com' } },
    { method: 'POST', path: '/Users', bulkId: 'nameless', data: { title: 'Boss' } },
    { method: 'POST', path: '/Users', data: { userName: 'new' } },
    { method: 'PUT', path: '/Users/tea_none', data: { userName: 'new' } },
    {
      method: 'PATCH',
      path: `/Users/${rita.id}`,
      data: patchOp({ op: 'add', path: 'emails[type ne "x"]', value: 'y' }),
    },
    { method: 'PATCH', path: `/Users/${rita.id}`, version: 'W/"7"', data: patchOp({ op: 'remove', path: 'title' }) },
    { method: 'GET', path: `/Users/${rita.id}` },
    { method: 'DELETE', path: '/Users' },
    { method: 'DELETE', path: '/Nope/1' },
    { method: 'POST', path: '/Groups', bulkId: 'group', data: { displayName: ' ' } },
  ];
  const { answer, events, after, before } = await traced(company, () =>
    company.scim('POST', '/Bulk', bulkRequest(operations)),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "Operations": [
          {
            "bulkId": "taken",
            "method": "POST",
            "response": {
              "detail": "A teammate with the userName "rita@example.com" exists already, with the id "tea_1". Link to that one, or choose another userName.",
              "schemas": [
                "urn:ietf:params:scim:api:messages:2.0:Error",
              ],
              "scimType": "uniqueness",
              "status": "409",
            },
            "status": "409",
          },
          {
            "bulkId": "nameless",
            "method": "POST",
            "response": {
              "detail": "userName is missing or blank. Map an attribute to userName in the identity provider, usually the user's e-mail address.",
              "schemas": [
                "urn:ietf:params:scim:api:messages:2.0:Error",
              ],
              "scimType": "invalidValue",
              "status": "400",
            },
            "status": "400",
          },
          {
            "method": "POST",
            "response": {
              "detail": "A POST in a bulk request needs a "bulkId", by which the answer and other operations name what it creates.",
              "schemas": [
                "urn:ietf:params:scim:api:messages:2.0:Error",
              ],
              "scimType": "invalidSyntax",
              "status": "400",
            },
            "status": "400",
          },
          {
            "location": "https://host/v2/Users/tea_none",
            "method": "PUT",
            "response": {
              "detail": "No User with the id "tea_none" exists here.",
              "schemas": [
                "urn:ietf:params:scim:api:messages:2.0:Error",
              ],
              "status": "404",
            },
            "status": "404",
          },
          {
            "location": "https://host/v2/Users/tea_1",
            "method": "PATCH",
            "response": {
              "detail": "No element of emails matches [type ne "x"]. An element can be made only from a filter of the form attribute eq value.",
              "schemas": [
                "urn:ietf:params:scim:api:messages:2.0:Error",
              ],
              "scimType": "noTarget",
              "status": "400",
            },
            "status": "400",
          },
          {
            "location": "https://host/v2/Users/tea_1",
            "method": "PATCH",
            "response": {
              "detail": "The resource has changed: its version is W/"1", which If-Match ("version" of a bulk operation) does not name. Read the resource again, make the change to what it is now, and send the new version; nothing was changed.",
              "schemas": [
                "urn:ietf:params:scim:api:messages:2.0:Error",
              ],
              "status": "412",
            },
            "status": "412",
          },
          {
            "method": "GET",
            "response": {
              "detail": "A bulk operation is POST, PUT, PATCH or DELETE, but this one is "GET". Send reads as calls of their own.",
              "schemas": [
                "urn:ietf:params:scim:api:messages:2.0:Error",
              ],
              "status": "405",
            },
            "status": "405",
          },
          {
            "method": "DELETE",
            "response": {
              "detail": ""/Users" does not take DELETE, but POST. Name the resource: /Users/{id}.",
              "schemas": [
                "urn:ietf:params:scim:api:messages:2.0:Error",
              ],
              "status": "405",
            },
            "status": "405",
          },
          {
            "method": "DELETE",
            "response": {
              "detail": "Nothing that a bulk operation can write is at "/Nope/1". Its path can be /Users or /Users/{id}, or /Groups or /Groups/{id}.",
              "schemas": [
                "urn:ietf:params:scim:api:messages:2.0:Error",
              ],
              "status": "404",
            },
            "status": "404",
          },
          {
            "bulkId": "group",
            "method": "POST",
            "response": {
              "detail": "displayName is missing or blank. Map an attribute to displayName in the identity provider, usually the group's name.",
              "schemas": [
                "urn:ietf:params:scim:api:messages:2.0:Error",
              ],
              "scimType": "invalidValue",
              "status": "400",
            },
            "status": "400",
          },
        ],
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:BulkResponse",
        ],
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 200,
    }
  `);
  expect([events, after.teammates]).toEqual([[], before.teammates]);
});

test.each([
  ['PUT', { data: { userName: 'rita@example.com', title: 'Boss' } }],
  ['PATCH', { data: patchOp({ op: 'Replace', path: 'active', value: 'False' }) }],
  ['DELETE', {}],
])('%s by itself: version and location, no resource', async (method, more) => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const { status, body } = await company.scim(
    'POST',
    '/Bulk',
    bulkRequest([{ method, path: `/Users/${id}`, ...more, bulkId: 'mine' }]),
  );
  expect([status, readable(body.Operations)]).toEqual([
    200,
    [
      {
        location: 'https://host/v2/Users/tea_1',
        method,
        bulkId: 'mine',
        ...(method !== 'DELETE' && { version: 'W/"2"' }),
        status: method === 'DELETE' ? '204' : '200',
      },
    ],
  ]);
  await expectConsistent(company);
});

test.each([
  [({ id }) => `Users/${id}`],
  [({ id }) => `/Users/${id}/`],
  [({ id }) => `/Users/${id}?aadOptscim062020&attributes=userName`],
  [({ meta }) => meta.location],
  [({ id }) => `/v2/Users/${id}`],
])('the path may come in other forms: %s', async (pathOf) => {
  const company = await newCompany();
  const user = await newUser(company);
  const operation = { Method: 'patch', PATH: pathOf(user), data: patchOp({ op: 'add', path: 'title', value: 'x' }) };
  // A single operation where a list belongs, other letter case, no schemas.
  const { answer, log } = await traced(company, () => company.scim('POST', '/Bulk', { operations: operation }));
  expect(answer.body.Operations).toEqual([
    { location: user.meta.location, method: 'PATCH', version: 'W/"2"', status: '200' },
  ]);
  expect(log).toMatchObject([{ method: 'PATCH', path: `/v2/Users/${user.id}`, status: 200 }]);
});

test('what a create may do, it does here too: brings back one who was removed, takes a template', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  await company.scim('DELETE', `/Users/${id}`);
  const template = await company.newTemplate('Support squad');
  const create = (bulkId, data) => ({ method: 'POST', path: '/Users', bulkId, data });
  const { body } = await company.scim(
    'POST',
    '/Bulk',
    bulkRequest([
      create('back', { userName: 'rita@example.com' }),
      create('new', { userName: 'new', roles: [{ type: 'template', value: `Squad: ${template.id}` }] }),
    ]),
  );
  expect(body.Operations.map(({ status, version }) => [status, version])).toEqual([
    ['201', 'W/"3"'],
    ['201', 'W/"1"'],
  ]);
  expect(body.Operations[0].location).toContain(id);
  const newId = body.Operations[1].location.split('/').at(-1);
  expect((await company.api('GET', `/teammates/${newId}`)).body.template_id).toBe(template.id);
  await expectConsistent(company);
});
