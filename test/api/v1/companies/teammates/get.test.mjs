import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { readableAnswer } from '../../../../support/readable.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, newUser } from '../../../../support/scim.mjs';

test('the app sees what the identity provider sent', async () => {
  const company = await newCompany();
  const user = await newUser(company, {
    userName: 'rita@example.com',
    externalId: '00u1',
    displayName: 'Rita Ito',
    emails: [
      { value: 'home@example.com', type: 'home' },
      { value: 'rita@example.com', type: 'work', primary: true },
    ],
    [ENTERPRISE]: { department: 'Support' },
    [CUSTOM_FIELDS]: { cf_1: 'blue' },
  });
  expect(readableAnswer(await company.api('GET', `/teammates/${user.id}`))).toMatchInlineSnapshot(`
    {
      "body": {
        "attributes": {
          "displayName": "Rita Ito",
          "emails": [
            {
              "type": "home",
              "value": "home@example.com",
            },
            {
              "primary": true,
              "type": "work",
              "value": "rita@example.com",
            },
          ],
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
            "department": "Support",
          },
        },
        "blocked_by": null,
        "created_at": "<time>",
        "custom_fields": {
          "cf_1": "blue",
        },
        "display_name": "Rita Ito",
        "email": "rita@example.com",
        "external_id": "00u1",
        "id": "tea_1",
        "origin": "scim",
        "role": "teammate",
        "sessions_invalid_before": null,
        "state": "active",
        "state_changed_at": "<time>",
        "template_id": null,
        "updated_at": "<time>",
        "user_name": "rita@example.com",
      },
      "headers": {
        "content-type": "application/json",
      },
      "status": 200,
    }
  `);
});

test('a teammate of another company, and one that never was, are not there', async () => {
  const [company, other] = [await newCompany(), await newCompany()];
  const { id } = await newUser(other);
  const calls = [
    ['GET', ''],
    ['PATCH', '', { display_name: 'Mine' }],
    ['DELETE', ''],
    ['POST', '/block'],
    ['POST', '/unblock'],
  ];
  const before = (await other.api('GET', `/teammates/${id}`)).body;
  for (const [method, action, body] of calls) {
    for (const named of [id, 'tea_nobody']) {
      const answer = await company.api(method, `/teammates/${named}${action}`, body);
      expect([method, action, answer.status, answer.body.detail]).toEqual([
        method,
        action,
        404,
        `No teammate with the id "${named}" exists here.`,
      ]);
    }
  }
  expect((await other.api('GET', `/teammates/${id}`)).body).toEqual(before);
});
