// PATCH "remove" of active (RFC 7644 section 3.5.2.2): unassigned, which says nothing of the state.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { filtered, newUser, patchOp } from '../../support/scim.mjs';
import { tablesOf, traced } from '../../support/tables.mjs';

const REMOVE = patchOp({ op: 'remove', path: 'active' });

test.each([true, false])('the member is gone, and the state of one with active %j is as it was', async (active) => {
  const company = await newCompany();
  const { id } = await newUser(company, { active });
  const { answer, events } = await traced(company, () => company.scim('PATCH', `/Users/${id}`, REMOVE));
  expect([answer.status, 'active' in answer.body]).toEqual([200, false]);
  expect(events.map(({ type }) => type)).toEqual(['teammate.updated']);
  expect('active' in (await company.scim('GET', `/Users/${id}`)).body).toBe(false);
  const { teammates } = await tablesOf(company);
  expect(teammates[0].state).toBe(active ? 'active' : 'blocked');
  expect((await company.scim('GET', filtered(`active eq ${active}`))).body.totalResults).toBe(1);
  // Once more changes nothing.
  const again = await traced(company, () => company.scim('PATCH', `/Users/${id}`, REMOVE));
  expect([again.answer.body, again.events]).toEqual([answer.body, []]);
});

test.each([
  ['PATCH', patchOp({ op: 'replace', path: 'active', value: true })],
  ['PUT', { userName: 'rita@example.com', active: true }],
])('%s assigns it again', async (method, body) => {
  const company = await newCompany();
  const { id } = await newUser(company);
  await company.scim('PATCH', `/Users/${id}`, REMOVE);
  expect((await company.scim(method, `/Users/${id}`, body)).body.active).toBe(true);
});

test('other changes leave it unassigned, a block by the app assigns it', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  await company.scim('PATCH', `/Users/${id}`, REMOVE);
  const patched = await company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'add', path: 'title', value: 'x' }));
  const put = await company.scim('PUT', `/Users/${id}`, { userName: 'rita@example.com', title: 'y' });
  for (const { status, body } of [patched, put]) expect([status, 'active' in body]).toEqual([200, false]);
  await company.api('POST', `/teammates/${id}/block`);
  expect((await company.scim('GET', `/Users/${id}`)).body.active).toBe(false);
});
