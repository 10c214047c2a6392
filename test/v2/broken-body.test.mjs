// A body that breaks off is the caller's 400, changes nothing, and leaves no error of ours in the log.

import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { newCompany, operator } from '../support/client.mjs';
import { WORKER_LOG } from '../support/rollcall.mjs';
import { tablesOf } from '../support/tables.mjs';

const GZIP = ['content-encoding: gzip'];
const BODY = Buffer.from(JSON.stringify({ userName: 'rita@example.com', title: 'x'.repeat(4000) }));

/**
 * Sends the head and a part of the body, and then ends its side, or resets the connection. Resolves with what came back,
 * when the connection is over.
 */
function brokenOff(path, { token, announced, part, more = [], resets = false, method = 'POST' }) {
  const { hostname, port } = new URL(inject('rollcall').baseUrl);
  const length = announced === null ? 'transfer-encoding: chunked' : `content-length: ${announced}`;
  const head = [
    `${method} ${path} HTTP/1.1`,
    `host: ${hostname}:${port}`,
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    'connection: close',
    length,
    ...more,
  ];
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true }, async () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      socket.write(announced === null ? `${part.length.toString(16)}\r\n${part.toString('latin1')}\r\n` : part);
      // The Worker is reading by then.
      await sleep(200);
      if (resets) socket.resetAndDestroy();
      else socket.end();
    });
    socket.on('data', (piece) => (answer += piece));
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
    socket.on('end', () => socket.destroy());
    setTimeout(() => socket.destroy(), 3000).unref();
  });
}

const zipped = gzipSync(BODY);
/** @type {[string, any][]} */
const BROKEN = [
  ['of an announced length', { announced: BODY.length, part: BODY.subarray(0, 1000) }],
  ['before its first byte', { announced: BODY.length, part: Buffer.alloc(0) }],
  ['of a large announced length', { announced: 400_000, part: BODY }],
  ['of no announced length', { announced: null, part: BODY.subarray(0, 1000) }],
  ['compressed', { announced: zipped.length, part: zipped.subarray(0, 20), more: GZIP }],
  ['compressed, before its first byte', { announced: zipped.length, part: Buffer.alloc(0), more: GZIP }],
  ['of a large length, compressed', { announced: 400_000, part: zipped.subarray(0, 20), more: GZIP }],
  ['of no announced length, compressed', { announced: null, part: zipped.subarray(0, 20), more: GZIP }],
];
const WAYS = BROKEN.flatMap(([name, way]) => [
  [`${name}, ended`, way],
  [`${name}, reset`, { ...way, resets: true }],
]);

test.each(WAYS)('a body %s', async (_, way) => {
  const company = await newCompany();
  const base = `/scim/${company.connectionId}/v2`;
  const api = `/api/v1/companies/${company.companyId}/templates`;
  const { operatorKey } = inject('rollcall');
  const before = await tablesOf(company);
  const answers = await Promise.all([
    ...['/Users', '/Groups', '/Bulk', '/Users/.search'].map((path) =>
      brokenOff(base + path, { ...way, token: company.token }),
    ),
    brokenOff(api, { ...way, token: operatorKey }),
  ]);
  for (const answer of answers) if (answer) expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
  const { tokens: _tokens, connections: _connections, ...after } = await tablesOf(company);
  expect(before).toMatchObject(after);
  const log = await readFile(WORKER_LOG, 'utf8');
  const lines = log
    .split('\n')
    .filter((line) => line.includes(company.connectionId) || line.includes(company.companyId));
  expect(lines).toEqual([]);
  expect((await operator('GET', `/companies/${company.companyId}`)).status).toBe(200);
});
