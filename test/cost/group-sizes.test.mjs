// Groups of 100 to 100,000 members in a company of 200,000 teammates: what is asked of D1 and of memory does not grow
// with what is not asked for. In a workerd and a database of its own, so that the other tests don't wait for it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { send } from '../support/client.mjs';
import { companyIn } from '../support/company-in.mjs';
import { sendBatch } from '../support/inspector-client.mjs';
import { isolateMemory } from '../support/isolate-memory.mjs';
import { crowd, oneOfCrowd } from '../support/population.mjs';
import { startRollcall } from '../support/rollcall.mjs';
import { patchOp } from '../support/scim.mjs';

const TEAMMATES = 200_000;
// Far above what it takes: for machines under load.
const TIMEOUT = 120_000;
const SIZES = [0, 100, 1_000, 10_000, 100_000];
const LARGEST = SIZES.at(-1);
const MEGABYTE = 1024 * 1024;

const group = (size, use = '') => `/Groups/grp_01jsizes${use}${size}`;
/** @param {(i: number) => object} more */
const members = (first, count, more = () => ({})) =>
  Array.from({ length: count }, (_, i) => ({ value: oneOfCrowd(first + i), ...more(first + i) }));
/** As clients write them that send all they know. */
const inFull = (i) => ({
  $ref: `https://directory.example.com/scim/v2/Users/${oneOfCrowd(i)}`,
  type: 'User',
  display: `Person ${i} of the directory`,
});

let rollcall;
let companyId;
let token;
let scim;

beforeAll(async () => {
  rollcall = await startRollcall({ inspectorPort: 0, logFile: LOG });
  ({ companyId, token, scim } = await companyIn(rollcall));
  await sendBatch(rollcall.inspectorUrl, [crowd(companyId, TEAMMATES)]);
  for (const size of SIZES) {
    await insertGroup(group(size), size);
    // The isolate has heard of the token, and the object of the group: what is measured is the usual call.
    for (const op of ['add', 'remove']) await changed(size, op, TEAMMATES - 1);
  }
}, TIMEOUT);

afterAll(() => rollcall?.stop());

/** The first `size` teammates are its members, and its path is its name. */
async function insertGroup(path, size) {
  const id = path.split('/').at(-1);
  await sendBatch(rollcall.inspectorUrl, [
    { sql: INSERT_GROUP, params: [companyId, id, path, path.toLowerCase(), size] },
    { sql: INSERT_MEMBERSHIPS, params: [companyId, id, size] },
  ]);
}

const LOG = new URL('../../.wrangler/test-sizes-worker.log', import.meta.url).pathname;

const INSERT_GROUP = `
  INSERT INTO groups (company_id, id, display_name, display_name_folded, is_linked, state, member_count,
    unconfirmed_members, version, definition, created_at, updated_at, state_changed_at)
  VALUES (?1, ?2, ?3, ?4, 1, 'active', ?5, 0, 1, 1, 1, 1, 1)`;

const INSERT_MEMBERSHIPS = `
  INSERT INTO memberships (company_id, group_id, teammate_id, standing)
  SELECT company_id, ?2, id, 'idp' FROM teammates WHERE company_id = ?1 ORDER BY id LIMIT ?3`;

const changed = (size, op, i) =>
  metered('PATCH', group(size), patchOp({ op, path: 'members', value: [{ value: oneOfCrowd(i) }] }));

/** A call's status with what it asked of D1, by D1's own count. */
async function metered(method, path, body) {
  const { status, headers } = await scim(method, path, body, {}, rollcall.meteredUrl);
  const number = (name) => Number(headers.get(`x-d1-${name}`));
  return {
    ...{ status, calls: number('calls'), rowsRead: number('rows-read'), rowsWritten: number('rows-written') },
    memberships: number('membership-rows'),
  };
}

