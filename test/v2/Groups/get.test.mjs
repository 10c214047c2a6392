// GET /Groups/{id}: the group with its members, and what attributes and excludedAttributes leave of it.

import { beforeAll, describe, expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { GROUP, GROUP_EXTENSION, named, newGroup } from '../../support/groups.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { newUser, patchOp, scimError } from '../../support/scim.mjs';
import { writingNothing } from '../../support/tables.mjs';

// Those that only look share one company.
let company;
let rita;
let noor;
let group;
beforeAll(async () => {
  company = await newCompany();
  rita = await newUser(company, { userName: 'rita@example.com', displayName: 'Rita "R" Marley' });
  noor = await newUser(company, { userName: 'noor@example.com' });
  const more = { externalId: '8aa1', [GROUP_EXTENSION]: { description: 'First line' } };
  // In another order than that of ids.
  group = await newGroup(company, 'Support', { members: named(noor.id, rita.id), ...more });
  // The isolate that is measured has heard of the token.
  await company.meteredScim('GET', '/Groups?count=0');
});

const get = (query = '', headers = {}) => company.scim('GET', `/Groups/${group.id}${query}`, undefined, headers);

test('the group with its members, in the order of their ids', async () => {
  expect(readableAnswer(await get())).toMatchInlineSnapshot(`
    {
      "body": {
        "displayName": "Support",
        "externalId": "8aa1",
        "id": "grp_1",
        "members": [
          {
            "$ref": "https://host/v2/Users/tea_1",
            "display": "Rita "R" Marley",
            "type": "User",
            "value": "tea_1",
          },
          {
            "$ref": "https://host/v2/Users/tea_2",
            "type": "User",
            "value": "tea_2",
          },
        ],
        "meta": {
          "created": "<time>",
          "lastModified": "<time>",
          "location": "https://host/v2/Groups/grp_1",
          "resourceType": "Group",
          "version": "W/"1"",
        },
        "schemas": [
          "urn:ietf:params:scim:schemas:core:2.0:Group",
          "urn:ietf:params:scim:schemas:extension:frontapp:group",
        ],
        "urn:ietf:params:scim:schemas:extension:frontapp:group": {
          "description": "First line",
        },
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 200,
    }
  `);
});

test('is what the create answered', async () => {
  expect((await get()).body).toEqual(group);
});

test.each([
  ['attributes=displayName', { displayName: 'Support' }],
  ['attributes=members.value', { members: () => [{ value: rita.id }, { value: noor.id }] }],
  ['attributes=MEMBERS.Display', { members: () => [{ display: 'Rita "R" Marley' }] }],
  ['attributes=members%5Bdisplay%20sw%20%22rita%22%5D.value', { members: () => [{ value: rita.id }] }],
  ['attributes=members%5Bvalue%20eq%20%22nobody%22%5D', {}],
  ['attributes=members.type,externalId', { externalId: '8aa1', members: () => [{ type: 'User' }, { type: 'User' }] }],
  [`attributes=${GROUP_EXTENSION}`, { [GROUP_EXTENSION]: { description: 'First line' } }],
  [`attributes=${GROUP_EXTENSION}:description`, { [GROUP_EXTENSION]: { description: 'First line' } }],
  ['attributes=members&excludedAttributes=members', {}],
  ['attributes=nothing', {}],
])('%s', async (query, /** @type {any} */ expected) => {
  const { status, body } = await get(`?${query}`);
  const { members, ...rest } = expected;
  expect([status, body]).toEqual([
    200,
    { schemas: [GROUP, GROUP_EXTENSION], id: group.id, ...rest, ...(members && { members: members() }) },
  ]);
});

test('excludedAttributes=members leaves all else, and reads no member', async () => {
  const { members: _, ...rest } = group;
  const answer = await company.meteredScim('GET', `/Groups/${group.id}?excludedAttributes=members`);
  expect(answer.body).toEqual({ ...rest, meta: answer.body.meta });
  const other = await newGroup(company, 'Nobody');
  expect((await company.meteredScim('GET', `/Groups/${other.id}?excludedAttributes=members`)).cost).toEqual(
    answer.cost,
  );
});

test('a group of nobody has an empty list, which a part of members leaves out', async () => {
  const company = await newCompany();
  const { id } = await newGroup(company, 'Support');
  expect((await company.scim('GET', `/Groups/${id}`)).body.members).toEqual([]);
  expect((await company.scim('GET', `/Groups/${id}?attributes=members`)).body.members).toEqual([]);
  expect((await company.scim('GET', `/Groups/${id}?attributes=members.value`)).body).not.toHaveProperty('members');
});

test('who is removed is no member until it is created again; who is blocked is one', async () => {
  const company = await newCompany();
  const [gone, blocked] = [await newUser(company), await newUser(company, { userName: 'b@example.com' })];
  const { id } = await newGroup(company, 'Support', { members: named(gone.id, blocked.id) });
  const members = async () => (await company.scim('GET', `/Groups/${id}`)).body.members.map(({ value }) => value);
  await company.scim('PATCH', `/Users/${blocked.id}`, patchOp({ op: 'replace', value: { active: false } }));
  await company.scim('DELETE', `/Users/${gone.id}`);
  expect(await members()).toEqual([blocked.id]);
  await newUser(company);
  expect(await members()).toEqual({ members: named(gone.id, blocked.id) });
});

test('display follows the name of the teammate, cut to 256 characters', async () => {
  const company = await newCompany();
  const { id: teammate } = await newUser(company, { displayName: 'Rita' });
  const { id } = await newGroup(company, 'Support', { members: named(teammate) });
  const displayName = 'é'.repeat(300);
  await company.scim(
    'PATCH',
    `/Users/${teammate}`,
    patchOp({ op: 'replace', path: 'displayName', value: displayName }),
  );
  expect((await company.scim('GET', `/Groups/${id}`)).body.members[0].display).toBe('é'.repeat(256));
});

test.each(['grp_nobody', 'tea_1', "grp_' OR 1=1"])('an id that does not exist is 404: %s', async (id) => {
  const { status, body } = await company.scim('GET', `/Groups/${encodeURIComponent(id)}`);
  expect([status, body]).toEqual([404, scimError(404, `No Group with the id "${id}" exists here.`)]);
});

test('a deleted group is 404, and so is one of another company', async () => {
  const other = await newCompany();
  const { id } = await newGroup(other, 'Support');
  expect((await company.scim('GET', `/Groups/${id}`)).status).toBe(404);
  await other.scim('DELETE', `/Groups/${id}`);
  expect((await other.scim('GET', `/Groups/${id}`)).status).toBe(404);
});

describe('versions', () => {
  test.each(['W/"1"', '"1"', '*', 'W/"7", W/"1"'])('If-None-Match: %s is 304', async (tag) => {
    const { status, headers, body } = await get('', { 'if-none-match': tag });
    expect([status, headers.get('etag'), body]).toEqual([304, 'W/"1"', null]);
  });

  test.each(['W/"2"', '"x"', '1'])('If-None-Match: %s is 200', async (tag) => {
    const { status, headers, body } = await get('', { 'if-none-match': tag });
    expect([status, headers.get('etag'), body]).toEqual([200, 'W/"1"', group]);
  });

  test.each([
    ['W/"1"', 200],
    ['*', 200],
    ['W/"2"', 412],
  ])('If-Match: %s is %i', async (tag, expected) => {
    const { status, headers } = await get('', { 'if-match': tag });
    expect([status, headers.get('etag')]).toEqual([expected, 'W/"1"']);
  });

  test('a change of members makes a new one', async () => {
    const company = await newCompany();
    const { id: teammate } = await newUser(company);
    const { id } = await newGroup(company, 'Support');
    await company.scim('PATCH', `/Groups/${id}`, patchOp({ op: 'add', path: 'members', value: [{ value: teammate }] }));
    const { headers, body } = await company.scim('GET', `/Groups/${id}`, undefined, { 'if-none-match': 'W/"1"' });
    expect([headers.get('etag'), body.meta.version]).toEqual(['W/"2"', 'W/"2"']);
    expect(body.members.map(({ value }) => value)).toEqual([teammate]);
  });
});

test('HEAD is GET without the body, and reads no member', async () => {
  const [head, whole] = [await company.meteredScim('HEAD', `/Groups/${group.id}`), await get()];
  for (const name of ['content-type', 'etag', 'cache-control'])
    expect(head.headers.get(name)).toBe(whole.headers.get(name));
  expect([head.status, head.body]).toEqual([200, null]);
  const { cost } = await company.meteredScim('GET', `/Groups/${group.id}?excludedAttributes=members`);
  expect(head.cost).toEqual(cost);
});

test('a connection is answered with its own URLs', async () => {
  const base = `${inject('rollcall').baseUrl}/scim/${company.connectionId}/v2`;
  const { body } = await scimWith(company.token, 'GET', `/Groups/${group.id}`, undefined, {}, base);
  expect(body.meta.location).toBe(`${base}/Groups/${group.id}`);
  expect(body.members.map(({ $ref }) => $ref)).toEqual([rita, noor].map(({ id }) => `${base}/Users/${id}`));
});

test('needs the scope provisioning, and a token', async () => {
  const { token } = await company.newToken(['auto_provisioning']);
  const refused = await scimWith(token, 'GET', `/Groups/${group.id}`);
  expect(refused.status).toBe(403);
  expect(refused.body.detail).toMatch(/"provisioning"/);
  expect((await scimWith(null, 'GET', `/Groups/${group.id}`)).status).toBe(401);
  const impostor = `${company.token.slice(0, -43)}${'A'.repeat(43)}`;
  expect((await scimWith(impostor, 'GET', `/Groups/${group.id}`)).status).toBe(401);
});

test('writes nothing', async () => {
  expect((await writingNothing(company, () => get())).status).toBe(200);
});
