// Bodies in a content coding: gzip and deflate are taken within the limits of any body, others are 415.

import { request } from 'node:http';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { newCompany } from '../support/client.mjs';
import { rawSend } from '../support/raw-http.mjs';
import { readableAnswer } from '../support/readable.mjs';
import { GROUP, USER, bulkRequest, newGroup, newUser, patchOp, scimError } from '../support/scim.mjs';
import { writingNothing } from '../support/tables.mjs';

const LIMIT = 512 * 1024;
const RITA = { schemas: [USER], userName: 'rita@example.com', displayName: 'Rita Ünal 😀' };

const { baseUrl, operatorKey } = inject('rollcall');

/** One call whose body is these bytes, or these chunks of it without a declared length. */
const sendBytes = (token, method, path, coding, bytes, more = {}) =>
  rawSend(method, baseUrl, path, {
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(coding !== undefined && { 'content-encoding': coding }),
      ...(!Array.isArray(bytes) && { 'content-length': bytes.length }),
      ...more,
    },
    body: bytes,
  });
const create = (company, coding, bytes) => sendBytes(company.token, 'POST', '/v2/Users', coding, bytes);
const bytesOf = (body) => Buffer.from(JSON.stringify(body));
const chunksOf = (bytes, size) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, place) =>
    bytes.subarray(place * size, (place + 1) * size),
  );

test.each([
  ['gzip', gzipSync],
  ['GZip', gzipSync],
  ['x-gzip', gzipSync],
  ['  gzip  ', gzipSync],
  ['identity, gzip', gzipSync],
  ['gzip,', gzipSync],
  ['deflate', deflateSync],
  ['DEFLATE', deflateSync],
  ['identity', (bytes) => bytes],
  ['Identity', (bytes) => bytes],
  ['', (bytes) => bytes],
])('Content-Encoding: "%s" is taken, with a declared length and without', async (coding, encoded) => {
  const bytes = encoded(bytesOf(RITA));
  for (const sent of [bytes, chunksOf(bytes, 7)]) {
    const { status, body } = await create(await newCompany(), coding, sent);
    expect([status, body.userName, body.displayName]).toEqual([201, RITA.userName, RITA.displayName]);
  }
});

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
])('%s is taken wherever SCIM reads a body', async (coding, encoded) => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const { id: group } = await newGroup(company);
  const rename = patchOp({ op: 'replace', path: 'displayName', value: 'Rita' });
  for (const [method, path, body, status] of /** @type {any[][]} */ ([
    ['POST', '/Users', { userName: 'ada@example.com' }, 201],
    ['PUT', `/Users/${id}`, RITA, 200],
    ['PATCH', `/Users/${id}`, rename, 200],
    ['POST', '/Groups', { schemas: [GROUP], displayName: 'Sales' }, 201],
    ['PUT', `/Groups/${group}`, { displayName: 'Help', members: [{ value: id }] }, 200],
    ['PATCH', `/Groups/${group}`, rename, 204],
    ['POST', '/.search', { filter: 'displayName eq "Rita"' }, 200],
    ['POST', '/Users/.search', { filter: 'displayName eq "Rita"' }, 200],
    ['POST', '/Groups/.search', { filter: 'displayName eq "Rita"' }, 200],
    ['POST', '/Bulk', bulkRequest([{ method: 'DELETE', path: `/Groups/${group}` }]), 200],
  ])) {
    const answer = await sendBytes(company.token, method, `/v2${path}`, coding, encoded(bytesOf(body)));
    expect([method, path, answer.status]).toEqual([method, path, status]);
    if (path.endsWith('.search')) expect([path, answer.body.totalResults]).toEqual([path, path === '/.search' ? 2 : 1]);
    if (path === '/Bulk') expect(answer.body.Operations).toMatchObject([{ method: 'DELETE', status: '204' }]);
  }
});