async function memberCount(path) {
  const sql = `SELECT g.member_count, count(*) AS counted FROM groups g JOIN memberships m
    ON m.company_id = g.company_id AND m.group_id = g.id WHERE g.company_id = ? AND g.id = ?`;
  const [{ rows }] = await sendBatch(rollcall.inspectorUrl, [{ sql, params: [companyId, path.split('/').at(-1)] }]);
  return Object.values(rows[0]);
}

describe('costs the same at every size', () => {
  const one = [{ value: oneOfCrowd(TEAMMATES - 2) }];
  const add = patchOp({ op: 'add', path: 'members', value: one });
  const remove = patchOp({ op: 'remove', path: 'members', value: one });
  const removeByPath = patchOp({ op: 'remove', path: `members[value eq "${one[0].value}"]` });
  const description = 'urn:ietf:params:scim:schemas:extension:frontapp:group:description';
  const describe = patchOp({ op: 'replace', path: description, value: 'First line' });
  test.each([
    ['adding one member', 'PATCH', '', add, 204, 1],
    ['adding who is a member', 'PATCH', '', add, 204, 0],
    ['removing one by a path', 'PATCH', '', removeByPath, 204, 1],
    ['removing who is none', 'PATCH', '', remove, 204, 0],
    ['adding one, answered with the group', 'PATCH', '?excludedAttributes=members', add, 200, 1],
    ['removing one by its value', 'PATCH', '', remove, 204, 1],
    ['a change of the description', 'PATCH', '', describe, 204, 0],
    ['a read without members', 'GET', '?excludedAttributes=members', undefined, 200, 0],
    ['a read of the name', 'GET', '?attributes=displayName', undefined, 200, 0],
  ])('%s', async (_, method, query, body, status, memberships) => {
    const costs = [];
    for (const size of SIZES) costs.push(await metered(method, `${group(size)}${query}`, body));
    expect(costs).toEqual(SIZES.map(() => ({ ...costs[0], status, memberships })));
  });
});

test('a PUT of 100,000 members of whom 10 differ writes those 10 rows', { timeout: TIMEOUT }, async () => {
  const put = async (size) => {
    const path = group(size, 'put');
    await insertGroup(path, size);
    // Five of the members go, and five others come.
    const body = { displayName: path, members: members(5, size) };
    const { status, rowsWritten, memberships } = await metered('PUT', `${path}?excludedAttributes=members`, body);
    expect(await memberCount(path)).toEqual([size, size]);
    return { status, rowsWritten, memberships };
  };
  // Beside them it writes what it writes of a small group.
  const small = await put(100);
  expect(await put(LARGEST)).toEqual({ status: 200, rowsWritten: small.rowsWritten, memberships: 10 });
});

test('a read of 100,000 members is sent while it is read', async () => {
  const steer = (hold) => send('POST', `${rollcall.faultyUrl}/_objects/${companyId}`, { body: { hold } });
  await steer('marked');
  // What waits for the third call to D1 comes when the test lets it.
  const headers = { authorization: `Bearer ${token}`, 'x-fault': 'ok,ok,held' };
  const response = await fetch(`${rollcall.faultyUrl}/v2${group(LARGEST)}`, { headers });
  const reader = response.body.getReader();
  const chunks = [(await reader.read()).value];
  await steer(null);
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  const body = JSON.parse(Buffer.concat(chunks).toString());
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/scim+json']);
  expect(body).toMatchObject({ displayName: group(LARGEST), meta: { resourceType: 'Group' } });
  expect(body.members.map(({ value }) => value)).toEqual(members(0, LARGEST).map(({ value }) => value));
  const $ref = `${rollcall.faultyUrl}/v2/Users/${oneOfCrowd(0)}`;
  expect(body.members[0]).toEqual({ value: oneOfCrowd(0), $ref, type: 'User' });
});

