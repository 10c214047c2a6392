// Adding somebody in the app again who was deleted there, or removed from SCIM, brings the same teammate back.

import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { problem } from '../../../../support/problem.mjs';
import { newUser } from '../../../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../../../support/tables.mjs';

test('one that was deleted in the app comes back with its id, and an identity provider may have it again', async () => {
  const company = await newCompany();
  const { body: teammate } = await company.api('POST', '/teammates', {
    user_name: 'Rita@example.com',
    display_name: 'Old',
    external_id: 'old',
  });
  await company.api('DELETE', `/teammates/${teammate.id}`);
  const { answer, events, log } = await traced(company, () =>
    company.api('POST', '/teammates', { user_name: 'rita@example.com', display_name: 'New' }),
  );
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    id: teammate.id,
    user_name: 'rita@example.com',
    display_name: 'New',
    external_id: null,
    state: 'active',
    created_at: teammate.created_at,
  });
  expect(events.map(({ type, data }) => [type, data.before.state, data.after])).toEqual([
    ['teammate.unblocked', 'deleted', answer.body],
  ]);
  expect(log).toHaveLength(1);
  expect((await company.scim('GET', `/Users/${teammate.id}`)).status).toBe(200);
  await expectConsistent(company);
});

test('one that was removed from SCIM comes back with its id and what the identity provider knows it by', async () => {
  const company = await newCompany();
  const user = await newUser(company, { userName: 'rita@example.com', externalId: '00u1' });
  await company.scim('DELETE', `/Users/${user.id}`);
  const { answer, events } = await traced(company, () =>
    company.api('POST', '/teammates', { user_name: 'rita@example.com' }),
  );
  expect([answer.status, answer.body.id, answer.body.state, answer.body.external_id]).toEqual([
    201,
    user.id,
    'active',
    '00u1',
  ]);
  expect(events.map(({ type, data }) => [type, data.before.state])).toEqual([['teammate.unblocked', 'removed']]);
  await expectConsistent(company);
});

test('without a seat it does not come back', async () => {
  const company = await newCompany({ seats: 1 });
  const { body: teammate } = await company.api('POST', '/teammates', { user_name: 'rita@example.com' });
  await company.api('DELETE', `/teammates/${teammate.id}`);
  await newUser(company, { userName: 'sam@example.com' });
  const answer = await writingNothing(company, () =>
    company.api('POST', '/teammates', { user_name: 'rita@example.com' }),
  );
  expect([answer.status, answer.body.type]).toEqual([403, problem('no-seat-left')]);
});

test('what a tombstone was made from is forgotten: the template that is asked for now is the one it has', async () => {
  const company = await newCompany();
  const [first, second] = [await company.newTemplate('First'), await company.newTemplate('Admins', { role: 'admin' })];
  const body = { user_name: 'rita@example.com' };
  const { body: teammate } = await company.api('POST', '/teammates', { ...body, template_id: first.id });
  const path = `/teammates/${teammate.id}`;
  const templateAndRole = async () => {
    const { body: now } = await company.api('GET', path);
    return [now.template_id, now.role];
  };
  await company.api('DELETE', path);
  await company.api('POST', '/teammates', { ...body, template_id: second.id });
  expect(await templateAndRole()).toEqual([second.id, 'admin']);
  await company.api('DELETE', path);
  await company.api('POST', '/teammates', body);
  expect(await templateAndRole()).toEqual([null, 'teammate']);
});

test('one that was removed from SCIM keeps its template and role, unless others are asked for', async () => {
  const company = await newCompany({ idp_may_block_last_admin: true });
  const [first, second] = [await company.newTemplate('Admins', { role: 'admin' }), await company.newTemplate('Second')];
  const user = await newUser(company, { roles: [{ type: 'template', value: first.id }] });
  const returned = async (more) => {
    const removal = await company.scim('DELETE', `/Users/${user.id}`);
    const answer = await company.api('POST', '/teammates', { user_name: user.userName, ...more });
    expect([removal.status, answer.status]).toEqual([204, 201]);
    const { body } = await company.api('GET', `/teammates/${user.id}`);
    return [body.template_id, body.role];
  };
  expect(await returned({})).toEqual([first.id, 'admin']);
  expect(await returned({ template_id: second.id })).toEqual([second.id, 'teammate']);
});
