// DELETE /Groups/{id}: gone from SCIM and from the app's list, restorable with its members for 30 days.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { batch } from '../../support/database.mjs';
import { problem } from '../../support/problem.mjs';
import {
  membersOf,
  named,
  newAppGroup,
  newGroup,
  newIds,
  NOBODY,
  rowOf,
  standings,
} from '../../support/pushed-groups.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

async function withDeleted(more) {
  const company = await newCompany();
  const [ann, bob] = await newIds(company, 'ann', 'bob');
  const group = await newGroup(company, 'Support', { members: named(ann, bob), ...more });
  const removal = await traced(company, () => company.scim('DELETE', `/Groups/${group.id}`));
  return { company, group, ann, bob, removal };
}

test('204 without a body; one event, one line; its members are kept', async () => {
  const { company, group, ann, bob, removal } = await withDeleted();
  const { answer, events, log, after } = removal;
  expect(readableAnswer(answer)).toEqual({ status: 204, headers: {}, body: null });
  const [{ type, seq, data }] = events;
  expect([
    events.length,
    type,
    data.before.state,
    data.before.idp_managed,
    data.after.state,
    data.after.idp_managed,
  ]).toEqual([1, 'group.deleted', 'active', true, 'deleted', false]);
  expect([data.after.member_count, data.members_added, data.members_removed]).toEqual([2, NOBODY, NOBODY]);
  expect(Date.parse(data.after.restorable_until) - Date.parse(data.after.state_changed_at)).toBe(
    30 * 24 * 60 * 60 * 1000,
  );
  expect(log).toMatchObject([
    { method: 'DELETE', path: `/v2/Groups/${group.id}`, status: 204, resource_id: group.id, event_seq: seq, notes: [] },
  ]);
  expect(after.groups).toMatchObject([{ state: 'deleted', is_linked: 1, member_count: 2, version: 2 }]);
  expect(await standings(company, group)).toEqual({ [ann]: 'idp', [bob]: 'idp' });
  await expectConsistent(company);
});

test.each([
  ['GET', undefined],
  ['HEAD', undefined],
  ['PUT', { displayName: 'Support' }],
  ['PATCH', patchOp({ op: 'replace', path: 'displayName', value: 'x' })],
  ['DELETE', undefined],
])('from then on %s is 404 (RFC 7644 section 3.6)', async (method, body) => {
  const { company, group } = await withDeleted();
  const answer = await writingNothing(company, () => company.scim(method, `/Groups/${group.id}`, body));
  expect([answer.status, answer.body?.detail]).toEqual([
    404,
    method === 'HEAD' ? undefined : `No Group with the id "${group.id}" exists here.`,
  ]);
});

test('it is in no list, no search and no user', async () => {
  const { company, group, ann } = await withDeleted();
  for (const query of ['', '?filter=displayName%20eq%20%22Support%22', `?filter=id%20eq%20%22${group.id}%22`]) {
    const { body } = await company.scim('GET', `/Groups${query}`);
    expect([query, body.totalResults, body.Resources]).toEqual([query, 0, []]);
  }
  expect((await company.scim('GET', `/Users/${ann}`)).body.groups).toBe(undefined);
  expect((await company.api('GET', '/groups')).body.results).toEqual([]);
});

test('its name is free for another', async () => {
  const { company, group } = await withDeleted();
  const other = await newGroup(company, 'Sales');
  const rename = patchOp({ op: 'replace', path: 'displayName', value: 'Support' });
  expect((await company.scim('PATCH', `/Groups/${other.id}`, rename)).status).toBe(204);
  await company.scim('DELETE', `/Groups/${other.id}`);
  expect((await newAppGroup(company, 'Support')).id).not.toBe(group.id);
});

test('restored within 30 days: same id, same members, the app’s own', async () => {
  const { company, group, ann, bob } = await withDeleted();
  const restored = await company.api('POST', `/groups/${group.id}/restore`);
  expect([restored.status, restored.body]).toMatchObject([
    200,
    { state: 'active', idp_managed: false, member_count: 2 },
  ]);
  expect(await membersOf(company, group)).toEqual([ann, bob]);
  // Pushed again, it is adopted like any other of the app's.
  const again = await newGroup(company, 'Support');
  expect([again.id, (await rowOf(company, group)).unconfirmed_members]).toEqual([group.id, 2]);
  await expectConsistent(company);
});

test('later it is not', async () => {
  const { company, group } = await withDeleted();
  // The definition is what the object's memory of the group is held against.
  const sql =
    'UPDATE groups SET state_changed_at = state_changed_at - ?, definition = definition + 1 WHERE company_id = ? AND id = ?';
  await batch([{ sql, params: [30 * 24 * 60 * 60 * 1000 + 60_000, company.companyId, group.id] }]);
  const { status, body } = await writingNothing(company, () => company.api('POST', `/groups/${group.id}/restore`));
  expect([status, body.type]).toEqual([409, problem('group-restore-expired')]);
});

test('a member who left SCIM and came back in between is counted in what is restored', async () => {
  const { company, group, ann, bob } = await withDeleted();
  await company.scim('DELETE', `/Users/${ann}`);
  await company.scim('DELETE', `/Users/${bob}`);
  await company.api('POST', `/teammates/${bob}/unblock`);
  await company.api('POST', `/groups/${group.id}/restore`);
  expect([await membersOf(company, group), (await rowOf(company, group)).member_count]).toEqual([[bob], 1]);
  await expectConsistent(company);
});

test('DELETE of an id that never was is 404', async () => {
  const company = await newCompany();
  expect((await writingNothing(company, () => company.scim('DELETE', '/Groups/grp_none'))).status).toBe(404);
});

test('10 DELETEs at once: one 204, the others 404', async () => {
  const company = await newCompany();
  const { id } = await newGroup(company);
  const answers = await Promise.all(Array.from({ length: 10 }, () => company.scim('DELETE', `/Groups/${id}`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(9).fill(404)]);
  await expectConsistent(company);
});

test('deletions, changes and pushes of one name at once: each is told what became of it', async () => {
  const company = await newCompany();
  const [ann] = await newIds(company, 'ann');
  const group = await newGroup(company);
  const add = patchOp({ op: 'add', path: 'members', value: named(ann) });
  const calls = Array.from({ length: 30 }, (_, number) =>
    [
      () => company.scim('DELETE', `/Groups/${group.id}`),
      () => company.scim('POST', '/Groups', { displayName: 'Support', members: named(ann) }),
      () => company.scim('PATCH', `/Groups/${group.id}`, add),
    ][number % 3](),
  );
  const answers = await Promise.all(calls);
  const of = (kind) => answers.filter((_, number) => number % 3 === kind).map(({ status }) => status);
  // Each push of the name brings the group back, for the next deletion.
  const [deleted, pushed] = [204, 201].map((status, kind) => of(kind).filter((one) => one === status).length);
  const { state } = await rowOf(company, group);
  expect([deleted >= 1, deleted - pushed]).toEqual([true, state === 'deleted' ? 1 : 0]);
  expect(of(0).filter((status) => ![204, 404].includes(status))).toEqual([]);
  expect(of(1).filter((status) => ![201, 409].includes(status))).toEqual([]);
  expect(of(2).filter((status) => ![204, 404].includes(status))).toEqual([]);
  await expectConsistent(company);
});

test('a body with DELETE is not looked at', async () => {
  const company = await newCompany();
  const { id } = await newGroup(company);
  expect((await company.scim('DELETE', `/Groups/${id}/`, '{"x":')).status).toBe(204);
});
