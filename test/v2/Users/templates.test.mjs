// Teammate templates: how an identity provider names one when it creates a teammate.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, TEAMMATE, USER, newUser, patchOp } from '../../support/scim.mjs';
import { tablesOf, traced } from '../../support/tables.mjs';

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
  ['before a label', (id) => ({ [TEAMMATE]: { template: `${id} - Support squad` } })],
  ['in quotes', (id) => ({ [TEAMMATE]: { template: `“Support squad: ${id}”` } })],
  ['in brackets', (id) => ({ [TEAMMATE]: { template: `Support squad (${id})` } })],
  ['between blanks of any kind', (id) => ({ [TEAMMATE]: { template: `\u00a0Support squad:\u2003${id}\u00a0\t` } })],
  ['joined to its label', (id) => ({ [TEAMMATE]: { template: `Support_squad_${id}` } })],
  ['in capitals', (id) => ({ [TEAMMATE]: { template: `SUPPORT SQUAD: ${id.toUpperCase()}` } })],
  ['by its exact name', () => ({ [TEAMMATE]: { template: 'Support squad' } })],
  ['by its exact name between blanks', () => ({ [TEAMMATE]: { template: '\u00a0Support squad ' } })],
  ['by its name in a role', () => templateRole('Support squad')],
  ['as a role behind a label', (id) => templateRole(`Support squad: ${id}`)],
  ['as a role whose value is a list', (id) => templateRole([`Support squad: ${id}`])],
  [
    'as a role beside a default role in the extension',
    (id) => ({ [TEAMMATE]: { template: 'User' }, ...templateRole(id) }),
  ],
  ['with a colon behind the path', (id) => ({ [`${TEAMMATE}:template:`]: id })],
  ['with a blank behind the path', (id) => ({ [`${TEAMMATE}:template `]: id })],
  ['with a dot for the last colon', (id) => ({ [`${TEAMMATE}.template`]: id })],
  ['without the last segment of the URN', (id) => ({ [TEAMMATE.replace(':teammate', ':template')]: id })],
  ['the same, as an object', (id) => ({ [TEAMMATE.replace(':teammate', '')]: { template: id } })],
  ['cut at another colon', (id) => ({ [TEAMMATE.replace(':teammate', '')]: { 'teammate:template': id } })],
  ["without the attribute's name", (id) => ({ [TEAMMATE]: id })],
  ['as a role while the extension is null (a real client)', (id) => ({ [TEAMMATE]: null, ...templateRole(id) })],
  ['as a role while the extension is empty', (id) => ({ [TEAMMATE]: { template: '' }, ...templateRole(id) })],
])('a template is named %s', async (_, spelled) => {
  const company = await newCompany();
  const { id } = await company.newTemplate('Support squad');
  expect(await templateOfNew(company, spelled(id))).toBe(id);
});

test.each([
  ["Entra's default role", { [TEAMMATE]: { template: 'User' } }],
  ['a label without an id', { [TEAMMATE]: { template: 'Support squad:' } }],
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

test('alphabetically as people sort: accents and case decide only between the same letters', async () => {
  const company = await newCompany();
  const ids = {};
  for (const name of ['Zebra', 'Éclair', 'fundraising', 'eclair', 'Eclairs', '\u00c9clair II']) {
    ids[name] = (await company.newTemplate(name)).id;
  }
  const first = async (...names) => {
    const template = names.map((name) => ids[name]);
    const found = await templateOfNew(company, { userName: `${names}@example.com`, [TEAMMATE]: { template } });
    return Object.keys(ids).find((name) => ids[name] === found);
  };
  expect(await first('Zebra', 'fundraising', 'Éclair')).toBe('Éclair');
  expect(await first('Éclair', 'eclair')).toBe('eclair');
  expect(await first('Eclairs', 'Éclair')).toBe('Éclair');
  expect(await first('\u00c9clair II', 'Eclairs')).toBe('\u00c9clair II');
});

test('a text that means no template is noted in the log, as it was sent', async () => {
  const company = await newCompany();
  const { id } = await company.newTemplate('Support squad');
  const roles = ['Default Access', 'support squad', id].map((value) => ({ type: 'template', value }));
  const { answer, log, after } = await traced(company, () =>
    company.scim('POST', '/Users', { userName: 'rita@example.com', [TEAMMATE]: { template: 'msiam_access' }, roles }),
  );
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ [TEAMMATE]: { template: 'msiam_access' }, roles });
  expect(after.teammates[0].template_id).toBe(id);
  expect(log[0].notes).toEqual(
    ['msiam_access', 'Default Access', 'support squad'].map(
      (text) => `"${text}" means no template: no id stands in it, and no template has that name`,
    ),
  );
});

test('a name that another company alone has means none', async () => {
  await (await newCompany()).newTemplate('Theirs');
  expect(await templateOfNew(await newCompany(), { [TEAMMATE]: { template: 'Theirs' } })).toBeNull();
});

test("a list as a role's value is kept as sent, each of its texts is read, and the log notes it", async () => {
  const company = await newCompany();
  const sales = await company.newTemplate('Sales');
  const hr = await company.newTemplate('HR');
  const roles = [{ type: 'template', value: [sales.id, `HR: ${hr.id}`] }];
  const { answer, log, after } = await traced(company, () =>
    company.scim('POST', '/Users', { userName: 'rita@example.com', roles }),
  );
  expect([answer.status, answer.body.roles]).toEqual([201, roles]);
  expect(after.teammates[0].template_id).toBe(hr.id);
  expect(log[0].notes).toEqual(['roles.value came as a list: each of its texts was read, and the list kept as sent']);
  const other = { op: 'replace', path: 'roles[type eq "template"].value', value: ['a', 'b'] };
  const { status, body } = await company.scim('PATCH', `/Users/${answer.body.id}`, patchOp(other));
  expect([status, body.roles]).toEqual([200, [{ type: 'template', value: ['a', 'b'] }]]);
});

test.each([
  `${TEAMMATE}:template:`,
  `${TEAMMATE}: template `,
  `${TEAMMATE}.template`,
  TEAMMATE.replace(':teammate', ':template'),
])('the path "%s" is the template, which the log notes', async (path) => {
  const company = await newCompany();
  const { id } = await company.newTemplate('Sales');
  const created = await traced(company, () =>
    company.scim('POST', '/Users', { schemas: [USER], userName: 'rita@example.com', [path]: id }),
  );
  expect(created.answer.body).toMatchObject({ schemas: [USER, TEAMMATE], [TEAMMATE]: { template: id } });
  expect(created.after.teammates[0].template_id).toBe(id);
  expect(created.log[0].notes).toEqual([
    expect.stringMatching(/^read ".*" as the attribute whose URN is spelled nearly so$/),
  ]);
  const operation = { op: 'Replace', path, value: 'Other' };
  const patched = await company.scim('PATCH', `/Users/${created.answer.body.id}`, patchOp(operation));
  expect([patched.status, patched.body[TEAMMATE]]).toEqual([200, { template: 'Other' }]);
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
