// `groups` of a user (RFC 7643 section 4.1.2): shown in every answer with a user, and never written through one.

import { expect, inject, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { batch, insertRows } from '../../support/database.mjs';
import { filtered, newUser, newUsers, patchOp } from '../../support/scim.mjs';
import { tablesOf } from '../../support/tables.mjs';

/** Groups with members, as the tables keep them: {id, name, members, state}. */
async function newGroups({ companyId }, groups) {
  const rows = groups.map(({ id, name, members = [], state = 'active' }) => ({
    ...{ company_id: companyId, id, display_name: name, display_name_folded: name.toLowerCase(), is_linked: 1, state },
    ...{ member_count: members.length, unconfirmed_members: 0, version: 1, definition: 1 },
    ...{ created_at: 1, updated_at: 1, state_changed_at: 1 },
  }));
  await insertRows('groups', Object.keys(rows[0]), rows);
  const memberships = groups.flatMap(({ id, members = [] }) =>
    members.map(([teammate, standing = 'idp']) => ({
      company_id: companyId,
      group_id: id,
      teammate_id: teammate.id,
      standing,
    })),
  );
  await insertRows('memberships', ['company_id', 'group_id', 'teammate_id', 'standing'], memberships);
}

const shown = (id, display, base = `${inject('rollcall').baseUrl}/v2`) => ({
  value: id,
  $ref: `${base}/Groups/${id}`,
  display,
  type: 'direct',
});

/** Rita is in two groups, was in a third, and in one that is deleted; Bob is in one; Ann in none. */
async function populated() {
  const company = await newCompany();
  const [rita, bob, ann] = await newUsers(company, ['rita@example.com', 'bob@example.com', 'ann@example.com']);
  await newGroups(company, [
    { id: 'grp_1', name: 'Support', members: [[rita], [bob, 'app']] },
    { id: 'grp_2', name: 'Billing & "Ops"', members: [[rita, 'both']] },
    { id: 'grp_3', name: 'Left', members: [[rita, 'gone']] },
    { id: 'grp_4', name: 'Deleted', members: [[rita]], state: 'deleted' },
  ]);
  return {
    company,
    rita,
    bob,
    ann,
    ofRita: [shown('grp_1', 'Support'), shown('grp_2', 'Billing & "Ops"')],
    ofBob: [shown('grp_1', 'Support')],
  };
}

const groupsOf = ({ body }) => body.groups;
const groupsOfEach = ({ body }) => Object.fromEntries(body.Resources.map(({ userName, groups }) => [userName, groups]));

test('GET: the active groups that the teammate is in; none where it is in none', async () => {
  const { company, rita, bob, ann, ofRita, ofBob } = await populated();
  expect(groupsOf(await company.scim('GET', `/Users/${rita.id}`))).toEqual(ofRita);
  expect(groupsOf(await company.scim('GET', `/Users/${bob.id}`))).toEqual(ofBob);
  expect((await company.scim('GET', `/Users/${ann.id}`)).body).toEqual(ann);
});

test("$ref continues the base that the request came in on, a connection's own too", async () => {
  const { company, bob } = await populated();
  const { baseUrl } = inject('rollcall');
  const base = `${baseUrl}/scim/${company.connectionId}/v2`;
  const answer = await fetch(`${base}/Users/${bob.id}`, { headers: { authorization: `Bearer ${company.token}` } });
  expect((await answer.json()).groups).toEqual([shown('grp_1', 'Support', base)]);
});

test('lists: by index, sorted, filtered, looked up, by cursor and in .search', async () => {
  const { company, ofRita, ofBob } = await populated();
  const all = { 'rita@example.com': ofRita, 'bob@example.com': ofBob, 'ann@example.com': undefined };
  for (const query of ['', '?sortBy=userName', '?cursor=', '?sortBy=userName&cursor=', '?filter=active%20eq%20true'])
    expect(groupsOfEach(await company.scim('GET', `/Users${query}`)), query).toEqual(all);
  expect(groupsOfEach(await company.scim('POST', '/Users/.search', {}))).toEqual(all);
  expect(groupsOfEach(await company.scim('POST', '/.search', { filter: 'userName pr' }))).toEqual(all);
  const found = await company.scim('GET', filtered('userName eq "rita@example.com"'));
  expect(groupsOfEach(found)).toEqual({ 'rita@example.com': ofRita });
});

test('a walk in a kept order shows them on its later pages', async () => {
  const { company, ofRita } = await populated();
  const first = await company.scim('GET', '/Users?sortBy=userName&count=2&cursor=');
  const next = await company.scim('GET', `/Users?sortBy=userName&count=2&cursor=${first.body.nextCursor}`);
  expect(groupsOfEach(next)).toEqual({ 'rita@example.com': ofRita });
});

test('PATCH and PUT answer with them, whether they change something or not', async () => {
  const { company, rita, ofRita } = await populated();
  const retitled = patchOp({ op: 'replace', path: 'title', value: 'Lead' });
  expect(groupsOf(await company.scim('PATCH', `/Users/${rita.id}`, retitled))).toEqual(ofRita);
  const again = await company.scim('PATCH', `/Users/${rita.id}`, retitled);
  expect([again.status, groupsOf(again)]).toEqual([200, ofRita]);
  const replaced = await company.scim('PUT', `/Users/${rita.id}`, { ...rita, title: 'Boss' });
  expect([replaced.status, groupsOf(replaced)]).toEqual([200, ofRita]);
});

test('a new teammate is in none, one that comes back is in those that it was in', async () => {
  const { company, bob, ofBob } = await populated();
  expect(await newUser(company, { userName: 'new@example.com' })).not.toHaveProperty('groups');
  expect((await company.scim('DELETE', `/Users/${bob.id}`)).status).toBe(204);
  const back = await newUser(company, { userName: 'bob@example.com' });
  expect([back.id, back.groups]).toEqual([bob.id, ofBob]);
});

test('a blocked teammate stays in its groups', async () => {
  const { company, bob, ofBob } = await populated();
  const blocked = await company.scim('PATCH', `/Users/${bob.id}`, patchOp({ op: 'replace', value: { active: false } }));
  expect([blocked.body.active, blocked.body.groups]).toEqual([false, ofBob]);
  expect(groupsOf(await company.scim('GET', `/Users/${bob.id}`))).toEqual(ofBob);
});

test('attributes and excludedAttributes choose them; where they are not asked for, no membership is read', async () => {
  const { company, rita, ofRita } = await populated();
  const { id, schemas } = rita;
  const get = async (query) => (await company.scim('GET', `/Users/${id}?${query}`)).body;
  expect(await get('attributes=groups')).toEqual({ schemas, id, groups: ofRita });
  expect(await get('attributes=groups.display')).toEqual({
    schemas,
    id,
    groups: ofRita.map(({ display }) => ({ display })),
  });
  expect(await get('attributes=userName')).toEqual({ schemas, id, userName: rita.userName });
  expect((await get('excludedAttributes=groups')).groups).toBe(undefined);
  expect((await get('excludedAttributes=groups.$ref')).groups).toEqual(ofRita.map(({ $ref: _, ...rest }) => rest));

  const read = async (query) => (await company.meteredScim('GET', `/Users/${id}?${query}`)).cost.rowsRead;
  await read('');
  // With two groups and a deleted one: three entries of the index, the next one, and three groups.
  expect((await read('')) - (await read('excludedAttributes=groups'))).toBe(ROWS_READ_FOR_THREE);
  expect(await read('attributes=userName')).toBe(await read('excludedAttributes=groups'));
});

const ROWS_READ_FOR_THREE = 7;

test('what a client sends as groups is passed over in a body and refused by path', async () => {
  const { company, rita, ann, ofRita } = await populated();
  const groups = [{ value: 'grp_1', display: 'Support' }];
  const before = await tablesOf(company);
  const put = await company.scim('PUT', `/Users/${rita.id}`, { ...rita, groups: [] });
  expect([put.status, groupsOf(put)]).toEqual([200, ofRita]);
  const pathless = await company.scim(
    'PATCH',
    `/Users/${ann.id}`,
    patchOp({ op: 'add', value: { groups, title: 'T' } }),
  );
  expect([pathless.status, pathless.body.title, groupsOf(pathless)]).toEqual([200, 'T', undefined]);
  for (const operation of [
    { op: 'add', path: 'groups', value: groups },
    { op: 'replace', path: 'groups[value eq "grp_1"].display', value: 'Sales' },
    { op: 'remove', path: 'groups[value eq "grp_1"]' },
    { op: 'remove', path: 'groups' },
  ]) {
    const { status, body } = await company.scim('PATCH', `/Users/${rita.id}`, patchOp(operation));
    expect([status, body.scimType], JSON.stringify(operation)).toEqual([400, 'mutability']);
  }
  const created = await newUser(company, { userName: 'new@example.com', groups });
  expect(created.groups).toBe(undefined);
  const after = await tablesOf(company);
  expect([after.groups, after.memberships]).toEqual([before.groups, before.memberships]);
});

test("a user's version is not its groups'", async () => {
  const { company, rita } = await populated();
  const { headers } = await company.scim('GET', `/Users/${rita.id}`);
  await batch([{ sql: 'DELETE FROM memberships WHERE company_id = ?', params: [company.companyId] }]);
  const after = await company.scim('GET', `/Users/${rita.id}`);
  expect([after.headers.get('etag'), after.body.groups]).toEqual([headers.get('etag'), undefined]);
});

test('a teammate in thousands of groups shows the first 500, in pages too', async () => {
  const company = await newCompany();
  const users = await newUsers(company, ['a@example.com', 'b@example.com']);
  const members = users.map((user) => [user]);
  const groups = Array.from({ length: 3000 }, (_, i) => ({
    id: `grp_${String(i).padStart(4, '0')}`,
    name: `Group ${i}`,
    members,
  }));
  await newGroups(company, groups);
  const { status, body } = await company.scim('GET', `/Users/${users[0].id}`);
  expect([status, body.groups.length]).toEqual([200, 500]);
  expect([body.groups[0], body.groups[499]]).toEqual([shown('grp_0000', 'Group 0'), shown('grp_0499', 'Group 499')]);
  const page = await company.scim('GET', '/Users');
  expect(page.body.Resources.map(({ groups }) => groups.length)).toEqual([500, 500]);
  const blocked = await company.scim(
    'PATCH',
    `/Users/${users[0].id}`,
    patchOp({ op: 'replace', value: { active: false } }),
  );
  expect([blocked.status, blocked.body.groups.length]).toEqual([200, 500]);
});

const FILTERS = [
  ['groups.value eq "grp_1"', ['rita', 'bob']],
  ['groups eq "grp_1"', ['rita', 'bob']],
  ['groups[value eq "grp_1"]', ['rita', 'bob']],
  ['groups[value eq "grp_2" and display sw "bill"]', ['rita']],
  ['groups[value eq "grp_1" and display sw "bill"]', []],
  ['groups.display eq "SUPPORT"', ['rita', 'bob']],
  ['groups.display co "ops"', ['rita']],
  ['groups.value eq "grp_3"', []],
  ['groups.value eq "grp_4"', []],
  ['groups.value eq "GRP_1"', []],
  ['groups.value eq "grp_1" or groups.value eq "grp_2"', ['rita', 'bob']],
  ['groups.value eq "grp_1" and userName sw "b"', ['bob']],
  ['groups.value sw "grp_"', ['rita', 'bob']],
  ['groups.type eq "direct"', ['rita', 'bob']],
  ['groups pr', ['rita', 'bob']],
  ['not (groups pr)', ['ann']],
  ['not (groups.value eq "grp_2")', ['bob', 'ann']],
  ['groups.value ne "grp_1"', ['rita', 'ann']],
];

test('filters go by the groups that are shown', async () => {
  const { company } = await populated();
  for (const [filter, expected] of FILTERS) {
    const { status, body } = await company.scim('GET', filtered(filter));
    const found = body.Resources?.map(({ userName }) => userName.split('@')[0]);
    expect([filter, status, body.totalResults, found]).toEqual([filter, 200, expected.length, expected]);
  }
});

test('users are sorted by their first group, those without at the end', async () => {
  const { company } = await populated();
  await newGroups(company, [
    { id: 'grp_0', name: 'Admins', members: [[await newUser(company, { userName: 'zoe@example.com' })]] },
  ]);
  for (const sortBy of ['groups.display', 'groups']) {
    const { body } = await company.scim('GET', `/Users?sortBy=${sortBy}`);
    expect([sortBy, ...body.Resources.map(({ userName }) => userName.split('@')[0])]).toEqual([
      sortBy,
      'zoe',
      'rita',
      'bob',
      'ann',
    ]);
  }
});

test('a reference depends on the URL, and is refused in a filter', async () => {
  const { company } = await populated();
  const { status, body } = await company.scim('GET', filtered('groups.$ref pr'));
  expect([status, body.scimType]).toEqual([400, 'invalidFilter']);
  expect(body.detail).toBe('groups.$ref depends on the URL of the request: use groups.value, which it ends with.');
});
