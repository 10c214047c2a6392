// Sizes: what is too much is refused before anything is written, and what is taken once can be handled ever after.

import { expect, inject, test } from 'vitest';
import { newCompany } from '../support/client.mjs';
import { batch } from '../support/database.mjs';
import { rawSend } from '../support/raw-http.mjs';
import { readableAnswer } from '../support/readable.mjs';
import { CUSTOM_FIELDS, newUser, patchOp } from '../support/scim.mjs';
import { expectConsistent, tablesOf, traced, writingNothing } from '../support/tables.mjs';

const LIMIT = 512 * 1024;
/** Of a teammate's attributes. */
const KEPT = 256 * 1024;
const ofSize = (size) => {
  const frame = JSON.stringify({ userName: 'rita@example.com', [CUSTOM_FIELDS]: { cf: '' } });
  return frame.replace('"cf":""', `"cf":"${'x'.repeat(size - frame.length)}"`);
};
const padded = (size) => '{"userName":"rita@example.com"}'.padEnd(size);
const inChunks = (text) => text.match(/[\s\S]{1,65536}/g);

const raw = ({ token }, method, path, body) =>
  rawSend(method, inject('rollcall').baseUrl, `/v2${path}`, {
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/scim+json',
      ...(typeof body === 'string' && { 'content-length': Buffer.byteLength(body) }),
    },
    body,
  });

/** D1's own limit for one value and one row; the local one lets more pass. */
const ROW_LIMIT = 2_000_000;

async function expectRowsFit(company) {
  const { teammates, events } = await tablesOf(company);
  const sizes = [...teammates, ...events].map((row) => Buffer.byteLength(JSON.stringify(row)));
  expect(Math.max(...sizes), 'bytes of the largest row').toBeLessThan(ROW_LIMIT);
}

/** @type {any[][]} */
const WAYS = [
  ['with a declared length', (text) => text],
  ['streamed without one', inChunks],
];

test.each(WAYS)('600 KB %s are 413, and nothing is written', async (_, sent) => {
  const company = await newCompany();
  const { id } = await newUser(company, { userName: 'other@example.com' });
  for (const [method, path] of [
    ['POST', '/Users'],
    ['PUT', `/Users/${id}`],
    ['PATCH', `/Users/${id}`],
  ]) {
    const answer = await writingNothing(company, () => raw(company, method, path, sent(ofSize(600 * 1024))));
    expect([method, answer.status, answer.headers.get('content-type')]).toEqual([method, 413, 'application/scim+json']);
    expect(answer.body.detail).toMatch(/larger than 524288 bytes/);
  }
});

