// Whoever has no token can't fill an isolate's memory, which is everybody's in it: in a workerd of its own, so that what
// its Wasm ever took is what these calls made it take.

import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../support/client.mjs';
import { companyIn } from '../support/company-in.mjs';
import { isolateMemory } from '../support/isolate-memory.mjs';
import { startRollcall } from '../support/rollcall.mjs';

const MEGABYTE = 1024 * 1024;
const LOG = new URL('../../.wrangler/test-strangers-worker.log', import.meta.url).pathname;

let rollcall;
let memory;
let company;

beforeAll(async () => {
  rollcall = await startRollcall({ inspectorPort: 0, logFile: LOG, entries: [] });
  company = await companyIn(rollcall);
  memory = await isolateMemory(rollcall, 'rollcall');
}, 60_000);

afterAll(async () => {
  memory?.close();
  await rollcall?.stop();
});

/** Begins a call, sends what `chunks` has of its body and leaves it open; resolves with its status, or nothing after `patience`. */
function begun(path, headers, chunks, patience = 20_000) {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(rollcall.baseUrl);
    const call = request({ hostname, port, method: 'POST', path, headers, agent: false }, (response) => {
      response.resume();
      response.on('end', () => end(response.statusCode));
    });
    const timer = setTimeout(() => end(undefined), patience);
    const end = (status) => {
      clearTimeout(timer);
      call.destroy();
      resolve(status);
    };
    // Whoever is refused before the end of its body may find the connection closed: the answer has come or will.
    call.on('error', () => {});
    for (const chunk of chunks) call.write(chunk);
  });
}

const json = { 'content-type': 'application/scim+json' };
const announced = (length) => ({ ...json, 'content-length': length });
const streamed = { ...json, 'transfer-encoding': 'chunked' };
const filled = (part, size) => `{"a":[${part.repeat(Math.ceil(size / part.length)).slice(0, size)}`;

/** The bodies that take most, of a size: many values, many objects, many lists, one text, members. */
const WORST = ['1,', '{"a":1},', '[],', '"",', '{"":{"":{"":{"":0}}}},', `{"value":"${'é'.repeat(9)}","x":[{}]},`];
const SIZES = [1, 2_000, 60_000, 66_000, 520_000, 3 * MEGABYTE];

/** A token of the right form that nobody has, of a company that is there or not. */
const wrongToken = (ofCompany = company.token.split('_')[1]) =>
  `rc_${ofCompany}_${Buffer.alloc(32, 7).toString('base64url')}`;

function attacks() {
  const paths = ['/v2/Groups', '/v2/Users', '/v2/Bulk', '/v2/.search', '/scim/con_01nobody/v2/Groups'];
  const tokens = [
    {},
    { authorization: 'Bearer nonsense' },
    { authorization: `Bearer ${wrongToken()}` },
    { authorization: `Bearer ${wrongToken('01nobody')}` },
  ];
  const bomb = gzipSync(Buffer.alloc(64 * MEGABYTE, '[],'));
  const all = [];
  for (const size of SIZES) {
    for (const part of WORST) {
      const text = filled(part, size);
      // Whole, broken, and with more to come that never does.
      all.push([announced(Buffer.byteLength(text)), text], [announced(24 * MEGABYTE), text], [streamed, text]);
    }
  }
  for (const size of [1, 1_000, 40_000, bomb.length]) {
    all.push([{ ...streamed, 'content-encoding': 'gzip' }, bomb.subarray(0, size)]);
  }
  return all.map(([headers, body], place) => [
    paths[place % paths.length],
    { ...headers, ...tokens[Math.floor(place / paths.length) % tokens.length] },
    body,
  ]);
}

test('200 strangers at once, with the worst body of every size: Wasm stays below 64 MB', {
  timeout: 120_000,
}, async () => {
  const worst = attacks();
  const neighbours = [];
  for (let round = 0; round * 200 < 2 * worst.length; round++) {
    const calls = Array.from({ length: 200 }, (_, i) => worst[(round * 200 + i) % worst.length]);
    const statuses = Promise.all(calls.map(([path, headers, body]) => begun(path, headers, [body], 3_000)));
    // Who has a token is served meanwhile, also one whom the isolate does not know yet.
    neighbours.push(await company.scim('POST', '/Users', { userName: `n${round}@example.com` }));
    for (const status of await statuses) expect([401, undefined]).toContain(status);
  }
  expect(neighbours.map(({ status }) => status)).toEqual(neighbours.map(() => 201));
  const wasm = (await memory.wasm()) / MEGABYTE;
  expect(wasm, 'MB of Wasm').toBeLessThan(64);
});