test('and wherever the management API does', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const { body: group } = await company.api('POST', '/groups', { display_name: 'Sales' });
  for (const [method, path, body, status] of [
    ['PATCH', '', { name: 'Renamed' }, 200],
    ['POST', '/templates', { name: 'Sales' }, 201],
    ['PATCH', `/teammates/${id}`, { role: 'admin' }, 200],
    ['PATCH', `/groups/${group.id}/members`, { add: [id] }, 200],
  ]) {
    const sent = gzipSync(bytesOf(body));
    const url = `/api/v1/companies/${company.companyId}${path}`;
    const answer = await sendBytes(operatorKey, method, url, 'gzip', sent);
    expect([method, path, answer.status], JSON.stringify(answer.body)).toEqual([method, path, status]);
  }
});

test('a group of 20,000 members, of whom the last is none', async () => {
  const company = await newCompany();
  const members = Array.from({ length: 20_000 }, (_, place) => ({ value: `tea_${place}`, display: `Person ${place}` }));
  const nested = { value: 'grp_1', type: 'Group' };
  const sent = gzipSync(bytesOf({ schemas: [GROUP], displayName: 'All', members: [...members, nested] }));
  const answer = await sendBytes(company.token, 'POST', '/v2/Groups', 'gzip', sent);
  expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining('"grp_1" is a Group')]);
});

test('an empty body is none, whatever its coding', async () => {
  const company = await newCompany();
  const plain = await create(company, undefined, Buffer.alloc(0));
  const coded = await create(company, 'gzip', Buffer.alloc(0));
  expect([coded.status, coded.body]).toEqual([plain.status, plain.body]);
});

test.each([
  ['as declared', (bytes) => bytes],
  ['in chunks', (bytes) => chunksOf(bytes, 300)],
])('the limit counts what was decompressed: %s', async (_, sent) => {
  const company = await newCompany();
  const padded = (size) => gzipSync(Buffer.concat([bytesOf(RITA), Buffer.alloc(size, ' ')], size));
  expect((await create(company, 'gzip', sent(padded(LIMIT + 1)))).status).toBe(413);
  expect((await create(company, 'gzip', sent(padded(LIMIT)))).status).toBe(201);
});

test('the compressed size has the same limit', async () => {
  const company = await newCompany();
  // Empty stored blocks: they become nothing, however many they are.
  const block = Buffer.from([0, 0, 0, 0xff, 0xff]);
  const zlib = deflateSync(bytesOf(RITA));
  const stuffed = Buffer.concat([zlib.subarray(0, 2), ...Array(Math.ceil(LIMIT / 5)).fill(block), zlib.subarray(2)]);
  for (const sent of [stuffed, chunksOf(stuffed, 65_536)]) {
    const answer = await writingNothing(company, () => create(company, 'deflate', sent));
    expect(answer.status).toBe(413);
  }
  const fewer = Buffer.concat([zlib.subarray(0, 2), ...Array(1_000).fill(block), zlib.subarray(2)]);
  expect((await create(company, 'deflate', fewer)).status).toBe(201);
});

test('a bomb is refused before it is whole: 413 while most of it has not been sent', async () => {
  const { token } = await newCompany();
  const bomb = gzipSync(Buffer.alloc(400 * 1024 * 1024));
  for (const [path, sentFirst, limit] of /** @type {any[][]} */ ([
    ['/v2/Users', 4 * 1024, LIMIT],
    ['/v2/Bulk', 8 * 1024, 1024 * 1024],
    // Zeros are no members.
    ['/v2/Groups', 48 * 1024, LIMIT],
  ])) {
    const { status, body } = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(baseUrl);
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/scim+json',
        'content-encoding': 'gzip',
        'transfer-encoding': 'chunked',
      };
      const call = request({ hostname, port, method: 'POST', path, headers, agent: false }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => {
          call.destroy();
          resolve({ status: response.statusCode, body: JSON.parse(text) });
        });
      });
      call.on('error', reject);
      call.write(bomb.subarray(0, sentFirst));
    });
    expect([path, status, body.detail]).toEqual([path, 413, expect.stringContaining(`than ${limit} bytes`)]);
  }
});

