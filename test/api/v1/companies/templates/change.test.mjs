import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { problem } from '../../../../support/problem.mjs';
import { newUser } from '../../../../support/scim.mjs';
import { expectConsistent, traced } from '../../../../support/tables.mjs';

test('an edit changes what it names and nothing else', async () => {
  const company = await newCompany();
  const template = await company.newTemplate('Squad', { inboxes: ['inb_1'], preferences: { theme: 'dark', size: 3 } });
  const path = `/templates/${template.id}`;
  const { status, body } = await company.api('PATCH', path, { name: 'Squad 2', preferences: { theme: 'light' } });
  expect(status).toBe(200);
  expect(body).toEqual({ ...template, name: 'Squad 2', preferences: { theme: 'light' }, updated_at: body.updated_at });
  expect((await company.api('GET', path)).body).toEqual(body);
});

test('an edit and a deletion leave one event each, one line of the log each, and new versions of the rules', async () => {
  const company = await newCompany();
  const template = await company.newTemplate('Squad');
  const path = `/templates/${template.id}`;
  const edit = await traced(company, () => company.api('PATCH', path, { role: 'admin' }));
  const deletion = await traced(company, () => company.api('DELETE', path));
  const edited = edit.answer.body;
  expect([...edit.events, ...deletion.events].map(({ type, data }) => ({ type, data }))).toEqual([
    { type: 'template.updated', data: { before: template, after: edited } },
    { type: 'template.deleted', data: { before: edited, after: null } },
  ]);
  expect(
    [...edit.log, ...deletion.log].map(({ method, status, resource_id }) => ({ method, status, resource_id })),
  ).toEqual([
    { method: 'PATCH', status: 200, resource_id: template.id },
    { method: 'DELETE', status: 204, resource_id: template.id },
  ]);
  expect(deletion.after.company.rules_version).toBe(edit.before.company.rules_version + 2);
  await expectConsistent(company);
});

test('a deleted template is gone, and can be chosen no more', async () => {
  const company = await newCompany();
  const template = await company.newTemplate('Squad');
  const path = `/templates/${template.id}`;
  const { status, body } = await company.api('DELETE', path);
  expect([status, body]).toEqual([204, null]);
  expect([
    (await company.api('GET', path)).status,
    (await company.api('PATCH', path, { name: 'x' })).status,
    (await company.api('DELETE', path)).status,
  ]).toEqual([404, 404, 404]);
  const refused = await company.api('POST', '/teammates', { user_name: 'rita@example.com', template_id: template.id });
  expect([refused.status, refused.body.type]).toEqual([400, problem('unknown-template')]);
});

test('teammates that were made from it stay as they are, whatever becomes of it', async () => {
  const company = await newCompany();
  const template = await company.newTemplate('Squad', { role: 'admin' });
  const user = await newUser(company, { roles: [{ type: 'template', value: template.id }] });
  const read = async () => (await company.api('GET', `/teammates/${user.id}`)).body;
  const before = await read();
  expect([before.template_id, before.role]).toEqual([template.id, 'admin']);
  await company.api('PATCH', `/templates/${template.id}`, { role: 'teammate' });
  await company.api('DELETE', `/templates/${template.id}`);
  expect(await read()).toEqual(before);
});

test('a template of another company is not there', async () => {
  const [company, other] = [await newCompany(), await newCompany()];
  const template = await other.newTemplate('Squad');
  const path = `/templates/${template.id}`;
  const answers = [
    await company.api('GET', path),
    await company.api('PATCH', path, { name: 'Mine' }),
    await company.api('DELETE', path),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect((await other.api('GET', path)).body).toEqual(template);
  const refused = await company.api('POST', '/teammates', { user_name: 'rita@example.com', template_id: template.id });
  expect(refused.status).toBe(400);
});
