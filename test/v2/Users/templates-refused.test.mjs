// Teammate templates that can't be applied: unknown, of another company, beyond the plan.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { TEAMMATE, newUser } from '../../support/scim.mjs';
import { traced, writingNothing } from '../../support/tables.mjs';

const create = (company, user) => () => company.scim('POST', '/Users', { userName: 'rita@example.com', ...user });
const inExtension = (template) => ({ [TEAMMATE]: { template } });
const inRoles = (value) => ({ roles: [{ type: 'template', value }] });

test('an unknown template is refused by name, and nothing is created', async () => {
  const company = await newCompany();
  const answer = await writingNothing(company, create(company, inExtension('Support: tea_gone')));
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "No teammate template exists for "Support: tea_gone". Copy the id from the template's page in the app and correct the mapping in your identity provider; nothing was created.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "scimType": "invalidValue",
        "status": "400",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 400,
    }
  `);
});

test.each([
  ['in roles', () => inRoles('tea_gone')],
  ['in a text with more', () => inExtension('\u00a0“Support” (tea_gone) ')],
  ['beside a known one', (id) => ({ roles: [id, 'tea_gone'].map((value) => ({ type: 'template', value })) })],
])('an unknown template %s is refused too', async (_, user) => {
  const company = await newCompany();
  const { id } = await company.newTemplate('Sales');
  const answer = await writingNothing(company, create(company, user(id)));
  expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
  const { roles, ...extension } = user(id);
  const sent = extension[TEAMMATE]?.template ?? roles.at(-1).value;
  expect(answer.body.detail).toContain(`"${sent}"`);
});

test("another company's template is unknown here", async () => {
  const company = await newCompany();
  const { id } = await (await newCompany()).newTemplate('Theirs');
  const answer = await writingNothing(company, create(company, inExtension(id)));
  expect(answer.status).toBe(400);
  expect(answer.body.detail).toContain(id);
});

test('a deleted template is unknown', async () => {
  const company = await newCompany();
  const { id } = await company.newTemplate('Gone');
  await company.api('DELETE', `/templates/${id}`);
  const answer = await writingNothing(company, create(company, inExtension(id)));
  expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
});

test('unknown_template: ignore creates without a template, and the log warns', async () => {
  const company = await newCompany({ unknown_template: 'ignore' });
  const { answer, after, log } = await traced(company, create(company, inExtension('tea_gone')));
  expect(answer.status).toBe(201);
  expect(answer.body[TEAMMATE]).toEqual({ template: 'tea_gone' });
  expect(after.teammates).toMatchObject([{ template_id: null, role: 'teammate' }]);
  expect(log).toMatchObject([
    { status: 201, notes: ['no template "tea_gone" exists: the teammate was created without it'] },
  ]);
});

test('more than a hundred templates in one create are refused', async () => {
  const company = await newCompany();
  const template = Array.from({ length: 101 }, (_, place) => `tea_${place}`);
  for (const user of [inExtension(template), inExtension(template.join()), inRoles(template)]) {
    const answer = await writingNothing(company, create(company, user));
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
    expect(answer.body.detail).toMatch(/^The user names more than 100 teammate templates/);
  }
});

test('unknown_template: ignore prints the text as it was sent, too', async () => {
  const company = await newCompany({ unknown_template: 'ignore' });
  const { log } = await traced(company, create(company, inExtension('Support: tea_gone')));
  expect(log[0].notes).toEqual(['no template "Support: tea_gone" exists: the teammate was created without it']);
});

test('unknown_template: ignore changes nothing for a template that exists', async () => {
  const company = await newCompany({ unknown_template: 'ignore' });
  const { id } = await company.newTemplate('Sales');
  const { after, log } = await traced(company, create(company, inExtension(id)));
  expect(after.teammates).toMatchObject([{ template_id: id }]);
  expect(log).toMatchObject([{ notes: [] }]);
});

test('without the entitlement "templates" a create that names one gets 403 that says so', async () => {
  const company = await newCompany({ plan: 'growth', entitlements: ['scim'] });
  const { id } = await company.newTemplate('Sales');
  const answer = await writingNothing(company, create(company, inRoles(id)));
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "The company's plan does not include "templates". Ask the company's admin to upgrade the plan or to have it granted.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "status": "403",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 403,
    }
  `);
});

test('without the entitlement "templates" a create that names none works', async () => {
  const company = await newCompany({ plan: 'growth', entitlements: ['scim'] });
  expect(await newUser(company, { roles: [{ type: 'other', value: 'x' }], [TEAMMATE]: null })).toMatchObject({
    active: true,
  });
});

test('without the entitlement a default role of Entra, which names none, is taken, too', async () => {
  const company = await newCompany({ plan: 'growth', entitlements: ['scim'] });
  await company.newTemplate('Sales');
  expect((await create(company, inExtension('User'))()).status).toBe(201);
  const named = await company.scim('POST', '/Users', { userName: 'ada@example.com', ...inExtension('Sales') });
  expect(named.status).toBe(403);
});

test('granted one by one, the entitlement works on an older plan', async () => {
  const company = await newCompany({ plan: 'starter', entitlements: ['scim', 'templates'] });
  const { id } = await company.newTemplate('Sales');
  const { after } = await traced(company, create(company, inRoles(id)));
  expect(after.teammates).toMatchObject([{ template_id: id }]);
});
