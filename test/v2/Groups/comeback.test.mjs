// A group that its identity provider deleted and pushes again within 30 days is that group again: a scope slip in Entra
// deletes a group and makes it anew.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { batch } from '../../support/database.mjs';
import { membersOf, named, newAppGroup, newGroup, newIds, rowOf } from '../../support/pushed-groups.mjs';
import { GROUP_EXTENSION, patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced } from '../../support/tables.mjs';

async function withDeleted(more) {
  const company = await newCompany();
  const [ann, bob, eve] = await newIds(company, 'ann', 'bob', 'eve');
  const group = await newGroup(company, 'Support', { members: named(ann, bob), externalId: 'old', ...more });
  await company.scim('DELETE', `/Groups/${group.id}`);
  const push = (body) => company.scim('POST', '/Groups', { displayName: 'Support', ...body });
  return { company, group, ann, bob, eve, push };
}

test('201 with the same id and the members of the push, by one event', async () => {
  const { company, group, ann, bob, eve, push } = await withDeleted({
    [GROUP_EXTENSION]: { description: 'First line' },
  });
  const body = { displayName: ' SUPPORT', externalId: 'new', members: named(bob, eve) };
  const { answer, events, log } = await traced(company, () => push(body));
  expect([answer.status, answer.body.id, answer.headers.get('location')]).toEqual([
    201,
    group.id,
    expect.stringMatching(new RegExp(`/Groups/${group.id}$`)),
  ]);
  expect(answer.body).toMatchObject({
    displayName: ' SUPPORT',
    externalId: 'new',
    [GROUP_EXTENSION]: { description: 'First line' },
  });
  expect(answer.body.members.map(({ value }) => value).sort()).toEqual([bob, eve].sort());
  const [{ type, data }] = events;
  expect([
    events.length,
    type,
    data.before.state,
    data.after.state,
    data.after.idp_managed,
    data.after.member_count,
  ]).toEqual([...[1, 'group.restored', 'deleted', 'active', true, 2]]);
  expect([data.members_added, data.members_removed]).toEqual([
    { count: 1, ids: [eve] },
    { count: 1, ids: [ann] },
  ]);
  expect(log).toMatchObject([{ status: 201, resource_id: group.id }]);
  expect((await rowOf(company, group)).created_at).toBe(Date.parse(group.meta.created));
  await expectConsistent(company);
});

test.each([
  ['no members', {}],
  ['an empty list of members', { members: [] }],
])('pushed with %s it has none', async (_, body) => {
  const { company, group, push } = await withDeleted();
  const { body: back } = await push(body);
  expect([back.id, await membersOf(company, group)]).toEqual([group.id, []]);
  await expectConsistent(company);
});

test('who was in it and is away comes back without it, unless the push names whom', async () => {
  const { company, group, ann, bob, push } = await withDeleted();
  await company.scim('DELETE', `/Users/${ann}`);
  await push({ members: named(bob) });
  await company.scim('POST', '/Users', { userName: 'ann@example.com' });
  expect(await membersOf(company, group)).toEqual([bob]);
  await expectConsistent(company);
});

test('members are managed and found as before, and it can be deleted and come back again', async () => {
  const { company, group, ann, push } = await withDeleted();
  await push({ members: named(ann) });
  expect((await company.api('PATCH', `/groups/${group.id}`, { display_name: 'Mine' })).status).toBe(409);
  expect((await company.scim('GET', '/Groups?filter=displayName%20eq%20%22support%22')).body.totalResults).toBe(1);
  expect((await push({})).status).toBe(409);
  await company.scim('DELETE', `/Groups/${group.id}`);
  expect((await push({})).body.id).toBe(group.id);
  await expectConsistent(company);
});

test('an unknown member: 400, and it stays deleted', async () => {
  const { company, group, push } = await withDeleted();
  expect((await push({ members: named('tea_none') })).status).toBe(400);
  expect((await rowOf(company, group)).state).toBe('deleted');
});

describe('which group it is', () => {
  test('one of the app that the identity provider deleted, too', async () => {
    const company = await newCompany();
    const [ann] = await newIds(company, 'ann');
    const { id } = await newAppGroup(company, 'Support', { members: [ann] });
    await company.scim('DELETE', `/Groups/${id}`);
    await expectConsistent(company);
    expect((await newGroup(company, 'Support')).id).toBe(id);
    await expectConsistent(company);
  });

  test('the one that was deleted last', async () => {
    const { company, group, push } = await withDeleted();
    const other = await newGroup(company, 'Other');
    const rename = patchOp({ op: 'replace', path: 'displayName', value: 'Support' });
    await company.scim('PATCH', `/Groups/${other.id}`, rename);
    await company.scim('DELETE', `/Groups/${other.id}`);
    expect((await push({})).body.id).toBe(other.id);
    expect((await rowOf(company, group)).state).toBe('deleted');
  });

  test('one that the app has made since is adopted instead', async () => {
    const { company, group, push } = await withDeleted();
    const own = await newAppGroup(company, 'Support');
    expect((await push({})).body.id).toBe(own.id);
    expect((await rowOf(company, group)).state).toBe('deleted');
  });

  test('none that the app deleted', async () => {
    const company = await newCompany();
    const own = await newAppGroup(company, 'Support');
    await company.api('DELETE', `/groups/${own.id}`);
    expect((await newGroup(company, 'Support')).id).not.toBe(own.id);
  });

  test('none that the app restored and deleted', async () => {
    const { company, group, push } = await withDeleted();
    await company.api('POST', `/groups/${group.id}/restore`);
    await company.api('DELETE', `/groups/${group.id}`);
    expect((await push({})).body.id).not.toBe(group.id);
  });

  test('none that was deleted more than 30 days ago', async () => {
    const { company, group, push } = await withDeleted();
    const sql = 'UPDATE groups SET state_changed_at = state_changed_at - ? WHERE company_id = ? AND id = ?';
    await batch([{ sql, params: [30 * 24 * 60 * 60 * 1000 + 60_000, company.companyId, group.id] }]);
    expect((await push({})).body.id).not.toBe(group.id);
  });

  test('none of another company', async () => {
    const { group } = await withDeleted();
    const other = await newCompany();
    expect((await newGroup(other, 'Support')).id).not.toBe(group.id);
  });
});

test('20 pushes at once: one brings it back, the others are 409', async () => {
  const { company, group, ann, push } = await withDeleted();
  const answers = await Promise.all(Array.from({ length: 20 }, () => push({ members: named(ann) })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
  expect(answers.find(({ status }) => status === 201).body.id).toBe(group.id);
  await expectConsistent(company);
});
