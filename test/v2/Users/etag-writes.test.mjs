// Conditional writes: what was asked of another version than the present one is refused with 412 and changes nothing.

import { describe, expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { newUser, patchOp, scimError } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

const MISMATCH =
  'The resource has changed: its version is W/"2", which If-Match ("version" of a bulk operation) does not name. Read the resource again, make the change to what it is now, and send the new version; nothing was changed.';
const NO_TAG =
  'If-Match ("version" of a bulk operation) is not an entity tag. One has quotes, as in W/"2", which is the version of this resource now. Send the version that you have read as it was given, in meta.version or ETag; nothing was changed.';
const EXCLUDED =
  'The resource\'s version is W/"2", which If-None-Match excludes. Send writes without If-None-Match, or name the version that they were made for in If-Match; nothing was changed.';

/** A company with one user of version 2. */
async function withUser() {
  const company = await newCompany();
  const { id } = await newUser(company);
  const { body: user } = await company.scim('PUT', `/Users/${id}`, { userName: 'rita@example.com', title: 'Boss' });
  return { company, user, path: `/Users/${id}` };
}

/** @type {any[][]} */
const WRITES = [
  ['PUT', { userName: 'rita@example.com', title: 'Chief' }, 200],
  ['PATCH', patchOp({ op: 'replace', path: 'title', value: 'Chief' }), 200],
  ['DELETE', undefined, 204],
];

describe.each(WRITES)('%s', (method, body, done) => {
  test.each([
    { 'if-match': 'W/"2"' },
    { 'if-match': '"2"' },
    { 'if-match': '*' },
    { 'if-match': 'W/"1", W/"2"' },
    { 'if-match': 'x, W/"2"' },
    { 'if-none-match': 'W/"1"' },
    { 'if-none-match': 'nonsense' },
    { 'if-match': 'W/"2"', 'if-none-match': '"1", "3"' },
  ])('of the present version is done: %j', async (headers) => {
    const { company, path } = await withUser();
    const { answer, events } = await traced(company, () => company.scim(method, path, body, headers));
    expect([answer.status, events.length]).toEqual([done, 1]);
    if (body) expect([answer.headers.get('etag'), answer.body.title]).toEqual(['W/"3"', 'Chief']);
  });

  test.each([
    [{ 'if-match': 'W/"1"' }, MISMATCH],
    [{ 'if-match': 'W/"3"' }, MISMATCH],
    [{ 'if-match': '2' }, NO_TAG],
    [{ 'if-match': 'W/2' }, NO_TAG],
    [{ 'if-match': 'W/"2' }, NO_TAG],
    // An empty one is not seen: workerd drops the headers that it knows where they have no value.
    [{ 'if-match': '""' }, MISMATCH],
    [{ 'if-match': ',' }, NO_TAG],
    [{ 'if-match': 'W/"1", "3", *' }, MISMATCH],
    [{ 'if-match': '2, W/"1"' }, MISMATCH],
    [{ 'if-match': `W/"${'9'.repeat(400)}"` }, MISMATCH],
    [{ 'if-match': 'W/"1"', 'if-none-match': 'W/"2"' }, MISMATCH],
    [{ 'if-none-match': '*' }, EXCLUDED],
    [{ 'if-none-match': 'W/"2"' }, EXCLUDED],
    [{ 'if-match': 'W/"2"', 'if-none-match': '"1", "2"' }, EXCLUDED],
  ])('of another is 412 and changes nothing: %j', async (headers, detail) => {
    const { company, path } = await withUser();
    const answer = await writingNothing(company, () => company.scim(method, path, body, headers));
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('etag')]).toEqual([
      412,
      'application/scim+json',
      'W/"2"',
    ]);
    expect(answer.body).toEqual(scimError(412, detail));
  });

  test.each([{ 'if-match': '*' }, { 'if-match': 'W/"1"' }, { 'if-none-match': '*' }])(
    'of one that is not there is 404, not 412: %j',
    async (headers) => {
      const { company, path } = await withUser();
      await company.scim('DELETE', path);
      for (const gone of [path, '/Users/tea_none']) {
        const answer = await writingNothing(company, () => company.scim(method, gone, body, headers));
        expect(answer.status).toBe(404);
      }
    },
  );
});

test('read, change, write back with the version; the second to do so has to read again', async () => {
  const { company, user, path } = await withUser();
  const write = (title, version) => company.scim('PUT', path, { ...user, title }, { 'if-match': version });
  const first = await write('First', user.meta.version);
  expect(first.status).toBe(200);
  const late = await write('Second', user.meta.version);
  expect([late.status, late.headers.get('etag')]).toEqual([412, first.body.meta.version]);
  const again = await write('Second', first.body.meta.version);
  expect([again.status, again.body.title, again.body.meta.version]).toEqual([200, 'Second', 'W/"4"']);
  await expectConsistent(company);
});

test('a condition that does not hold is told before rules that would refuse the change', async () => {
  const company = await newCompany({ allowed_domains: ['example.com'] });
  const { id } = await newUser(company);
  const rename = { userName: 'rita@elsewhere.com' };
  const status = async (headers) => (await company.scim('PUT', `/Users/${id}`, rename, headers)).status;
  expect(await status({ 'if-match': 'W/"9"' })).toBe(412);
  expect(await status({ 'if-match': 'W/"1"' })).toBe(400);
});

test('a body that can not be used is 400 whatever the condition', async () => {
  const { company, path } = await withUser();
  const answer = await company.scim('PUT', path, '{"userName":', { 'if-match': 'W/"1"' });
  expect(answer.status).toBe(400);
});

test("at a connection's own endpoint the conditions and versions are the same", async () => {
  const { company, path } = await withUser();
  const base = `${inject('rollcall').baseUrl}/scim/${company.connectionId}/v2`;
  const at = (method, body, headers) => scimWith(company.token, method, path, body, headers, base);
  expect((await at('GET', undefined, { 'if-none-match': 'W/"2"' })).status).toBe(304);
  expect((await at('DELETE', undefined, { 'if-match': 'W/"1"' })).status).toBe(412);
  expect((await at('DELETE', undefined, { 'if-match': 'W/"2"' })).status).toBe(204);
});
