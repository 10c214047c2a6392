// POST /Users: what identity providers send comes back as sent, but for what is not theirs to set.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readable, readableAnswer } from '../../support/readable.mjs';
import { ENTERPRISE, USER } from '../../support/scim.mjs';
import { tablesOf } from '../../support/tables.mjs';

test("Okta's create answers 201 with the user and its Location; password and groups are taken and dropped", async () => {
  const company = await newCompany();
  const answer = await company.scim('POST', '/Users', {
    schemas: [USER],
    userName: 'test.user@okta.local',
    name: { givenName: 'Test', familyName: 'User' },
    emails: [{ primary: true, value: 'test.user@okta.local', type: 'work' }],
    displayName: 'Test User',
    locale: 'en-US',
    externalId: '00ujl29u0le5T6Aj10h7',
    groups: [],
    password: '1mz050nq',
    active: true,
  });
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "active": true,
        "displayName": "Test User",
        "emails": [
          {
            "primary": true,
            "type": "work",
            "value": "test.user@okta.local",
          },
        ],
        "externalId": "00ujl29u0le5T6Aj10h7",
        "id": "tea_1",
        "locale": "en-US",
        "meta": {
          "created": "<time>",
          "lastModified": "<time>",
          "location": "https://host/v2/Users/tea_1",
          "resourceType": "User",
          "version": "W/"1"",
        },
        "name": {
          "familyName": "User",
          "givenName": "Test",
        },
        "schemas": [
          "urn:ietf:params:scim:schemas:core:2.0:User",
        ],
        "userName": "test.user@okta.local",
      },
      "headers": {
        "content-type": "application/scim+json",
        "location": "https://host/v2/Users/tea_1",
      },
      "status": 201,
    }
  `);
  expect(answer.headers.get('location')).toBe(answer.body.meta.location);
  expect(JSON.stringify(await tablesOf(company))).not.toContain('1mz050nq');
});

test("Entra's create: meta.resourceType and empty roles are passed over", async () => {
  const { scim } = await newCompany();
  const answer = await scim('POST', '/Users', {
    schemas: [USER, ENTERPRISE],
    externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
    userName: 'Test_User_ab6490ee@example.com',
    active: true,
    emails: [{ primary: true, type: 'work', value: 'Test_User_ab6490ee@example.com' }],
    meta: { resourceType: 'User' },
    name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
    roles: [],
  });
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "active": true,
        "emails": [
          {
            "primary": true,
            "type": "work",
            "value": "Test_User_ab6490ee@example.com",
          },
        ],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
        "id": "tea_1",
        "meta": {
          "created": "<time>",
          "lastModified": "<time>",
          "location": "https://host/v2/Users/tea_1",
          "resourceType": "User",
          "version": "W/"1"",
        },
        "name": {
          "familyName": "familyName",
          "formatted": "givenName familyName",
          "givenName": "givenName",
        },
        "schemas": [
          "urn:ietf:params:scim:schemas:core:2.0:User",
        ],
        "userName": "Test_User_ab6490ee@example.com",
      },
      "headers": {
        "content-type": "application/scim+json",
        "location": "https://host/v2/Users/tea_1",
      },
      "status": 201,
    }
  `);
});

test("Entra's second documented create: null members and a malformed schema URN are no errors", async () => {
  const { scim } = await newCompany();
  const answer = await scim('POST', '/Users', {
    schemas: [USER, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'],
    userName: 'nulls@example.com',
    active: true,
    addresses: null,
    displayName: null,
    emails: null,
    phoneNumbers: null,
    title: null,
    department: null,
    manager: null,
    name: { givenName: null, familyName: 'Only' },
  });
  expect(answer.status).toBe(201);
  expect(readable(answer.body)).toMatchInlineSnapshot(`
    {
      "active": true,
      "id": "tea_1",
      "meta": {
        "created": "<time>",
        "lastModified": "<time>",
        "location": "https://host/v2/Users/tea_1",
        "resourceType": "User",
        "version": "W/"1"",
      },
      "name": {
        "familyName": "Only",
      },
      "schemas": [
        "urn:ietf:params:scim:schemas:core:2.0:User",
      ],
      "userName": "nulls@example.com",
    }
  `);
});

test('only userName is required', async () => {
  const { scim } = await newCompany();
  const answer = await scim('POST', '/Users', { userName: 'alone@example.com' });
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "active": true,
        "id": "tea_1",
        "meta": {
          "created": "<time>",
          "lastModified": "<time>",
          "location": "https://host/v2/Users/tea_1",
          "resourceType": "User",
          "version": "W/"1"",
        },
        "schemas": [
          "urn:ietf:params:scim:schemas:core:2.0:User",
        ],
        "userName": "alone@example.com",
      },
      "headers": {
        "content-type": "application/scim+json",
        "location": "https://host/v2/Users/tea_1",
      },
      "status": 201,
    }
  `);
});

test('id, meta and groups of the client are passed over', async () => {
  const { scim } = await newCompany();
  const answer = await scim('POST', '/Users', {
    schemas: [USER],
    id: 'mine',
    userName: 'rita@example.com',
    groups: [{ value: 'grp_1', display: 'Sales' }],
    meta: {
      resourceType: 'User',
      created: '2001-01-01T00:00:00Z',
      location: 'https://elsewhere.example/Users/mine',
      version: 'W/"1"',
    },
  });
  expect(answer.status).toBe(201);
  expect(readable(answer.body)).toMatchInlineSnapshot(`
    {
      "active": true,
      "id": "tea_1",
      "meta": {
        "created": "<time>",
        "lastModified": "<time>",
        "location": "https://host/v2/Users/tea_1",
        "resourceType": "User",
        "version": "W/"1"",
      },
      "schemas": [
        "urn:ietf:params:scim:schemas:core:2.0:User",
      ],
      "userName": "rita@example.com",
    }
  `);
});