const whole = gzipSync(bytesOf(RITA));

test.each([
  ['cut short', 'gzip', whole.subarray(0, -9)],
  ['without its checksum', 'gzip', whole.subarray(0, -8)],
  ['with another checksum', 'gzip', Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8, 7)])],
  ['with bytes behind its end', 'gzip', Buffer.concat([whole, Buffer.from('{}')])],
  ['with a byte changed', 'gzip', Buffer.from(whole).fill(0xff, 20, 22)],
  ['JSON as it is', 'gzip', bytesOf(RITA)],
  ['zlib under the name gzip', 'gzip', deflateSync(bytesOf(RITA))],
  ['gzip under the name deflate', 'deflate', whole],
  ['deflate without the zlib format', 'deflate', deflateRawSync(bytesOf(RITA))],
  ['one byte', 'gzip', whole.subarray(0, 1)],
])('a broken stream is 400, and nothing is written: %s', async (_, coding, bytes) => {
  const company = await newCompany();
  for (const sent of [bytes, chunksOf(bytes, 5)]) {
    const { status, body } = await writingNothing(company, () => create(company, coding, sent));
    const detail = `The body is not whole and valid ${coding}, as its Content-Encoding says it is. Send exactly one ${coding} stream (deflate means the zlib format, RFC 1950), or the JSON as it is, without Content-Encoding. Nothing was changed.`;
    expect([status, body]).toEqual([400, scimError(400, detail, 'invalidSyntax')]);
  }
});

test('what was decompressed is held to be JSON like any body', async () => {
  const { status, body } = await create(await newCompany(), 'gzip', gzipSync(Buffer.from('{"userName":')));
  expect([status, body.scimType]).toEqual([400, 'invalidSyntax']);
  expect(body.detail).not.toMatch(/gzip/);
});

test.each(['br', 'zstd', 'compress', 'gzip, gzip', 'deflate, gzip', 'gzip;q=1', 'utf-8', '*'])(
  'Content-Encoding: %s is 415, which says what is taken',
  async (coding) => {
    const company = await newCompany();
    const { status, headers, body } = await writingNothing(company, () => create(company, coding, whole));
    expect([status, headers.get('accept-encoding')]).toEqual([415, 'gzip, deflate']);
    expect(body.detail).toContain(`"${coding}"`);
  },
);

test('the whole 415, of SCIM and of the management API', async () => {
  const company = await newCompany();
  expect(readableAnswer(await create(company, 'br', whole))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "The body is in the content coding "br", which is not taken here. Send it as it is, without Content-Encoding, or in one of these: gzip, deflate. Nothing was changed.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "scimType": "invalidSyntax",
        "status": "415",
      },
      "headers": {
        "accept-encoding": "gzip, deflate",
        "content-type": "application/scim+json",
      },
      "status": 415,
    }
  `);
  const answer = await sendBytes(operatorKey, 'POST', '/api/v1/companies', 'br', whole);
  delete answer.body.request_id;
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "The body is in the content coding "br", which is not taken here. Send it as it is, without Content-Encoding, or in one of these: gzip, deflate. Nothing was changed.",
        "status": 415,
        "title": "The body's compression is not taken",
        "type": "https://host/errors#unsupported-content-coding",
      },
      "headers": {
        "accept-encoding": "gzip, deflate",
        "content-type": "application/problem+json",
      },
      "status": 415,
    }
  `);
});

test('who may not call learns nothing of it', async () => {
  for (const [coding, bytes] of [
    ['gzip', whole.subarray(1)],
    ['br', whole],
  ]) {
    expect((await create({ token: 'rc_none' }, coding, bytes)).status).toBe(401);
  }
});