test.each([
  ['none', undefined],
  ['of no form that a token has', 'Bearer nonsense'],
])('a token %s: 401 while nothing of the body has come', async (_, authorization) => {
  for (const path of ['/v2/Users', '/v2/Groups', '/v2/Bulk', '/v2/Groups/.search']) {
    const headers = { ...announced(60_000), ...(authorization && { authorization }) };
    expect([path, await begun(path, headers, ['{'], 5_000)]).toEqual([path, 401]);
  }
});

test('of a stranger 64 KiB are read and no more: 401 while the rest has not come', { timeout: 60_000 }, async () => {
  const authorization = `Bearer ${wrongToken()}`;
  const text = filled('"tea_1",', 64 * 1024);
  for (const headers of [streamed, announced(400_000)]) {
    expect(await begun('/v2/Groups', { ...headers, authorization }, [text], 5_000)).toBe(401);
    // Of less, more may come: where strangers have room, as they have when those of the test before have gone.
    const waits = () => begun('/v2/Groups', { ...headers, authorization }, [text.slice(0, 60_000)], 1_000);
    await expect.poll(waits, { timeout: 15_000 }).toBeUndefined();
  }
  // It is the coded bytes, too: these become nothing.
  const nothing = Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array(13_200).fill(Buffer.from([0, 0, 0, 0xff, 0xff]))]);
  const coded = { ...streamed, authorization, 'content-encoding': 'deflate' };
  expect(await begun('/v2/Groups', coded, [nothing], 5_000)).toBe(401);
});

test('a body that trickles ends in 408, whoever sends it', { timeout: 40_000 }, async () => {
  const stranger = { authorization: `Bearer ${wrongToken()}` };
  const known = { authorization: `Bearer ${company.token}` };
  const operator = { authorization: `Bearer ${rollcall.operatorKey}` };
  const members = filled('"tea_1",', 200_000);
  const trickling = [
    ['/v2/Users', { ...known, ...announced(100) }, '{"userName":'],
    ['/v2/Users', { ...known, ...streamed }, '{"userName":'],
    ['/v2/Groups', { ...known, ...streamed, 'content-encoding': 'gzip' }, gzipSync('{}').subarray(0, 9)],
    ['/v2/Groups', { ...known, ...streamed }, members],
    [`/api/v1/companies/${company.companyId}/groups`, { ...operator, ...streamed }, '{"display_name":'],
    ['/v2/Users', { ...stranger, ...announced(100) }, '{'],
  ];
  const begin = Date.now();
  const statuses = await Promise.all(trickling.map(([path, headers, text]) => begun(path, headers, [text])));
  // A stranger's time is over as well, and it learns nothing of it.
  expect(statuses).toEqual([408, 408, 408, 408, 408, 401]);
  expect(Date.now() - begin).toBeGreaterThan(9_000);
});

test("a company's bodies have a quarter of the room: 503 beyond it, while a neighbour is served", {
  timeout: 60_000,
}, async () => {
  const neighbour = await companyIn(rollcall);
  const authorization = `Bearer ${company.token}`;
  const ids = (count) => `{"displayName":"x","members":[${'"tea_01jsizes000000000000000000",'.repeat(count)}`;
  // Of two that have not ended, 13 MB are held.
  const held = [1, 2].map(() => begun('/v2/Groups', { ...streamed, authorization }, [ids(199_000)], 8_000));
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const more = ids(100_000).replace(/,$/, ']}');
  const post = (token) =>
    send('POST', `${rollcall.baseUrl}/v2/Groups`, {
      headers: { authorization: `Bearer ${token}`, ...json },
      body: more,
    });
  const refused = await post(company.token);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(refused.body.detail).toMatch(/no room for another/);
  // Nobody has these ids: it was read, and refused for what it says.
  expect((await post(neighbour.token)).status).toBe(400);
  // What is usual still has room, and what ended gives its room back.
  expect((await company.scim('POST', '/Users', { userName: 'usual@example.com' })).status).toBe(201);
  await Promise.all(held);
  await expect.poll(async () => (await post(company.token)).status, { timeout: 20_000, interval: 500 }).toBe(400);
});
