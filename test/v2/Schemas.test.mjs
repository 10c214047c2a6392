// The schemas, as Entra and Okta read them to offer attributes for mapping.

import { expect, test } from 'vitest';
import { newCompany, scimWith } from '../support/client.mjs';
import { readable } from '../support/readable.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, TEAMMATE, USER, scimError } from '../support/scim.mjs';

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const TEAMMATE_GROUP = 'urn:ietf:params:scim:schemas:extension:frontapp:group';

const get = (path) => scimWith(null, 'GET', path);

test('the list', async () => {
  const { status, body } = await get('/Schemas');
  expect(status).toBe(200);
  const { Resources, ...message } = body;
  expect(message).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: Resources.length,
    startIndex: 1,
    itemsPerPage: Resources.length,
  });
  expect(Resources.map(({ id, name, attributes }) => [id, name, attributes.length])).toMatchInlineSnapshot(`
    [
      [
        "urn:ietf:params:scim:schemas:core:2.0:User",
        "User",
        21,
      ],
      [
        "urn:ietf:params:scim:schemas:core:2.0:Group",
        "Group",
        2,
      ],
      [
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "EnterpriseUser",
        6,
      ],
      [
        "urn:ietf:params:scim:schemas:extension:frontapp:teammate",
        "Teammate",
        1,
      ],
      [
        "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields",
        "TeammateCustomFields",
        0,
      ],
      [
        "urn:ietf:params:scim:schemas:extension:frontapp:group",
        "TeammateGroup",
        1,
      ],
      [
        "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
        "ServiceProviderConfig",
        8,
      ],
      [
        "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
        "ResourceType",
        5,
      ],
      [
        "urn:ietf:params:scim:schemas:core:2.0:Schema",
        "Schema",
        3,
      ],
    ]
  `);
});

test('each by its URN, in any letter case and percent-encoded', async () => {
  const { body } = await get('/Schemas');
  for (const schema of body.Resources) {
    for (const id of [
      schema.id,
      schema.id.toUpperCase(),
      encodeURIComponent(schema.id),
      `${schema.id}/?aadOptscim062020`,
    ]) {
      expect([id, (await get(`/Schemas/${id}`)).body]).toEqual([id, schema]);
    }
  }
});

test("the teammate extension, as Entra's attribute discovery sees it", async () => {
  expect(readable((await get(`/Schemas/${TEAMMATE}`)).body)).toMatchInlineSnapshot(`
    {
      "attributes": [
        {
          "caseExact": false,
          "description": "The id of a teammate template, with any label around it, or the template's name. Read when the teammate is created; later changes have no effect.",
          "multiValued": false,
          "mutability": "readWrite",
          "name": "template",
          "required": false,
          "returned": "default",
          "type": "string",
          "uniqueness": "none",
        },
      ],
      "description": "The teammate template.",
      "id": "urn:ietf:params:scim:schemas:extension:frontapp:teammate",
      "meta": {
        "location": "https://host/v2/Schemas/urn:ietf:params:scim:schemas:extension:frontapp:teammate",
        "resourceType": "Schema",
      },
      "name": "Teammate",
      "schemas": [
        "urn:ietf:params:scim:schemas:core:2.0:Schema",
      ],
    }
  `);
});

test('of a user userName alone is required; password can only be written, groups only read', async () => {
  const { body } = await get(`/Schemas/${USER}`);
  const named = (condition) => body.attributes.filter(condition).map(({ name }) => name);
  expect(named(({ required }) => required)).toEqual(['userName']);
  expect(named(({ mutability }) => mutability === 'writeOnly')).toEqual(['password']);
  expect(named(({ mutability }) => mutability === 'readOnly')).toEqual(['groups']);
  expect(named(({ returned }) => returned === 'never')).toEqual(['password']);
  expect(body.attributes.find(({ name }) => name === 'userName')).toMatchObject({
    uniqueness: 'server',
    caseExact: false,
  });
});

