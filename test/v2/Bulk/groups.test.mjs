// Groups in bulk requests: as in calls of their own, and with members that the same request creates.

import { describe, expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { membersOf, named, newAppGroup, newGroup, newIds, rowOf } from '../../support/pushed-groups.mjs';
import { bulkRequest, patchOp } from '../../support/scim.mjs';
import { expectConsistent, tablesOf, traced } from '../../support/tables.mjs';

const user = (name) => ({ method: 'POST', path: '/Users', bulkId: name, data: { userName: `${name}@example.com` } });
const group = (name, members, more) => ({
  method: 'POST',
  path: '/Groups',
  bulkId: name,
  data: { displayName: name, members, ...more },
});
const add = (...ids) => patchOp({ op: 'add', path: 'members', value: named(...ids) });

async function bulk({ scim }, operations, more) {
  const { status, body } = await scim('POST', '/Bulk', bulkRequest(operations, more));
  expect(status, JSON.stringify(body)).toBe(200);
  return body.Operations;
}

const statuses = (results) => results.map(({ status }) => status);
const idOf = ({ location }) => location.split('/').at(-1);

describe('members by bulkId', () => {
  test('two users and the group that they are in, the group first', async () => {
    const company = await newCompany();
    const results = await bulk(company, [
      group('Support', named('bulkId:ann', 'bulkId:bob')),
      user('ann'),
      user('bob'),
    ]);
    expect(results.map(({ method, bulkId, status, version }) => [method, bulkId, status, version])).toEqual([
      ['POST', 'Support', '201', 'W/"1"'],
      ['POST', 'ann', '201', 'W/"1"'],
      ['POST', 'bob', '201', 'W/"1"'],
    ]);
    const [made, ann, bob] = results.map(idOf);
    expect(await membersOf(company, { id: made })).toEqual([ann, bob].sort());
    await expectConsistent(company);
  });

  test('in PATCH and PUT, of a group that the request makes or that was there', async () => {
    const company = await newCompany();
    const there = await newGroup(company, 'Sales');
    const results = await bulk(company, [
      { method: 'PATCH', path: '/Groups/bulkId:Support', data: add('bulkId:ann') },
      {
        method: 'PUT',
        path: `/Groups/${there.id}`,
        data: { displayName: 'Sales', members: named('bulkId:bob', 'bulkId:ann') },
      },
      {
        method: 'PATCH',
        path: '/Groups/bulkId:Support',
        data: patchOp({ op: 'replace', path: 'members', value: ['bulkId:bob'] }),
      },
      group('Support'),
      user('ann'),
      user('bob'),
    ]);
    expect(results.map(({ status, version }) => [status, version])).toEqual([
      ['204', 'W/"2"'],
      ['200', 'W/"2"'],
      ['204', 'W/"3"'],
      ['201', 'W/"1"'],
      ['201', 'W/"1"'],
      ['201', 'W/"1"'],
    ]);
    const [support, , , , ann, bob] = results.map(idOf);
    expect(await membersOf(company, { id: support })).toEqual([bob]);
    expect(await membersOf(company, there)).toEqual([ann, bob].sort());
    await expectConsistent(company);
  });

  test('a user that could not be made: its group is not tried, another is done', async () => {
    const company = await newCompany();
    await newIds(company, 'ann');
    const results = await bulk(company, [
      group('Support', named('bulkId:ann', 'bulkId:bob')),
      user('ann'),
      user('bob'),
      group('Sales', named('bulkId:bob')),
    ]);
    expect(statuses(results)).toEqual(['409', '409', '201', '201']);
    expect(results[0].response.detail).toContain('"ann"');
    expect((await tablesOf(company)).groups.map(({ display_name }) => display_name)).toEqual(['Sales']);
    await expectConsistent(company);
  });

  test('a group as a member by its bulkId is no teammate', async () => {
    const company = await newCompany();
    const results = await bulk(company, [group('Outer', named('bulkId:Inner')), group('Inner')]);
    expect(statuses(results)).toEqual(['400', '201']);
    expect(results[0].response.scimType).toBe('invalidValue');
    await expectConsistent(company);
  });
});

describe('each operation', () => {
  test('has an event and a line of its own, and its version is a precondition', async () => {
    const company = await newCompany();
    const [ann, bob] = await newIds(company, 'ann', 'bob');
    const { id } = await newGroup(company, 'Support');
    const path = `/Groups/${id}`;
    const { answer, events, log } = await traced(company, () =>
      company.scim(
        'POST',
        '/Bulk',
        bulkRequest([
          { method: 'PATCH', path, version: 'W/"1"', data: add(ann) },
          { method: 'PATCH', path, version: 'W/"1"', data: add(bob) },
          { method: 'PUT', path, version: 'W/"2"', data: { displayName: 'Help' } },
          { method: 'DELETE', path, version: 'W/"2"' },
          { method: 'PATCH', path, data: add(ann) },
          { method: 'DELETE', path, version: 'W/"3"' },
          { method: 'PATCH', path, data: add(bob) },
        ]),
      ),
    );
    const results = answer.body.Operations;
    expect(results.map(({ status, version, response }) => [status, version, response?.scimType])).toEqual([
      ['204', 'W/"2"', undefined],
      ['412', undefined, undefined],
      ['200', 'W/"3"', undefined],
      ['412', undefined, undefined],
      ['204', 'W/"3"', undefined],
      ['204', undefined, undefined],
      ['404', undefined, undefined],
    ]);
    expect(events.map(({ type }) => type)).toEqual(['group.members_added', 'group.renamed', 'group.deleted']);
    expect(log.map(({ method, path: at, status }) => [method, at, status]).sort()).toEqual(
      [
        ['PATCH', 204],
        ['PUT', 200],
        ['PATCH', 204],
        ['DELETE', 204],
      ]
        .map(([method, status]) => [method, `/v2${path}`, status])
        .sort(),
    );
    expect(results.every(({ location }) => location.endsWith(path))).toBe(true);
    await expectConsistent(company);
  });

  test('is refused as a call would be, and the others are done', async () => {
    const company = await newCompany();
    const [ann] = await newIds(company, 'ann');
    const { id } = await newGroup(company, 'Support', { members: named(ann) });
    const app = await newAppGroup(company, 'Own');
    const results = await bulk(company, [
      group('support'),
      group('Sales', named('tea_none')),
      group('Blank', [], { displayName: ' ' }),
      { method: 'PATCH', path: `/Groups/${id}`, data: patchOp({ op: 'add', path: 'members[type eq "Group"]' }) },
      { method: 'PATCH', path: '/Groups/grp_none', data: add(ann) },
      { method: 'DELETE', path: '/Groups/grp_none' },
      group('own'),
      group('Last', named(ann)),
    ]);
    expect(results.map(({ status, response }) => [status, response?.scimType])).toEqual([
      ['409', 'uniqueness'],
      ['400', 'invalidValue'],
      ['400', 'invalidValue'],
      ['400', 'noTarget'],
      ['404', undefined],
      ['404', undefined],
      ['201', undefined],
      ['201', undefined],
    ]);
    expect(idOf(results[6])).toBe(app.id);
    await expectConsistent(company);
  });

  test('is told only its version where a call would show the group', async () => {
    const company = await newCompany();
    const [result] = await bulk(company, [group('Support')]);
    expect(Object.keys(result).sort()).toEqual(['bulkId', 'location', 'method', 'status', 'version']);
  });

  test("at a connection's own endpoint has its locations", async () => {
    const company = await newCompany();
    const base = `${inject('rollcall').baseUrl}/scim/${company.connectionId}/v2`;
    const { body } = await scimWith(company.token, 'POST', '/Bulk', bulkRequest([group('Support')]), {}, base);
    expect(body.Operations[0].location.startsWith(`${base}/Groups/grp_`)).toBe(true);
  });
});

describe('gates', () => {
  test.each([
    ['the switch off', { group_sync_enabled: false }, '"Teammate group sync"'],
    ['no entitlement', { plan: 'growth', entitlements: ['scim'] }, '"group_sync"'],
  ])('%s: 403 for the groups, and the users are created', async (_, settings, named_) => {
    const company = await newCompany(settings);
    const results = await bulk(company, [
      group('Support', named('bulkId:ann')),
      user('ann'),
      { method: 'DELETE', path: '/Groups/grp_1' },
    ]);
    expect(results.map(({ status, response }) => [status, response?.detail])).toEqual([
      ['403', expect.stringContaining(named_)],
      ['201', undefined],
      ['403', expect.stringContaining(named_)],
    ]);
    await expectConsistent(company);
  });

  test('failOnErrors: 1 ends at the first group that is refused, and what was done stays', async () => {
    const company = await newCompany();
    await newGroup(company, 'Taken');
    const results = await bulk(company, [group('First'), group('taken'), group('Third')], { failOnErrors: 1 });
    expect(statuses(results)).toEqual(['201', '409']);
    expect((await tablesOf(company)).groups.map(({ display_name }) => display_name).sort()).toEqual(['First', 'Taken']);
    await expectConsistent(company);
  });
});

test('what it costs adds up, the calls of the object among it', async () => {
  const company = await newCompany();
  const ids = await newIds(company, 'ann', 'bob', 'eve');
  const { id } = await newGroup(company, 'Support');
  const one = await company.scim('PATCH', `/Groups/${id}`, add(ids[0]));
  const operations = ids.slice(1).map((member) => ({ method: 'PATCH', path: `/Groups/${id}`, data: add(member) }));
  const two = await company.scim('POST', '/Bulk', bulkRequest(operations));
  const calls = ({ headers }) => Number(headers.get('server-timing').match(/calls=(\d+)/)[1]);
  expect([calls(one), calls(two)]).toEqual([1, 2]);
});

test('200 operations on groups are done, each in its turn', { timeout: 60_000 }, async () => {
  const company = await newCompany();
  const [ann, bob] = await newIds(company, 'ann', 'bob');
  const { id } = await newGroup(company, 'Support');
  const path = `/Groups/${id}`;
  const operations = Array.from({ length: 200 }, (_, number) => {
    const op = number % 2 ? 'remove' : 'add';
    const member = number % 4 < 2 ? ann : bob;
    return { method: 'PATCH', path, data: patchOp({ op, path: 'members', value: named(member) }) };
  });
  const results = await bulk(company, operations);
  expect(results.map(({ status, version }) => [status, version])).toEqual(
    operations.map((_, number) => ['204', `W/"${number + 2}"`]),
  );
  expect((await rowOf(company, { id })).version).toBe(201);
  await expectConsistent(company);
});

test('bulk requests and single calls at once lose nothing', async () => {
  const company = await newCompany();
  const ids = await newIds(company, ...Array.from({ length: 24 }, (_, number) => `user${number}`));
  const { id } = await newGroup(company, 'Support');
  const path = `/Groups/${id}`;
  const singles = ids.slice(0, 12).map((member) => company.scim('PATCH', path, add(member)));
  const operations = (members) => members.map((member) => ({ method: 'PATCH', path, data: add(member) }));
  const bulks = [ids.slice(12, 18), ids.slice(18)].map((members) => bulk(company, operations(members)));
  expect((await Promise.all(singles)).map(({ status }) => status)).toEqual(Array(12).fill(204));
  expect((await Promise.all(bulks)).map(statuses)).toEqual([Array(6).fill('204'), Array(6).fill('204')]);
  expect(await membersOf(company, { id })).toEqual(ids.toSorted());
  await expectConsistent(company);
});
