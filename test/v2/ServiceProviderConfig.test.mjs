// What the server says it can do: the first thing that anybody asks, so without a token too.

import { expect, test } from 'vitest';
import { newCompany, scimWith } from '../support/client.mjs';
import { readableAnswer } from '../support/readable.mjs';

test('answers without a token', async () => {
  expect(readableAnswer(await scimWith(null, 'GET', '/ServiceProviderConfig'))).toMatchInlineSnapshot(`
    {
      "body": {
        "authenticationSchemes": [
          {
            "description": "A token of the company, sent as "Authorization: Bearer TOKEN".",
            "name": "OAuth Bearer Token",
            "primary": true,
            "specUri": "https://www.rfc-editor.org/info/rfc6750",
            "type": "oauthbearertoken",
          },
        ],
        "bulk": {
          "maxOperations": 200,
          "maxPayloadSize": 1048576,
          "supported": true,
        },
        "changePassword": {
          "supported": false,
        },
        "etag": {
          "supported": true,
        },
        "filter": {
          "maxResults": 200,
          "supported": true,
        },
        "meta": {
          "location": "https://host/v2/ServiceProviderConfig",
          "resourceType": "ServiceProviderConfig",
        },
        "pagination": {
          "cursor": true,
          "cursorTimeout": 3600,
          "defaultPageSize": 100,
          "defaultPaginationMethod": "index",
          "index": true,
          "maxPageSize": 200,
        },
        "patch": {
          "supported": true,
        },
        "schemas": [
          "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
        ],
        "sort": {
          "supported": true,
        },
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 200,
    }
  `);
});

test('answers the same with one, and with a wrong one', async () => {
  const { scim } = await newCompany();
  const without = await scimWith(null, 'GET', '/ServiceProviderConfig');
  for (const answer of [
    await scim('GET', '/ServiceProviderConfig'),
    await scimWith('rc_wrong', 'GET', '/ServiceProviderConfig/'),
  ]) {
    expect([answer.status, answer.body]).toEqual([200, without.body]);
  }
});

test('is true: maxResults is the most that a page holds', async () => {
  const { body } = await scimWith(null, 'GET', '/ServiceProviderConfig');
  expect(body.filter.maxResults).toBe(200);
});
