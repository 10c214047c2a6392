// Teammate templates after the creation: the attribute is kept as sent and does nothing, and the log says so.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { TEAMMATE, newUser, patchOp } from '../../support/scim.mjs';
import { tablesOf, traced } from '../../support/tables.mjs';

const NOTE = /^the template attribute changed: .* does nothing/;

async function fromTemplate() {
  const company = await newCompany();
  const support = await company.newTemplate('Support');
  const admins = await company.newTemplate('Admins', { role: 'admin' });
  const user = await newUser(company, { [TEAMMATE]: { template: support.id } });
  return { company, support, admins, user };
}

const patchTo = (operation) => (user, id) => ['PATCH', `/Users/${user.id}`, patchOp(operation(id))];

test.each([
  ['PUT', (user, id) => ['PUT', `/Users/${user.id}`, { ...user, [TEAMMATE]: { template: id } }]],
  [
    'PATCH of Entra without aadOptscim062020',
    patchTo((value) => ({ op: 'Replace', path: `${TEAMMATE}:template`, value })),
  ],
  [
    'PATCH of Entra with aadOptscim062020',
    patchTo((value) => ({ op: 'replace', value: { [`${TEAMMATE}:template`]: value } })),
  ],
  [
    'PATCH of the extension as an object',
    patchTo((value) => ({ op: 'add', path: TEAMMATE, value: { template: value } })),
  ],
  [
    'PATCH that adds a role of type template',
    patchTo((value) => ({ op: 'Add', path: 'roles', value: [{ type: 'template', value }] })),
  ],
])('another template by %s is echoed, noted in the log, and not applied', async (_, write) => {
  const { company, support, admins, user } = await fromTemplate();
  const { answer, log, after } = await traced(company, () => company.scim(...write(user, admins.id)));
  expect(answer.status).toBe(200);
  expect(JSON.stringify(answer.body)).toContain(admins.id);
  expect(after.teammates).toMatchObject([{ template_id: support.id, role: 'teammate' }]);
  expect(log).toHaveLength(1);
  expect(log[0].notes).toEqual([expect.stringMatching(NOTE)]);
});

test('even one that does not exist', async () => {
  const { company, support, user } = await fromTemplate();
  const path = `${TEAMMATE}:template`;
  const { answer, log, after } = await traced(company, () =>
    company.scim('PATCH', `/Users/${user.id}`, patchOp({ op: 'Replace', path, value: 'tea_gone' })),
  );
  expect([answer.status, answer.body[TEAMMATE]]).toEqual([200, { template: 'tea_gone' }]);
  expect(after.teammates[0].template_id).toBe(support.id);
  expect(log[0].notes).toEqual([expect.stringMatching(NOTE)]);
});

test('a first template comes too late as well', async () => {
  const company = await newCompany();
  const { id } = await company.newTemplate('Support');
  const user = await newUser(company);
  const { log, after } = await traced(company, () =>
    company.scim('PUT', `/Users/${user.id}`, { ...user, roles: [{ type: 'template', value: id }] }),
  );
  expect(after.teammates[0].template_id).toBeNull();
  expect(log[0].notes).toEqual([expect.stringMatching(NOTE)]);
});

test('taking the attribute away takes no template away', async () => {
  const { company, support, user } = await fromTemplate();
  const answer = await company.scim(
    'PATCH',
    `/Users/${user.id}`,
    patchOp({ op: 'remove', path: `${TEAMMATE}:template` }),
  );
  expect(answer.body).not.toHaveProperty([TEAMMATE]);
  expect((await tablesOf(company)).teammates[0].template_id).toBe(support.id);
});

test('the same template again is no change, and nothing to note', async () => {
  const { company, user } = await fromTemplate();
  const { log, events } = await traced(company, () => company.scim('PUT', `/Users/${user.id}`, user));
  expect(events).toEqual([]);
  expect(log).toMatchObject([{ notes: [], event_seq: null }]);
});

test('a teammate that comes back after DELETE keeps its template, and the log says that no other is applied', async () => {
  const { company, support, admins, user } = await fromTemplate();
  await company.scim('DELETE', `/Users/${user.id}`);
  const { log, after } = await traced(company, () => newUser(company, { [TEAMMATE]: { template: admins.id } }));
  expect(after.teammates).toMatchObject([{ id: user.id, template_id: support.id, role: 'teammate' }]);
  expect(log[0].notes).toEqual([expect.stringMatching(/a template is applied at the first creation alone/)]);
});

test('it comes back even where it names a template that does not exist', async () => {
  const { company, user } = await fromTemplate();
  await company.scim('DELETE', `/Users/${user.id}`);
  const back = await newUser(company, { [TEAMMATE]: { template: 'tea_gone' } });
  expect([back.id, back[TEAMMATE]]).toEqual([user.id, { template: 'tea_gone' }]);
});

test('editing a template does not touch the teammates that were made from it', async () => {
  const { company, support } = await fromTemplate();
  const { before, after } = await traced(company, () =>
    company.api('PATCH', `/templates/${support.id}`, { name: 'Help', role: 'admin' }),
  );
  expect(after.templates).not.toEqual(before.templates);
  expect(after.teammates).toEqual(before.teammates);
  expect(after.company.active_admins).toBe(0);
});

test('deleting a template does not touch them either', async () => {
  const { company, support } = await fromTemplate();
  const { answer, before, after } = await traced(company, () => company.api('DELETE', `/templates/${support.id}`));
  expect(answer.status).toBe(204);
  expect(after.teammates).toEqual(before.teammates);
});
