// What an isolate remembers of a teammate is a guess: it saves a call, and is never what anybody is told.
//
// The metered Worker and the plain one are two isolates: what the one writes, the other does not know of.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { filtered, newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, tablesOf } from '../../support/tables.mjs';

const retitled = (title) => patchOp({ op: 'replace', path: 'title', value: title });
const activated = (active) => patchOp({ op: 'replace', value: { active } });

/** A company whose user the metered isolate has just read, and may have to forget. */
async function known({ by = /** @type {any} */ (({ id }) => `/Users/${id}`), ...more } = {}) {
  const company = await newCompany();
  const user = await newUser(company, { displayName: 'Rita', ...more });
  // The first call makes it remember the token.
  await company.meteredScim('GET', '/Users?count=0');
  expect((await company.meteredScim('GET', by(user))).status).toBe(200);
  return { company, user, path: `/Users/${user.id}` };
}

for (const [read, by] of [
  ['read', ({ id }) => `/Users/${id}`],
  ['looked up', ({ userName }) => filtered(`userName eq "${userName}"`)],
]) {
  test(`a change of one that was just ${read} is one call`, async () => {
    const { company, path } = await known({ by });
    const { status, body, cost } = await company.meteredScim('PATCH', path, retitled('Lead'));
    expect([status, body.title, body.displayName, body.meta.version]).toEqual([200, 'Lead', 'Rita', 'W/"2"']);
    expect(cost.calls).toBe(1);
    await expectConsistent(company);
  });
}

test('so is a change of one that was just changed, by PATCH or PUT, and its removal', async () => {
  const { company, user, path } = await known();
  const calls = async (method, body, expected) => {
    const { status, cost } = await company.meteredScim(method, path, body);
    expect([method, status, cost.calls]).toEqual([method, expected, 1]);
  };
  await calls('PATCH', activated(false), 200);
  await calls('PATCH', activated(true), 200);
  await calls('PUT', { ...user, title: 'Boss' }, 200);
  await calls('DELETE', undefined, 204);
  expect((await company.meteredScim('PATCH', path, activated(true))).status).toBe(404);
  await expectConsistent(company);
});

test('what another isolate has written meanwhile is not lost, and costs no call more than not knowing', async () => {
  const { company, path } = await known();
  await company.scim('PATCH', path, patchOp({ op: 'replace', path: 'nickName', value: 'Ri' }));
  const { body, cost } = await company.meteredScim('PATCH', path, retitled('Lead'));
  expect([body.nickName, body.title, body.meta.version]).toEqual(['Ri', 'Lead', 'W/"3"']);
  expect(cost.calls).toBe(2);
  const { events } = await tablesOf(company);
  expect(events.at(-1).data.before.attributes.nickName).toBe('Ri');
  await expectConsistent(company);
});

test('nothing is left undone because it seems to be so already', async () => {
  const { company, path } = await known();
  await company.scim('PATCH', path, activated(false));
  const { body } = await company.meteredScim('PATCH', path, activated(true));
  expect([body.active, body.meta.version]).toEqual([true, 'W/"3"']);
});

test('a condition is held against the version that there is', async () => {
  for (const [version, expected] of [
    ['W/"2"', 200],
    ['W/"1"', 412],
  ]) {
    const { company, path } = await known();
    await company.scim('PATCH', path, retitled('Lead'));
    const { status } = await company.meteredScim('PATCH', path, retitled('Boss'), { 'if-match': version });
    expect([version, status]).toEqual([version, expected]);
  }
});

test('one that is gone is gone', async () => {
  const { company, path } = await known();
  await company.scim('DELETE', path);
  expect((await company.meteredScim('PATCH', path, retitled('Lead'))).status).toBe(404);
  expect((await company.meteredScim('GET', path)).status).toBe(404);
});

test('a userName that somebody has taken meanwhile is taken', async () => {
  const { company, path } = await known();
  await newUser(company, { userName: 'Bob@example.com' });
  const renamed = patchOp({ op: 'replace', path: 'userName', value: 'bob@example.com' });
  const { status, body } = await company.meteredScim('PATCH', path, renamed);
  expect([status, body.scimType]).toEqual([409, 'uniqueness']);
});

test('a token that was revoked meanwhile is refused', async () => {
  const { company, path } = await known();
  await company.api('DELETE', `/tokens/${company.tokenId}`);
  expect((await company.meteredScim('PATCH', path, retitled('Lead'))).status).toBe(401);
});

test('of another company nothing is remembered under the same id', async () => {
  const { path } = await known();
  const other = await newCompany();
  await other.meteredScim('GET', '/Users?count=0');
  expect((await other.meteredScim('PATCH', path, retitled('Lead'))).status).toBe(404);
});
