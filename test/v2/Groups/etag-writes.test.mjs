// Conditional writes: what was asked of another version than the present one is refused with 412 and changes nothing.

import { describe, expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { membersOf, named, newGroup, newIds } from '../../support/pushed-groups.mjs';
import { newUser, patchOp, scimError } from '../../support/scim.mjs';
import { expectConsistent, tablesOf, traced, writingNothing } from '../../support/tables.mjs';

const MISMATCH =
  'The resource has changed: its version is W/"2", which If-Match ("version" of a bulk operation) does not name. Read the resource again, make the change to what it is now, and send the new version; nothing was changed.';
const NO_TAG =
  'If-Match ("version" of a bulk operation) is not an entity tag. One has quotes, as in W/"2", which is the version of this resource now. Send the version that you have read as it was given, in meta.version or ETag; nothing was changed.';
const EXCLUDED =
  'The resource\'s version is W/"2", which If-None-Match excludes. Send writes without If-None-Match, or name the version that they were made for in If-Match; nothing was changed.';

/** A company with a group of version 2, in which one user is. */
async function withGroup() {
  const company = await newCompany();
  const [ann] = await newIds(company, 'ann');
  const { id } = await newGroup(company);
  const { body: group } = await company.scim('PUT', `/Groups/${id}`, { displayName: 'Support', members: named(ann) });
  return { company, group, ann, path: `/Groups/${id}` };
}

/** @type {any[][]} */
const WRITES = [
  ['PUT', { displayName: 'Help' }, 200],
  ['PATCH', patchOp({ op: 'replace', path: 'displayName', value: 'Help' }), 204],
  ['PATCH', patchOp({ op: 'remove', path: 'members' }), 204],
  ['DELETE', undefined, 204],
];

describe.each(WRITES)('%s %j', (method, body, done) => {
  test.each([
    { 'if-match': 'W/"2"' },
    { 'if-match': '"2"' },
    { 'if-match': '*' },
    { 'if-match': 'W/"1", W/"2"' },
    { 'if-none-match': 'W/"1"' },
    { 'if-match': 'W/"2"', 'if-none-match': '"1", "3"' },
  ])('of the present version is done: %j', async (headers) => {
    const { company, path } = await withGroup();
    const { answer, events } = await traced(company, () => company.scim(method, path, body, headers));
    expect([answer.status, events.length]).toEqual([done, 1]);
    if (body) expect(answer.headers.get('etag')).toBe('W/"3"');
  });

  test.each([
    [{ 'if-match': 'W/"1"' }, MISMATCH],
    [{ 'if-match': 'W/"3"' }, MISMATCH],
    [{ 'if-match': '2' }, NO_TAG],
    [{ 'if-match': '""' }, MISMATCH],
    [{ 'if-match': `W/"${'9'.repeat(400)}"` }, MISMATCH],
    [{ 'if-match': 'W/"1"', 'if-none-match': 'W/"2"' }, MISMATCH],
    [{ 'if-none-match': '*' }, EXCLUDED],
    [{ 'if-none-match': 'W/"2"' }, EXCLUDED],
  ])('of another is 412 and changes nothing: %j', async (headers, detail) => {
    const { company, path } = await withGroup();
    const answer = await writingNothing(company, () => company.scim(method, path, body, headers));
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('etag')]).toEqual([
      412,
      'application/scim+json',
      'W/"2"',
    ]);
    expect(answer.body).toEqual(scimError(412, detail));
  });

  test('of one that is not there is 404, not 412', async () => {
    const { company, path } = await withGroup();
    await company.scim('DELETE', path);
    for (const gone of [path, '/Groups/grp_none'])
      for (const headers of [{ 'if-match': '*' }, { 'if-match': 'W/"1"' }, { 'if-none-match': '*' }])
        expect((await writingNothing(company, () => company.scim(method, gone, body, headers))).status).toBe(404);
  });
});

test('a condition that does not hold is told before rules that would refuse the change', async () => {
  const { company, path } = await withGroup();
  await newGroup(company, 'Sales');
  const put = (headers) => company.scim('PUT', path, { displayName: 'Sales', members: named('tea_none') }, headers);
  expect((await put({ 'if-match': 'W/"9"' })).status).toBe(412);
  expect((await put({ 'if-match': 'W/"2"' })).status).toBe(400);
});

test('a write that changes nothing is for one version, too', async () => {
  const { company, path, ann } = await withGroup();
  const add = patchOp({ op: 'add', path: 'members', value: named(ann) });
  expect((await company.scim('PATCH', path, add, { 'if-match': 'W/"1"' })).status).toBe(412);
  const { status, headers } = await company.scim('PATCH', path, add, { 'if-match': 'W/"2"' });
  expect([status, headers.get('etag')]).toEqual([204, 'W/"2"']);
});

test('20 at once for the same version: one is done, the others are told', async () => {
  const { company, path, group } = await withGroup();
  const ids = await newIds(company, ...Array.from({ length: 20 }, (_, number) => `user${number}`));
  const add = (id) => patchOp({ op: 'add', path: 'members', value: named(id) });
  const answers = await Promise.all(ids.map((id) => company.scim('PATCH', path, add(id), { 'if-match': 'W/"2"' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(19).fill(412)]);
  expect(await membersOf(company, group)).toHaveLength(2);
  await expectConsistent(company);
});

test('the version that a PATCH is told is a basis for the next: who came in between is not overwritten', async () => {
  const { company, path } = await withGroup();
  const ids = await newIds(company, ...Array.from({ length: 12 }, (_, number) => `user${number}`));
  // Each adds a member, and then, as one who knows of that alone, empties the group.
  const client = async (id) => {
    const added = await company.scim('PATCH', path, patchOp({ op: 'add', path: 'members', value: named(id) }));
    expect(added.status).toBe(204);
    const condition = { 'if-match': added.headers.get('etag') };
    return [id, await company.scim('PUT', path, { displayName: 'Support', members: [] }, condition)];
  };
  const answers = await Promise.all(ids.map(client));
  const { events } = await tablesOf(company);
  const ofGroup = events.filter(({ type }) => type.startsWith('group.'));
  expect(answers.filter(([, { status }]) => status !== 200 && status !== 412)).toEqual([]);
  for (const [id, { status, headers }] of answers) {
    if (status !== 200) continue;
    const emptied = ofGroup.findIndex(({ request_id }) => request_id === headers.get('x-request-id'));
    expect(ofGroup[emptied - 1].data.members_added.ids).toEqual([id]);
  }
  await expectConsistent(company);
});

test('the version follows the teammates: a removal between read and write is a 412', async () => {
  const { company, path, ann } = await withGroup();
  await newUser(company, { userName: 'zoe@example.com' });
  await company.scim('DELETE', `/Users/${ann}`);
  const answer = await company.scim('PATCH', path, patchOp({ op: 'replace', path: 'displayName', value: 'x' }), {
    'if-match': 'W/"2"',
  });
  expect([answer.status, answer.headers.get('etag')]).toEqual([412, 'W/"3"']);
});

test("at a connection's own endpoint the conditions and versions are the same", async () => {
  const { company, path } = await withGroup();
  const base = `${inject('rollcall').baseUrl}/scim/${company.connectionId}/v2`;
  const at = (method, body, headers) => scimWith(company.token, method, path, body, headers, base);
  expect((await at('DELETE', undefined, { 'if-match': 'W/"1"' })).status).toBe(412);
  expect((await at('DELETE', undefined, { 'if-match': 'W/"2"' })).status).toBe(204);
});
