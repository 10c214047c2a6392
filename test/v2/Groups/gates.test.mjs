// Who may write groups: the token's scope, the company's plan, and its switch "Teammate group sync".

import { describe, expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { membersOf, named, newAppGroup, newGroup, newIds, rowOf } from '../../support/pushed-groups.mjs';
import { newUser, patchOp, scimError } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

const OFF =
  'Teammate group sync is off for this company. A company admin can turn on "Teammate group sync" (group_sync_enabled) in the ' +
  'provisioning settings.';
const NO_SCOPE = 'This token lacks the scope "provisioning". Ask a company admin for a token that has it.';
const NO_PLAN = `The company's plan does not include "group_sync". Ask the company's admin to upgrade the plan or to have it granted.`;
const WRONG_TOKEN =
  'The bearer token is missing, wrong, expired or revoked. Check the token that is configured in your identity provider, or ask ' +
  'a company admin for a new one.';

const rename = (displayName) => patchOp({ op: 'replace', path: 'displayName', value: displayName });

/** One write of each kind, on a group that is there. */
const writesOn = (id) => [
  ['POST', '/Groups', { displayName: 'Sales' }],
  ['PUT', `/Groups/${id}`, { displayName: 'Sales' }],
  ['PATCH', `/Groups/${id}`, rename('Sales')],
  ['DELETE', `/Groups/${id}`, undefined],
];

/** The same, each with what makes it unusable besides. */
const unusableOn = (id) => [
  ['POST', '/Groups', {}],
  ['PUT', `/Groups/${id}`, '{'],
  ['PATCH', `/Groups/${id}`, patchOp({ op: 'nope' })],
  ['PATCH', `/Groups/${id}?attributes=${'a'.repeat(9000)}`, rename('Sales')],
  ['DELETE', '/Groups/grp_none', undefined],
];

/** Every write is refused alike, whether it could be used or not, and nothing is written. */
/** @param {(...call: any[]) => Promise<any>} [send] */
async function expectAllRefused(company, id, status, detail, send = company.scim) {
  for (const [method, path, body] of [...writesOn(id), ...unusableOn(id)]) {
    const answer = await writingNothing(company, () => send(method, path, body));
    expect({ method, path: path.slice(0, 40), ...answer, headers: answer.headers.get('content-type') }).toEqual({
      method,
      path: path.slice(0, 40),
      status,
      headers: 'application/scim+json',
      body: scimError(status, detail),
    });
  }
}

async function withGroup(settings) {
  const company = await newCompany(settings);
  const [ann] = await newIds(company, 'ann');
  const group = await newGroup(company, 'Support', { members: named(ann) });
  return { company, group, ann };
}

describe('refused, whatever is asked', () => {
  test('with the scope auto_provisioning alone: 403 that names the one that is missing', async () => {
    const { company, group } = await withGroup();
    const { token } = await company.newToken(['auto_provisioning']);
    await expectAllRefused(company, group.id, 403, NO_SCOPE, (method, path, body) =>
      scimWith(token, method, path, body),
    );
    expect((await scimWith(token, 'GET', `/Groups/${group.id}`)).body).toEqual(scimError(403, NO_SCOPE));
  });

  test('with the scope provisioning alone nothing is refused', async () => {
    const company = await newCompany();
    const { token } = await company.newToken(['provisioning']);
    expect((await scimWith(token, 'POST', '/Groups', { displayName: 'Sales' })).status).toBe(201);
  });

  test('with a plan that has no group sync: 403 that names it, reads too', async () => {
    const { company, group } = await withGroup({ plan: 'starter', entitlements: ['scim', 'group_sync'] });
    await company.api('PATCH', '', { entitlements: ['scim'] });
    await expectAllRefused(company, group.id, 403, NO_PLAN);
    expect((await company.scim('GET', `/Groups/${group.id}`)).body).toEqual(scimError(403, NO_PLAN));
  });

  test('with the switch off: 403 that names it, and reads answer', async () => {
    const { company, group } = await withGroup();
    await company.api('PATCH', '', { group_sync_enabled: false });
    await expectAllRefused(company, group.id, 403, OFF);
    const { status, body } = await company.scim('GET', `/Groups/${group.id}`);
    expect([status, body]).toEqual([200, group]);
  });

  test('with a paused connection', async () => {
    const { company, group } = await withGroup();
    await company.api('PATCH', `/connections/${company.connectionId}`, { paused: true });
    const detail = 'This connection is paused. Nothing is provisioned until a company admin resumes it.';
    await expectAllRefused(company, group.id, 403, detail);
  });

  test('with a revoked token: 401', async () => {
    const { company, group } = await withGroup();
    await company.api('DELETE', `/tokens/${company.tokenId}`);
    await expectAllRefused(company, group.id, 401, WRONG_TOKEN);
  });

  test('without a token', async () => {
    const { company, group } = await withGroup();
    await expectAllRefused(company, group.id, 401, WRONG_TOKEN, (method, path, body) =>
      scimWith(null, method, path, body),
    );
  });

  test("at another connection's endpoint: 401", async () => {
    const { company, group } = await withGroup();
    const { body: other } = await company.api('POST', '/connections', { provider: 'okta', name: 'Other' });
    const base = `${inject('rollcall').baseUrl}/scim/${other.id}/v2`;
    const send = (method, path, body) => scimWith(company.token, method, path, body, {}, base);
    await expectAllRefused(company, group.id, 401, WRONG_TOKEN, send);
  });
});

test('the switch is off at first', async () => {
  const { scim } = await newCompany({ group_sync_enabled: undefined });
  const { status, body } = await scim('POST', '/Groups', { displayName: 'Sales' });
  expect([status, body]).toEqual([403, scimError(403, OFF)]);
});

test('a group of another company is 404, whatever is asked of it, and stays as it is', async () => {
  const { company, group } = await withGroup();
  const other = await newCompany();
  for (const [method, path, body] of writesOn(group.id).slice(1)) {
    const answer = await writingNothing(company, () => writingNothing(other, () => other.scim(method, path, body)));
    expect([method, answer.status, answer.body.detail]).toEqual([
      method,
      404,
      `No Group with the id "${group.id}" exists here.`,
    ]);
  }
});

test("another company's teammates are unknown", async () => {
  const { company, ann } = await withGroup();
  const other = await newCompany();
  const call = () => other.scim('POST', '/Groups', { displayName: 'Theirs', members: named(ann) });
  const answer = await writingNothing(company, () => writingNothing(other, call));
  expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
  expect(answer.body.detail).toContain(`"${ann}"`);
});

describe('the switch, off and on again', () => {
  const setSync = (company, on) => company.api('PATCH', '', { group_sync_enabled: on });
  const seen = async (company, { id }) => (await company.api('GET', `/groups/${id}`)).body;

  test('off, the groups are the app’s and keep their members; on, they are linked again', async () => {
    const { company, group, ann } = await withGroup();
    expect(await seen(company, group)).toMatchObject({ idp_managed: true, member_count: 1 });
    await setSync(company, false);
    expect(await seen(company, group)).toMatchObject({ idp_managed: false, member_count: 1 });
    expect(await membersOf(company, group)).toEqual([ann]);
    // Nothing of the group was written for that.
    const row = await rowOf(company, group);
    expect([row.is_linked, row.version]).toEqual([1, 1]);
    const renamed = await company.api('PATCH', `/groups/${group.id}`, { display_name: 'Ours' });
    expect(renamed.status).toBe(200);
    await setSync(company, true);
    expect(await seen(company, group)).toMatchObject({ idp_managed: true, display_name: 'Ours', member_count: 1 });
    expect((await company.api('PATCH', `/groups/${group.id}`, { display_name: 'No' })).status).toBe(409);
    // The name is managed again, too.
    expect((await company.scim('POST', '/Groups', { displayName: 'ours' })).status).toBe(409);
    expect((await company.scim('PATCH', `/Groups/${group.id}`, rename('Support'))).status).toBe(204);
    await expectConsistent(company);
  });

  test('deleted in the app while it was off, it is gone for the identity provider', async () => {
    const { company, group } = await withGroup();
    await setSync(company, false);
    expect((await company.api('DELETE', `/groups/${group.id}`)).status).toBe(204);
    await setSync(company, true);
    expect((await company.scim('PATCH', `/Groups/${group.id}`, rename('x'))).status).toBe(404);
    const again = await newGroup(company, 'Support');
    expect(again.id).not.toBe(group.id);
  });
});

describe('remembered access, in the Worker or the object, is no authority', () => {
  const push = ({ scim }, number) => scim('POST', '/Groups', { displayName: `Group ${number}` });

  test('the switch counts from the next call on, off and on, again and again', async () => {
    const { company } = await withGroup();
    for (let turn = 0; turn < 6; turn += 1) {
      await company.api('PATCH', '', { group_sync_enabled: turn % 2 === 1 });
      const { status } = await push(company, turn);
      expect([turn, status]).toEqual([turn, turn % 2 === 1 ? 201 : 403]);
    }
  });

  test('so does a pause, and an entitlement', async () => {
    const { company } = await withGroup({ plan: 'growth', entitlements: ['scim', 'group_sync'] });
    const steps = [
      ['PATCH', `/connections/${company.connectionId}`, { paused: true }, 403],
      ['PATCH', `/connections/${company.connectionId}`, { paused: false }, 201],
      ['PATCH', '', { entitlements: ['scim'] }, 403],
      ['PATCH', '', { entitlements: ['scim', 'group_sync'] }, 201],
      ['DELETE', `/tokens/${company.tokenId}`, undefined, 401],
    ];
    for (const [number, [method, path, body, status]] of steps.entries()) {
      await company.api(method, path, body);
      expect((await push(company, number)).status, String(path)).toBe(status);
    }
  });

  test('what is not asked for again by name, a change of members, is refused as well', async () => {
    const { company, group, ann } = await withGroup();
    const [bob] = await newIds(company, 'bob');
    const add = (id) =>
      company.scim('PATCH', `/Groups/${group.id}`, patchOp({ op: 'add', path: 'members', value: named(id) }));
    expect((await add(ann)).status).toBe(204);
    await company.api('PATCH', '', { group_sync_enabled: false });
    expect((await writingNothing(company, () => add(bob))).status).toBe(403);
    await company.api('PATCH', '', { group_sync_enabled: true });
    const revoked = await company.api('DELETE', `/tokens/${company.tokenId}`);
    expect(revoked.status).toBe(204);
    expect((await writingNothing(company, () => add(bob))).status).toBe(401);
  });

  test('calls that are under way while the token is revoked are done or refused, and none after it', async () => {
    const { company, group } = await withGroup();
    const ids = await newIds(company, ...Array.from({ length: 20 }, (_, number) => `user${number}`));
    const add = (id) =>
      company.scim('PATCH', `/Groups/${group.id}`, patchOp({ op: 'add', path: 'members', value: named(id) }));
    const early = ids.slice(0, 10).map(add);
    const revoking = company.api('DELETE', `/tokens/${company.tokenId}`);
    const late = ids.slice(10).map(add);
    expect((await revoking).status).toBe(204);
    const answers = await Promise.all([...early, ...late]);
    expect(answers.every(({ status }) => status === 204 || status === 401)).toBe(true);
    const { events } = await traced(company, () => Promise.all(ids.map(add)));
    expect(events).toEqual([]);
    const { member_count } = await rowOf(company, group);
    expect(member_count).toBe(1 + answers.filter(({ status }) => status === 204).length);
    await expectConsistent(company);
  });

  test('a token that was just made, and a company that was just allowed, are not refused', async () => {
    const company = await newCompany({ plan: 'growth', entitlements: ['scim'], group_sync_enabled: false });
    expect((await push(company, 1)).status).toBe(403);
    await company.api('PATCH', '', { entitlements: ['scim', 'group_sync'], group_sync_enabled: true });
    expect((await push(company, 1)).status).toBe(201);
    const { token } = await company.newToken();
    expect((await scimWith(token, 'POST', '/Groups', { displayName: 'Group 2' })).status).toBe(201);
  });
});

test('the app has its groups without group sync, and an identity provider only looks at them', async () => {
  const company = await newCompany({ group_sync_enabled: false });
  const user = await newUser(company);
  const group = await newAppGroup(company, 'Own', { members: [user.id] });
  expect(await membersOf(company, group)).toEqual([user.id]);
  const patch = () => company.scim('PATCH', `/Groups/${group.id}`, rename('x'));
  expect((await writingNothing(company, patch)).status).toBe(403);
});

test.each([
  ['PUT', { displayName: 'Sales' }],
  ['PATCH', rename('x')],
  ['DELETE', undefined],
  ['GET', undefined],
])('%s of a group that never was is 404', async (method, body) => {
  const company = await newCompany();
  const answer = await writingNothing(company, () => company.scim(method, '/Groups/grp_none', body));
  expect([answer.status, answer.body]).toEqual([404, scimError(404, 'No Group with the id "grp_none" exists here.')]);
});

// The Worker lets the write through on what it remembers; the object has written nothing yet, and reads.
test('who may no longer is refused by an object that is no writer yet, and is not looked for again', async () => {
  const company = await newCompany();
  expect((await company.meteredScim('GET', '/Users?count=0')).status).toBe(200);
  await company.api('PATCH', `/connections/${company.connectionId}`, { paused: true });
  const { status, body } = await company.meteredScim('POST', '/Groups', { displayName: 'Support' });
  expect([status, body.detail]).toEqual([
    403,
    'This connection is paused. Nothing is provisioned until a company admin resumes it.',
  ]);
});
