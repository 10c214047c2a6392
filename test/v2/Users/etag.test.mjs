// Versions (RFC 7644 section 3.14): the same weak tag in meta.version and in the header ETag, a new one with each
// change and none with a call that changes nothing; 304 to who has it already.

import { beforeAll, describe, expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { rawSend } from '../../support/raw-http.mjs';
import { filtered, newUser, patchOp, scimError } from '../../support/scim.mjs';
import { traced } from '../../support/tables.mjs';

const tagOf = ({ headers }) => headers.get('etag');
const replace = (path, value) => patchOp({ op: 'replace', path, value });

test('each change has the next version: POST, PUT, PATCH and the reads after them say the same', async () => {
  const { scim } = await newCompany();
  const created = await scim('POST', '/Users', { userName: 'rita@example.com' });
  const path = `/Users/${created.body.id}`;
  const replaced = await scim('PUT', path, { userName: 'rita@example.com', title: 'Boss' });
  const patched = await scim('PATCH', path, replace('active', false));
  const read = await scim('GET', path);
  const tags = ['W/"1"', 'W/"2"', 'W/"3"', 'W/"3"'];
  expect([created, replaced, patched, read].map(tagOf)).toEqual(tags);
  expect([created, replaced, patched, read].map(({ body }) => body.meta.version)).toEqual(tags);
});

test('a change by the app, a removal and a return count as well', async () => {
  const { scim, api } = await newCompany();
  const { id } = await newUser({ scim });
  await api('PATCH', `/teammates/${id}`, { display_name: 'Rita' });
  expect(tagOf(await scim('GET', `/Users/${id}`))).toBe('W/"2"');
  expect((await scim('DELETE', `/Users/${id}`)).headers.get('etag')).toBeNull();
  expect(tagOf(await scim('POST', '/Users', { userName: 'rita@example.com' }))).toBe('W/"4"');
});

test.each([
  ['PUT', (user) => user],
  ['PATCH', () => replace('active', 'True')],
  ['PATCH', () => patchOp({ op: 'add', value: { title: 'Boss' } }, { op: 'Replace', path: 'title', value: 'Boss' })],
])('%s that changes nothing keeps version and lastModified, and writes no event', async (method, body) => {
  const company = await newCompany();
  const user = await newUser(company, { title: 'Boss' });
  const { answer, events, after, before } = await traced(company, () =>
    company.scim(method, `/Users/${user.id}`, body(user), { 'if-match': user.meta.version }),
  );
  expect([answer.status, tagOf(answer), answer.body]).toEqual([200, 'W/"1"', user]);
  expect(events).toEqual([]);
  expect(after.teammates).toEqual(before.teammates);
});

describe('reads', () => {
  let company;
  let path;
  beforeAll(async () => {
    company = await newCompany();
    const { id } = await newUser(company);
    path = `/Users/${id}`;
    await company.scim('PATCH', path, replace('title', 'Boss'));
  });
  const get = (headers, query = '') => company.scim('GET', `${path}${query}`, undefined, headers);

  test.each(['W/"2"', '"2"', '*', 'W/"1", W/"2"', '"a,b","2"', ' W/"2" ', '2, W/"2"'])(
    'If-None-Match: %s is 304 with the tag and without a body',
    async (tags) => {
      const { status, headers, body } = await get({ 'if-none-match': tags });
      expect([status, headers.get('etag'), headers.get('content-type'), body]).toEqual([304, 'W/"2"', null, null]);
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  test.each(['W/"1"', 'W/"3"', '2', 'W/2', '"2', 'w/"2"', '', 'W/"22"', '"*"', 'W/"1"; W/"2"'])(
    'If-None-Match: %s is answered in full',
    async (tags) => {
      const answer = await get({ 'if-none-match': tags });
      expect([answer.status, tagOf(answer), answer.body.title]).toEqual([200, 'W/"2"', 'Boss']);
    },
  );

  test('the header may come more than once', async () => {
    const headers = { authorization: `Bearer ${company.token}`, 'if-none-match': ['W/"1"', 'W/"2"'] };
    const answer = await rawSend('GET', inject('rollcall').baseUrl, `/v2${path}`, {
      headers: /** @type {any} */ (headers),
    });
    expect([answer.status, answer.body]).toEqual([304, '']);
  });

  test('a part of the resource has the tag too, with or without meta', async () => {
    for (const query of ['?attributes=title', '?excludedAttributes=meta']) {
      expect(tagOf(await get({}, query))).toBe('W/"2"');
      expect((await get({ 'if-none-match': 'W/"2"' }, query)).status).toBe(304);
    }
    expect((await get({}, '?attributes=meta.version')).body.meta).toEqual({ version: 'W/"2"' });
  });

  test('HEAD as well', async () => {
    const head = (headers) => company.scim('HEAD', path, undefined, headers);
    expect([(await head({})).status, tagOf(await head({}))]).toEqual([200, 'W/"2"']);
    expect((await head({ 'if-none-match': 'W/"2"' })).status).toBe(304);
    expect((await head({ 'if-match': 'W/"1"' })).status).toBe(412);
  });

  test('If-Match on a read: the version that is named, or 412', async () => {
    expect((await get({ 'if-match': 'W/"2"' })).status).toBe(200);
    expect((await get({ 'if-match': '*' })).status).toBe(200);
    expect((await get({ 'if-match': 'W/"1"', 'if-none-match': 'W/"2"' })).status).toBe(412);
    expect((await get({ 'if-match': 'W/"2"', 'if-none-match': 'W/"2"' })).status).toBe(304);
  });

  test('lists show each version, have no tag of their own and pass conditions over', async () => {
    for (const query of ['/Users', filtered('userName eq "rita@example.com"')]) {
      const answer = await company.scim('GET', query, undefined, { 'if-none-match': '*', 'if-match': 'W/"9"' });
      expect([answer.status, tagOf(answer)]).toEqual([200, null]);
      expect(answer.body.Resources.map(({ meta }) => meta.version)).toEqual(['W/"2"']);
    }
  });

  test('what is not there is 404, and who may not ask learns nothing of the version', async () => {
    const headers = { 'if-none-match': '*' };
    expect((await company.scim('GET', '/Users/tea_none', undefined, headers)).status).toBe(404);
    for (const token of [null, `${company.token}x`]) {
      const answer = await scimWith(token, 'GET', path, undefined, headers);
      expect([answer.status, tagOf(answer)]).toEqual([401, null]);
    }
    const other = await newCompany();
    expect((await other.scim('GET', path, undefined, headers)).status).toBe(404);
  });
});

test('POST passes both conditions over', async () => {
  const { scim } = await newCompany();
  for (const [place, headers] of [{ 'if-match': 'W/"9"' }, { 'if-none-match': '*' }].entries()) {
    expect((await scim('POST', '/Users', { userName: `user${place}` }, headers)).status).toBe(201);
  }
});

test('the whole 412 of a read', async () => {
  const { scim } = await newCompany();
  const { id } = await newUser({ scim });
  const answer = await scim('GET', `/Users/${id}`, undefined, { 'if-match': 'W/"9"' });
  expect([answer.status, tagOf(answer)]).toEqual([412, 'W/"1"']);
  expect(answer.body).toEqual(
    scimError(
      412,
      'The resource has changed: its version is W/"1", which If-Match ("version" of a bulk operation) does not name. Read the resource again, make the change to what it is now, and send the new version; nothing was changed.',
    ),
  );
});
