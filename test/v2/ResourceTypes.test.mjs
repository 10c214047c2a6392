// Which resources there are, and which extensions they take.

import { expect, test } from 'vitest';
import { scimWith } from '../support/client.mjs';
import { readable, readableAnswer } from '../support/readable.mjs';

const get = (path) => scimWith(null, 'GET', path);

test('the list', async () => {
  const { status, body } = await get('/ResourceTypes');
  expect(status).toBe(200);
  expect(readable(body)).toMatchInlineSnapshot(`
    {
      "Resources": [
        {
          "description": "Teammates.",
          "endpoint": "/Users",
          "id": "User",
          "meta": {
            "location": "https://host/v2/ResourceTypes/User",
            "resourceType": "ResourceType",
          },
          "name": "User",
          "schema": "urn:ietf:params:scim:schemas:core:2.0:User",
          "schemaExtensions": [
            {
              "required": false,
              "schema": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            },
            {
              "required": false,
              "schema": "urn:ietf:params:scim:schemas:extension:frontapp:teammate",
            },
            {
              "required": false,
              "schema": "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields",
            },
          ],
          "schemas": [
            "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
          ],
        },
        {
          "description": "Teammate groups.",
          "endpoint": "/Groups",
          "id": "Group",
          "meta": {
            "location": "https://host/v2/ResourceTypes/Group",
            "resourceType": "ResourceType",
          },
          "name": "Group",
          "schema": "urn:ietf:params:scim:schemas:core:2.0:Group",
          "schemaExtensions": [
            {
              "required": false,
              "schema": "urn:ietf:params:scim:schemas:extension:frontapp:group",
            },
          ],
          "schemas": [
            "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
          ],
        },
      ],
      "itemsPerPage": 2,
      "schemas": [
        "urn:ietf:params:scim:api:messages:2.0:ListResponse",
      ],
      "startIndex": 1,
      "totalResults": 2,
    }
  `);
});

test('each by its id, in any letter case', async () => {
  const { body } = await get('/ResourceTypes');
  for (const resourceType of body.Resources) {
    expect((await get(`/ResourceTypes/${resourceType.id}`)).body).toEqual(resourceType);
    expect((await get(`/ResourceTypes/${resourceType.id.toLowerCase()}`)).body).toEqual(resourceType);
  }
});

test('an unknown one is 404', async () => {
  expect(readableAnswer(await get('/ResourceTypes/Device'))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "No ResourceType with the id "Device" exists here.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "status": "404",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 404,
    }
  `);
});

test('every schema that is named here is among the schemas', async () => {
  const { body } = await get('/ResourceTypes');
  for (const { schema, schemaExtensions } of body.Resources) {
    for (const urn of [schema, ...schemaExtensions.map((extension) => extension.schema)]) {
      expect([urn, (await get(`/Schemas/${urn}`)).status]).toEqual([urn, 200]);
    }
  }
});
