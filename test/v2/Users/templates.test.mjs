// Teammate templates: how an identity provider names one when it creates a teammate.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, TEAMMATE, USER, newUser } from '../../support/scim.mjs';
import { tablesOf } from '../../support/tables.mjs';

const templateRole = (value) => ({ roles: [{ type: 'template', value }] });

async function templateOfNew(company, user) {
  const { id } = await newUser(company, user);
  const { body } = await company.api('GET', `/teammates/${id}`);
  return body.template_id;
}

test.each([
  [
    'as an object of the extension, declared in schemas',
    (id) => ({ schemas: [USER, TEAMMATE], [TEAMMATE]: { template: id } }),
  ],
  ['undeclared (Entra sends no custom schema header)', (id) => ({ schemas: [USER], [TEAMMATE]: { template: id } })],
  ['as a flat key (Entra)', (id) => ({ [`${TEAMMATE}:template`]: id })],
  ['in another letter case', (id) => ({ [TEAMMATE.toUpperCase()]: { Template: id } })],
  ['as a list', (id) => ({ [TEAMMATE]: { template: [id] } })],
  [
    'behind a label, as the display name of an app role in Entra',
    (id) => ({ [TEAMMATE]: { template: `Support squad: ${id}` } }),
  ],
  ['behind a label with colons', (id) => ({ [TEAMMATE]: { template: `EU: Support:${id}` } })],
  ["as a role of type template (Okta's roles.^[type=='template'].value)", templateRole],
  [
    'as a role beside others',
    (id) => ({
      roles: [
        { type: 'license', value: 'pro' },
        { type: 'Template', value: id, primary: true, display: 'x' },
      ],
    }),
  ],
  ['as a role behind a label', (id) => templateRole(`Support squad: ${id}`)],
  ['as a role while the extension is null (a real client)', (id) => ({ [TEAMMATE]: null, ...templateRole(id) })],
  ['as a role while the extension is empty', (id) => ({ [TEAMMATE]: { template: '' }, ...templateRole(id) })],
])('a template is named %s', async (_, spelled) => {
  const company = await newCompany();
  const { id } = await company.newTemplate('Support squad');
  expect(await templateOfNew(company, spelled(id))).toBe(id);
});

test.each([
  ['no extension and no roles', {}],
  ['a role of another type', { roles: [{ type: 'WindowsAzureActiveDirectoryRole', value: 'tea_none' }] }],
  ['a role without a type', { roles: [{ value: 'tea_none' }] }],
  ['an empty template', { [TEAMMATE]: { template: '' } }],
  ['a custom field of that name', { [CUSTOM_FIELDS]: { template: 'tea_none' } }],
])('no template with %s', async (_, user) => {
  expect(await templateOfNew(await newCompany(), user)).toBeNull();
});

test('the extension decides before roles', async () => {
  const company = await newCompany();
  const sales = await company.newTemplate('Sales');
  const admins = await company.newTemplate('Admins');
  expect(await templateOfNew(company, { [TEAMMATE]: { template: sales.id }, ...templateRole(admins.id) })).toBe(
    sales.id,
  );
});

test.each([
  ['roles', (ids) => ({ roles: ids.map((value) => ({ type: 'template', value })) })],
  ['the extension', (ids) => ({ [TEAMMATE]: { template: ids } })],
])('of several in %s, the first by template name in alphabetical order is applied', async (_, spelled) => {
  const company = await newCompany();
  const recruiting = await company.newTemplate('recruiting');
  const hr = await company.newTemplate('HR');
  const sales = await company.newTemplate('Sales');
  expect(await templateOfNew(company, spelled([sales.id, recruiting.id, hr.id]))).toBe(hr.id);
  const lowerCaseFirst = { userName: 'second@example.com', ...spelled([sales.id, recruiting.id]) };
  expect(await templateOfNew(company, lowerCaseFirst)).toBe(recruiting.id);
});

test('the attribute and roles are kept and echoed as sent', async () => {
  const company = await newCompany();
  const { id } = await company.newTemplate('Support squad');
  const sent = {
    [TEAMMATE]: { template: `Support squad: ${id}` },
    roles: [{ type: 'template', value: id, display: 'Squad' }],
  };
  const user = await newUser(company, sent);
  expect(user).toMatchObject(sent);
  expect(user.schemas).toEqual([USER, TEAMMATE]);
});

test("the template's role is the teammate's: an admin template makes an admin, and the company counts it", async () => {
  const company = await newCompany();
  const { id } = await company.newTemplate('Admins', { role: 'admin' });
  await newUser(company, templateRole(id));
  const { teammates, company: row } = await tablesOf(company);
  expect(teammates).toMatchObject([{ role: 'admin', template_id: id }]);
  expect(row.active_admins).toBe(1);
});

test('a create with a template leaves the same event and log line as any other', async () => {
  const company = await newCompany();
  const { id } = await company.newTemplate('Support squad');
  const { id: teammate } = await newUser(company, templateRole(id));
  const { events, requests } = await tablesOf(company);
  expect(events.at(-1)).toMatchObject({
    type: 'teammate.created',
    data: { before: null, after: { id: teammate, template_id: id } },
  });
  expect(requests.at(-1)).toMatchObject({ status: 201, resource_id: teammate, notes: [] });
});
