// Whoever is refused learns nothing and leaves nothing: of every route, for every kind of refusal, the answer is the same
// to the byte for what is there and for what is not, D1 reads the same rows for both, and no table changes.
//
// In a database of its own, which is compared as a whole. Two companies are made alike; one is asked for what it has, the
// other for what it has not, call by call, so that what an isolate remembers is the same for both.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { send } from '../support/client.mjs';
import { dump, settledDump } from '../support/dump.mjs';
import { sendBatch } from '../support/inspector-client.mjs';
import { MISSING, bulkOfGroups, managementCalls, openCalls, scimCalls } from '../support/refused-calls.mjs';
import { startRollcall } from '../support/rollcall.mjs';

const LOG = new URL('../../.wrangler/test-refused-worker.log', import.meta.url).pathname;
const TIMEOUT = 120_000;
const BOTH = ['auto_provisioning', 'provisioning'];

let rollcall;
/** Somebody else's. */
let other;

beforeAll(async () => {
  rollcall = await startRollcall({ entries: ['metered'], logFile: LOG });
  other = await furnished();
}, TIMEOUT);

afterAll(() => rollcall?.stop());

const sql = (text, ...params) => sendBatch(rollcall.inspectorUrl, [{ sql: text, params }]);

async function operator(method, path, body) {
  const headers = { authorization: `Bearer ${rollcall.operatorKey}`, 'content-type': 'application/json' };
  const answer = await send(method, `${rollcall.baseUrl}/api/v1${path}`, { headers, body });
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}`);
  return answer.body;
}

/** A company with something of each kind, and with as many live walks as are kept. */
async function furnished() {
  const settings = { name: 'Company', plan: 'scale', group_sync_enabled: true };
  const { id } = await operator('POST', '/companies', settings);
  const api = (method, path, body) => operator(method, `/companies/${id}${path}`, body);
  const [connection, second] = [
    await api('POST', '/connections', { provider: 'custom', name: 'First' }),
    await api('POST', '/connections', { provider: 'custom', name: 'Second' }),
  ];
  const newToken = (scopes, more) =>
    api('POST', '/tokens', { name: 'Token', scopes, connection_id: connection.id, ...more });
  const good = await newToken(BOTH);
  const template = await api('POST', '/templates', { name: 'Squad' });
  const headers = { authorization: `Bearer ${good.token}`, 'content-type': 'application/scim+json' };
  const scim = (method, path, body) => send(method, `${rollcall.baseUrl}/v2${path}`, { headers, body });
  const rita = {
    userName: 'rita@example.com',
    externalId: '00u-rita',
    title: 'Lead',
    emails: [{ value: 'rita.else@example.com' }],
  };
  const user = (await scim('POST', '/Users', rita)).body;
  await scim('POST', '/Users', { userName: 'bob@example.com', title: 'Agent' });
  const group = (await scim('POST', '/Groups', { displayName: 'Sales', members: [{ value: user.id }] })).body;
  await scim('POST', '/Groups', { displayName: 'Support' });
  const walks = [];
  for (let i = 0; i < 8; i += 1) walks.push(await scim('GET', '/Users?sortBy=userName&count=1&cursor'));
  const kept = await sql('SELECT count(DISTINCT id) AS walks FROM kept_orders WHERE company_id = ?', id);
  expect(kept[0].rows[0].walks).toBe(8);
  return {
    ...{ companyId: id, connectionId: connection.id, secondId: second.id, api, newToken },
    cursor: walks.at(-1).body.nextCursor,
    existing: {
      ...{ user: user.id, userName: rita.userName, email: rita.emails[0].value, externalId: rita.externalId },
      ...{ group: group.id, groupName: 'Sales', template: template.id },
      ...{ company: id, connection: connection.id, token: good.id },
    },
  };
}

const isOfGroups = ({ path }) => path.startsWith('/Groups');
const isGroupWrite = ({ method, path }) => isOfGroups({ path }) && method !== 'GET' && !path.endsWith('.search');
const ofToken =
  (change) =>
  async (company, { id }) =>
    sql(`UPDATE tokens SET ${change} WHERE company_id = ? AND id = ?`, company.companyId, id);

/**
 * Each kind with what is answered, and what makes a token of the company one of that kind. `authorization` is of those
 * that never were good; the others are known to the isolate in a second run, from when they were, at the same endpoint if
 * `wasGoodAt`.
 *
 * @type {Record<string, any>}
 */
const KINDS = {
  'no token': { status: 401, authorization: () => null },
  'what is no token': { status: 401, authorization: () => 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x' },
  'a token of the company that never was': {
    status: 401,
    authorization: ({ token }) => `Bearer ${token.slice(0, -43)}${'A'.repeat(43)}`,
  },
  'a token of a company that never was': {
    status: 401,
    authorization: ({ token }) => `Bearer rc_${'0'.repeat(26)}_${token.slice(-43)}`,
  },
  'an expired token': { status: 401, spoil: ofToken('expires_at = 1') },
  'a revoked token': { status: 401, spoil: ({ api }, { id }) => api('DELETE', `/tokens/${id}`) },
  'a token that is gone': {
    status: 401,
    spoil: ({ companyId }, { id }) => sql('DELETE FROM tokens WHERE company_id = ? AND id = ?', companyId, id),
  },
  "another company's endpoint": { status: 401, base: () => `/scim/${other.connectionId}/v2`, spoil: () => {} },
  "another connection's endpoint": { status: 401, base: ({ secondId }) => `/scim/${secondId}/v2`, spoil: () => {} },
  'a connection that was deleted': {
    status: 401,
    base: ({ connectionId }) => `/scim/${connectionId}/v2`,
    wasGoodAt: true,
    spoil: ({ api, connectionId }) => api('DELETE', `/connections/${connectionId}`),
  },
  'a connection that is paused': {
    status: 403,
    spoil: ({ api, connectionId }) => api('PATCH', `/connections/${connectionId}`, { paused: true }),
  },
  // A bulk request answers for each operation.
  'a token without a scope': {
    status: 403,
    spoil: ofToken("scopes = '[]'"),
    refuses: ({ operation }) => operation !== 'Bulk',
  },
  'a token without the scope for groups': {
    status: 403,
    spoil: ofToken(`scopes = '["auto_provisioning"]'`),
    refuses: isOfGroups,
  },
  'a plan without SCIM': { status: 403, spoil: ({ api }) => api('PATCH', '', { plan: 'growth' }) },
  'a plan without groups': {
    status: 403,
    spoil: ({ api }) => api('PATCH', '', { plan: 'growth', entitlements: ['scim'] }),
    refuses: isOfGroups,
  },
  'group sync that is off': {
    status: 403,
    spoil: ({ api }) => api('PATCH', '', { group_sync_enabled: false }),
    refuses: isGroupWrite,
  },
  'a company whose erasure was cut short': {
    status: 401,
    spoil: ({ companyId }) => sql('UPDATE companies SET erased_at = 1 WHERE id = ?', companyId),
  },
  'an erased company': { status: 401, spoil: ({ api }) => api('DELETE', '') },
};

/** What was sent and what came back, as bytes, but for what is the request's own. */
async function called(url, call, authorization) {
  const headers = {
    ...(authorization && { authorization }),
    ...(call.body !== undefined && { 'content-type': 'application/json' }),
  };
  const body = typeof call.body === 'object' ? JSON.stringify(call.body) : call.body;
  const response = await fetch(`${url}${call.path}`, { method: call.method, headers, body });
  const text = await response.text();
  const requestId = response.headers.get('x-request-id');
  const answered = Object.fromEntries(response.headers);
  for (const own of ['x-request-id', 'date']) delete answered[own];
  return { status: response.status, headers: answered, body: text.replaceAll(requestId, '<request>') };
}

/** Sends the calls about what is there to the first, those about what is not to the second. */
async function expectAlike(sides, status) {
  const [there, gone] = sides.map(({ calls }) => calls);
  for (const [place, call] of there.entries()) {
    const [one, another] = [
      await called(sides[0].url, call, sides[0].authorization),
      await called(sides[1].url, gone[place], sides[1].authorization),
    ];
    const name = `${call.method} ${call.path}`;
    expect([name, one.status], one.body).toEqual([name, status]);
    expect({ name, ...one }).toEqual({ name, ...another });
    expect([name, one.headers['x-d1-rows-written'], one.headers['server-timing']]).toEqual([name, '0', undefined]);
  }
}

/** A token of a company that is furnished as another is, with the calls about what is there or about what is not. */
async function side(kind, isKnown, isThere, more) {
  const company = await furnished();
  const { authorization, base = () => '/v2', spoil, refuses = () => true } = kind;
  const token = await company.newToken(BOTH);
  const own = authorization ? authorization(token) : `Bearer ${token.token}`;
  if (isKnown) {
    // The isolate and the object know the token, from when it was good.
    const url = `${rollcall.meteredUrl}${kind.wasGoodAt ? base(company) : '/v2'}`;
    const answers = [
      await called(url, { method: 'GET', path: '/Users?count=0' }, own),
      await called(url, { method: 'POST', path: '/Groups', body: { displayName: 'Warm' } }, own),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 201]);
  }
  await spoil?.(company, token);
  const names = isThere ? company.existing : MISSING;
  const cursor = `/Users?sortBy=userName&count=1&cursor=${encodeURIComponent(company.cursor)}`;
  const calls = [...scimCalls(names), { operation: 'ListUsers', method: 'GET', path: cursor }];
  const refused = calls.filter(refuses);
  return {
    url: `${rollcall.meteredUrl}${base(company)}`,
    authorization: own,
    calls: more ? more(names) : refused,
  };
}

for (const [name, kind] of Object.entries(KINDS)) {
  for (const isKnown of kind.spoil ? [false, true] : [false]) {
    test(`${name}${isKnown ? ', in an isolate that knew the caller' : ''}`, { timeout: TIMEOUT }, async () => {
      const sides = [await side(kind, isKnown, true), await side(kind, isKnown, false)];
      const before = await settledDump(rollcall);
      await expectAlike(sides, kind.status);
      expect(await settledDump(rollcall)).toEqual(before);
    });
  }
}

describe('a part of what is asked for', () => {
  const kind = KINDS['a token without the scope for groups'];

  test('operations on groups of a bulk request', { timeout: TIMEOUT }, async () => {
    for (const isKnown of [false, true]) {
      const bulk = (of) => [bulkOfGroups(of)];
      const sides = [await side(kind, isKnown, true, bulk), await side(kind, isKnown, false, bulk)];
      const before = await settledDump(rollcall);
      const answers = [];
      for (const { url, authorization, calls } of sides) answers.push(await called(url, calls[0], authorization));
      const [one, another] = answers.map(({ body, headers, status }) => ({
        ...{ status, rowsRead: headers['x-d1-rows-read'], rowsWritten: headers['x-d1-rows-written'] },
        operations: JSON.parse(body).Operations.map(({ status, response }) => [status, response.detail]),
      }));
      expect(one).toEqual(another);
      expect(one.operations.map(([status]) => status)).toEqual(['403', '403']);
      expect(await settledDump(rollcall)).toEqual(before);
    }
  });

  test('groups in a search of everything', { timeout: TIMEOUT }, async () => {
    const search = ({ groupName, group }) =>
      [`displayName eq "${groupName}"`, `id eq "${group}"`, `members.value pr and externalId eq "${group}"`].map(
        (filter) => ({ method: 'POST', path: '/.search', body: { filter } }),
      );
    const sides = [await side(kind, false, true, search), await side(kind, false, false, search)];
    for (const [place, call] of sides[0].calls.entries()) {
      const one = await called(sides[0].url, call, sides[0].authorization);
      const another = await called(sides[1].url, sides[1].calls[place], sides[1].authorization);
      expect(one.status).toBe(200);
      expect({ call, ...one }).toEqual({ call, ...another });
    }
  });
});

describe('the management API', () => {
  const idps = () => `Bearer rc_${other.companyId.slice(4)}_${'A'.repeat(43)}`;
  test.each([
    ['no key', () => null],
    ['what is no key', () => 'Bearer wrong'],
    ["an identity provider's token", idps],
  ])('%s', async (_, authorization) => {
    const url = `${rollcall.meteredUrl}/api/v1`;
    const sides = [other.existing, MISSING].map((of) => {
      return { url, authorization: authorization(), calls: managementCalls(of) };
    });
    const before = await settledDump(rollcall);
    await expectAlike(sides, 401);
    expect(await dump(rollcall)).toEqual(before);
  });
});

test('what is told to anybody tells no figures', async () => {
  for (const call of openCalls()) {
    const { status, headers } = await called(rollcall.meteredUrl, call, null);
    expect([call.path, status, headers['server-timing']]).toEqual([call.path, 200, undefined]);
  }
});