test('the name of a group is required and unique; members come and go as whole elements', async () => {
  const { body } = await get(`/Schemas/${GROUP}`);
  const facts = ({ required, mutability, uniqueness }) => ({ required, mutability, uniqueness });
  const of = (attributes) => Object.fromEntries(attributes.map((attribute) => [attribute.name, facts(attribute)]));
  const optional = (mutability) => ({ required: false, mutability, uniqueness: 'none' });
  expect(of(body.attributes)).toEqual({
    displayName: { required: true, mutability: 'readWrite', uniqueness: 'server' },
    members: optional('readWrite'),
  });
  const members = body.attributes.find(({ name }) => name === 'members');
  expect([members.multiValued, members.type]).toEqual([true, 'complex']);
  expect(of(members.subAttributes)).toEqual({
    value: optional('immutable'),
    $ref: optional('immutable'),
    type: optional('immutable'),
    display: optional('readOnly'),
  });
  const named = (wanted) => members.subAttributes.find(({ name }) => name === wanted);
  expect(named('type').canonicalValues).toEqual(['User']);
  expect(named('$ref').referenceTypes).toEqual(['User']);
  const extension = await get(`/Schemas/${TEAMMATE_GROUP}`);
  expect(of(extension.body.attributes)).toEqual({ description: optional('readWrite') });
});

test('the groups of a user are read', async () => {
  const { body } = await get(`/Schemas/${USER}`);
  const groups = body.attributes.find(({ name }) => name === 'groups');
  expect(groups.subAttributes.map(({ name, mutability }) => [name, mutability])).toEqual(
    ['value', '$ref', 'display', 'type'].map((name) => [name, 'readOnly']),
  );
  expect(groups.subAttributes.find(({ name }) => name === '$ref').referenceTypes).toEqual(['Group']);
});

test('every attribute has what RFC 7643 section 7 asks for', async () => {
  const { body } = await get('/Schemas');
  const all = (attributes) => attributes.flatMap((attribute) => [attribute, ...all(attribute.subAttributes ?? [])]);
  for (const { id, attributes } of body.Resources) {
    for (const attribute of all(attributes)) {
      expect({ id, ...attribute }).toMatchObject({
        name: expect.stringMatching(/^[A-Za-z$][\w$-]*$/),
        type: expect.stringMatching(/^(string|boolean|decimal|integer|dateTime|binary|reference|complex)$/),
        multiValued: expect.any(Boolean),
        description: expect.stringMatching(/./),
        required: expect.any(Boolean),
        mutability: expect.stringMatching(/^(readOnly|readWrite|immutable|writeOnly)$/),
        returned: expect.stringMatching(/^(always|never|default|request)$/),
        uniqueness: expect.stringMatching(/^(none|server|global)$/),
      });
      expect([id, attribute.name, attribute.type === 'complex']).toEqual([
        id,
        attribute.name,
        'subAttributes' in attribute,
      ]);
    }
  }
});

test('what a user echoes is declared: core and enterprise attributes by name', async () => {
  const names = async (urn) => (await get(`/Schemas/${urn}`)).body.attributes.map(({ name }) => name);
  expect(await names(ENTERPRISE)).toEqual([
    'employeeNumber',
    'costCenter',
    'organization',
    'division',
    'department',
    'manager',
  ]);
  expect(await names(TEAMMATE)).toEqual(['template']);
  expect(await names(CUSTOM_FIELDS)).toEqual([]);
});

test('an unknown URN is 404', async () => {
  const { status, body } = await get('/Schemas/urn:x:y');
  expect(status).toBe(404);
  expect(body).toEqual(scimError(404, 'No Schema with the id "urn:x:y" exists here.'));
});

test('the same with a token', async () => {
  const { scim } = await newCompany();
  expect((await scim('GET', '/Schemas')).body).toEqual((await get('/Schemas')).body);
});