test('a read under way breaks off when its token ends, so that nobody takes the part for the whole', async () => {
  const steer = (hold) => send('POST', `${rollcall.faultyUrl}/_objects/${companyId}`, { body: { hold } });
  const managed = { authorization: `Bearer ${rollcall.operatorKey}`, 'content-type': 'application/json' };
  const tokens = `${rollcall.baseUrl}/api/v1/companies/${companyId}/tokens`;
  const body = { name: 'Short-lived', scopes: ['provisioning'] };
  const { body: ended } = await send('POST', tokens, { headers: managed, body });
  // More than one read of D1 gives back.
  for (const use of ['second', 'third']) await insertGroup(group(LARGEST, use), LARGEST);
  await steer('marked');
  const headers = { authorization: `Bearer ${ended.token}`, 'x-fault': 'ok,ok,held' };
  const response = await fetch(`${rollcall.faultyUrl}/v2/Groups`, { headers });
  const reader = response.body.getReader();
  await reader.read();
  expect((await send('DELETE', `${tokens}/${ended.id}`, { headers: managed })).status).toBe(204);
  await steer(null);
  const rest = async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read());
  };
  await expect(rest()).rejects.toThrow();
});

describe("the Worker's isolate, its object in it, stays below 128 MB", () => {
  let memory;
  beforeAll(async () => {
    memory = await isolateMemory(rollcall, 'rollcall');
  });
  afterAll(() => memory.close());

  async function expectBelowLimit(what, work) {
    const most = (await memory.most(work)) / MEGABYTE;
    const wasm = Math.round((await memory.wasm()) / MEGABYTE);
    expect(most, `MB at the most, for ${what}; ${wasm} of them are Wasm's`).toBeLessThan(128);
  }

  test('while it sends 100,000 members, also to four clients at once', { timeout: TIMEOUT }, async () => {
    await expectBelowLimit('GET', () => scim('GET', group(LARGEST)));
    await expectBelowLimit('4 GETs at once', () => Promise.all([1, 2, 3, 4].map(() => scim('GET', group(LARGEST)))));
  });

  test('while four PUTs of 100,000 members in full come at once: Wasm below 100 MB', { timeout: TIMEOUT }, async () => {
    const paths = [1, 2, 3, 4].map((number) => group(LARGEST, `at${number}x`));
    for (const path of paths) await insertGroup(path, 0);
    await expectBelowLimit('4 PUTs at once', async () => {
      const put = (path, place) => {
        const body = { displayName: path, members: members(place, LARGEST, inFull) };
        return scim('PUT', `${path}?excludedAttributes=members`, body);
      };
      const answers = await Promise.all(paths.map(put));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    });
    for (const path of paths) expect(await memberCount(path)).toEqual([LARGEST, LARGEST]);
    expect((await memory.wasm()) / MEGABYTE, 'MB of Wasm').toBeLessThan(100);
  });

  test.each([
    ['by their ids', undefined],
    ['in full', inFull],
  ])('while it takes 100,000 members %s: POST, PUT and PATCH', { timeout: TIMEOUT }, async (spelling, more) => {
    const list = members(0, LARGEST, more);
    let posted;
    await expectBelowLimit(`POST, ${spelling}`, async () => {
      const push = { displayName: `Posted ${spelling}`, members: list };
      const { status, body } = await scim('POST', '/Groups?excludedAttributes=members', push);
      expect({ status, body }).toMatchObject({ status: 201, body: { displayName: `Posted ${spelling}` } });
      posted = `/Groups/${body.id}`;
    });
    expect(await memberCount(posted)).toEqual([LARGEST, LARGEST]);
    await expectBelowLimit(`PUT, ${spelling}`, async () => {
      const body = { displayName: `Put ${spelling}`, members: members(1, LARGEST, more) };
      expect((await scim('PUT', `${posted}?excludedAttributes=members`, body)).status).toBe(200);
    });
    await expectBelowLimit(`PATCH, ${spelling}`, async () => {
      const add = { op: 'add', path: 'members', value: members(TEAMMATES - LARGEST, LARGEST, more) };
      expect((await scim('PATCH', posted, patchOp(add))).status).toBe(204);
    });
    expect(await memberCount(posted)).toEqual([TEAMMATES - 1, TEAMMATES - 1]);
  });
});