test('the whole 413', async () => {
  expect(readableAnswer(await raw(await newCompany(), 'POST', '/Users', ofSize(LIMIT + 1)))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "The body is larger than 524288 bytes, the most that is taken here. Nothing was changed.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "status": "413",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 413,
    }
  `);
});

test.each(WAYS)('the limit itself is taken, one byte more is not: %s', async (_, sent) => {
  const company = await newCompany();
  expect((await raw(company, 'POST', '/Users', sent(padded(LIMIT + 1)))).status).toBe(413);
  expect((await raw(company, 'POST', '/Users', sent(padded(LIMIT)))).status).toBe(201);
});

test('strings of 1 MB are 413 wherever they stand', async () => {
  const company = await newCompany();
  const long = 'x'.repeat(1024 * 1024);
  for (const body of [
    { userName: long },
    { userName: 'a', title: long },
    { userName: 'a', [long]: 1 },
    { userName: 'a', 'urn:x:y': { a: long } },
  ]) {
    const answer = await writingNothing(company, () => company.scim('POST', '/Users', body));
    expect(answer.status).toBe(413);
  }
});

test.each([
  ['title', { title: 'x'.repeat(65_537) }, /^title is longer than 65536 bytes/],
  ['a part of the name', { name: { givenName: 'x'.repeat(65_537) } }, /^name.givenName is longer than 65536 bytes/],
  [
    'a display of an e-mail',
    { emails: [{ value: 'a', display: 'x'.repeat(65_537) }] },
    /^emails.display is longer than 65536 bytes/,
  ],
])('%s beyond 64 KB is 400 by name', async (_, user, detail) => {
  const company = await newCompany();
  const answer = await writingNothing(company, () => company.scim('POST', '/Users', { userName: 'a', ...user }));
  expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
  expect(answer.body.detail).toMatch(detail);
});

/** A user of as many custom fields as come to so many bytes. */
const ofBytes = (size, letter = 'x') => {
  const fields = {};
  for (let rest = size - 300, place = 0; rest > 0; rest -= 60_000, place += 1)
    fields[`cf_${place}`] = letter.repeat(Math.min(rest, 60_000));
  return { userName: 'rita@example.com', [CUSTOM_FIELDS]: fields };
};

test('the largest user that is taken can be read, changed, removed and brought back', async () => {
  const company = await newCompany();
  const created = await company.scim('POST', '/Users', ofBytes(KEPT));
  expect(created.status).toBe(201);
  const { id } = created.body;
  expect((await company.scim('GET', `/Users/${id}`)).body).toEqual(created.body);
  expect((await company.scim('PUT', `/Users/${id}`, ofBytes(KEPT, 'y'))).status).toBe(200);
  expect(
    (await company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'replace', path: 'active', value: false }))).status,
  ).toBe(200);
  expect((await company.scim('DELETE', `/Users/${id}`)).status).toBe(204);
  expect((await company.scim('POST', '/Users', ofBytes(KEPT))).status).toBe(201);
  await expectRowsFit(company);
  await expectConsistent(company);
});

test('beyond 256 KiB of all, or 64 KiB of one attribute, a user is 400 with the figures', async () => {
  const company = await newCompany();
  const roles = Array.from({ length: 700 }, (_, place) => ({ value: `${place}`.padEnd(100) }));
  const details = [];
  for (const body of [
    ofBytes(KEPT + 1000),
    { userName: 'a', roles },
    { userName: 'a', 'urn:example:x': { photo: 'x'.repeat(65_535) } },
  ]) {
    const answer = await writingNothing(company, () => company.scim('POST', '/Users', body));
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
    details.push(answer.body.detail.replace(/ \d+ bytes/, ' N bytes'));
  }
  expect(details).toEqual([
    'All attributes of the user together come to N bytes, more than the 262144 that are kept. Unmap attributes that the ' +
      'app does not need; nothing was changed.',
    'The attribute "roles" comes to N bytes, more than the 65536 that are kept of one. Send less of it, or unmap it; ' +
      'nothing was changed.',
    'The attribute "urn:example:x:photo" comes to N bytes, more than the 65536 that are kept of one. Send less of it, or ' +
      'unmap it; nothing was changed.',
  ]);
});

test('who is larger from before is read, changed elsewhere, made smaller, blocked and removed, and never larger', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const attributes = JSON.stringify({ 'urn:example:x': { photo: 'x'.repeat(400_000) } });
  await batch([
    {
      sql: 'UPDATE teammates SET attributes = ?3, version = version + 7 WHERE company_id = ?1 AND id = ?2',
      params: [company.companyId, id, attributes],
    },
  ]);
  expect((await company.scim('GET', `/Users/${id}`)).body['urn:example:x'].photo).toHaveLength(400_000);
  const patch = async (path, value) => {
    const operation = { op: 'replace', path, value };
    return (await company.scim('PATCH', `/Users/${id}`, patchOp(operation))).status;
  };
  const photo = 'urn:example:x:photo';
  expect(await patch('title', 'Chef')).toBe(400);
  expect(await patch(photo, 'x'.repeat(399_000))).toBe(200);
  expect(await patch('title', 'Chef')).toBe(400);
  expect(await patch(photo, 'x'.repeat(399_001))).toBe(400);
  expect(await patch('active', false)).toBe(200);
  expect(await patch(photo, 'x'.repeat(200_000))).toBe(200);
  expect(await patch('title', 'Chef')).toBe(200);
  expect(await patch(photo, 'x'.repeat(200_001))).toBe(200);
  expect((await company.scim('DELETE', `/Users/${id}`)).status).toBe(204);
});

test('PATCH by PATCH a user does not grow beyond what can be kept: in the end a 4xx, never a 5xx', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const statuses = [];
  for (let place = 0; place < 6; place += 1) {
    const value = { [`cf_${place}`]: 'x'.repeat(60_000) };
    statuses.push(
      (await company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'add', path: CUSTOM_FIELDS, value }))).status,
    );
  }
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  expect(statuses.at(-1)).toBeGreaterThanOrEqual(400);
  expect(
    (await company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'replace', path: 'active', value: false }))).status,
  ).toBe(200);
  await expectRowsFit(company);
  await expectConsistent(company);
});

test('one operation does not multiply a value: many elements times a long one', async () => {
  const company = await newCompany();
  const roles = Array.from({ length: 1000 }, (_, place) => ({ value: `r${place}`, type: 'x' }));
  const { id } = await newUser(company, { roles });
  const operation = { op: 'replace', path: 'roles[type eq "x"].display', value: 'x'.repeat(60_000) };
  const answer = await writingNothing(company, () => company.scim('PATCH', `/Users/${id}`, patchOp(operation)));
  expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
});

test('a page of large users is answered', async () => {
  const company = await newCompany();
  for (let place = 0; place < 4; place += 1) {
    await newUser(company, { ...ofBytes(KEPT), userName: `user${place}` });
  }
  const { status, body } = await company.scim('GET', '/Users');
  expect([status, body.Resources.length]).toEqual([200, 4]);
});

test('1000 operations, the most that are taken, are one change', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const operations = Array.from({ length: 1000 }, (_, place) => ({
    op: 'add',
    path: `${CUSTOM_FIELDS}:cf_${place}`,
    value: place,
  }));
  const { answer, events } = await traced(company, () => company.scim('PATCH', `/Users/${id}`, patchOp(...operations)));
  expect([answer.status, Object.keys(answer.body[CUSTOM_FIELDS]).length]).toEqual([200, 1000]);
  expect(events).toHaveLength(1);
});
