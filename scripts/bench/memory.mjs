// Mixed load on one Worker, for as long as is asked: `node scripts/bench/memory.mjs --minutes 60`. What its Wasm takes
// has to stop growing, since none of it is ever given back. Needs a build.

import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { send } from '../../test/support/client.mjs';
import { companyIn } from '../../test/support/company-in.mjs';
import { sendBatch } from '../../test/support/inspector-client.mjs';
import { isolateMemory } from '../../test/support/isolate-memory.mjs';
import { crowd, oneOfCrowd } from '../../test/support/population.mjs';
import { startRollcall } from '../../test/support/rollcall.mjs';
import { main, say } from '../terminal.mjs';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
const MINUTES = Number(values.minutes);
const MEGABYTE = 1024 * 1024;
const TEAMMATES = 100_000;

/** By then everything has been done some times, and what Wasm takes is what it needs. */
const WARM = 0.25;

const members = (first, count) =>
  Array.from({ length: count }, (_, i) => ({
    value: oneOfCrowd(first + i),
    $ref: `https://directory.example.com/scim/v2/Users/${oneOfCrowd(first + i)}`,
    type: 'User',
    display: `Person ${first + i} of the directory`,
  }));

const user = (name) => ({
  userName: `${name}@example.com`,
  name: { givenName: 'Ada', familyName: `L ${name}` },
  emails: [{ value: `${name}@example.com`, type: 'work', primary: true }],
});

await main(async () => {
  const rollcall = await startRollcall({ inspectorPort: 0, entries: [] });
  const memory = await isolateMemory(rollcall, 'rollcall');
  try {
    await measure(rollcall, memory);
  } finally {
    memory.close();
    await rollcall.stop();
  }
});

async function measure(rollcall, memory) {
  const { companyId, token: known, scim } = await companyIn(rollcall);
  await sendBatch(rollcall.inspectorUrl, [crowd(companyId, TEAMMATES)]);
  const { body: group } = await scim('POST', '/Groups', { displayName: 'All' });
  const end = Date.now() + MINUTES * 60_000;
  const calls = {};
  let isOver = false;
  const wrong = [];

  /** Does it again and again; `expected` are the statuses that it may have. */
  async function again(name, expected, work) {
    for (let turn = 0; !isOver; turn++) {
      const status = await work(turn);
      calls[name] = (calls[name] ?? 0) + 1;
      if (!expected.includes(status)) wrong.push(`${name}: ${status}`);
    }
  }
  const stranger = async (turn) => {
    const token = `rc_${known.split('_')[1]}_${randomBytes(32).toString('base64url')}`;
    const part = ['1,', '{"a":1},', '[],', '"x",'][turn % 4];
    const text = `{"a":[${part.repeat([100, 1_000, 8_000, 100_000][Math.floor(turn / 4) % 4])}0]}`;
    const isCoded = turn % 3 === 0;
    const answer = await send('POST', `${rollcall.baseUrl}/v2/${turn % 2 ? 'Users' : 'Groups'}`, {
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(isCoded && { 'content-encoding': 'gzip' }),
      },
      body: isCoded ? gzipSync(text) : text,
      // The answer may come before the body has been sent: then the connection ends.
    }).catch(() => ({ status: 401 }));
    return answer.status;
  };
  const path = `/Groups/${group.id}`;
  const work = [
    ...[1, 2, 3, 4].map((one) =>
      again('create', [201], async (turn) => (await scim('POST', '/Users', user(`${one}-${turn}`))).status),
    ),
    again('list', [200], async (turn) => (await scim('GET', `/Users?count=100&startIndex=${turn % 500}`)).status),
    again('one member', [204], async (turn) => {
      const value = [{ value: oneOfCrowd(turn % TEAMMATES) }];
      const op = turn % 2 ? 'add' : 'remove';
      return (await scim('PATCH', path, { Operations: [{ op, path: 'members', value }] })).status;
    }),
    again('large PUT', [200, 503], async (turn) => {
      const body = { displayName: 'All', members: members(turn % 10, [1_000, 20_000, 90_000][turn % 3]) };
      return (await scim('PUT', `${path}?excludedAttributes=members`, body)).status;
    }),
    again('large GET', [200], async () => (await scim('GET', path)).status),
    ...Array.from({ length: 20 }, (_, one) => again('stranger', [401], (turn) => stranger(turn + 7 * one))),
  ];
  const taken = [];
  while (Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(60_000, Math.max(0, end - Date.now()))));
    taken.push((await memory.wasm()) / MEGABYTE);
    say(`${taken.length} min: ${taken.at(-1).toFixed(1)} MB of Wasm; ${JSON.stringify(calls)}`);
  }
  isOver = true;
  await Promise.all(work);
  if (wrong.length > 0) throw new Error(`answered otherwise: ${[...new Set(wrong)].join(', ')}`);
  const warm = taken[Math.floor(taken.length * WARM)] ?? 0;
  const last = taken.at(-1) ?? 0;
  if (last > warm + 1) throw new Error(`it grew from ${warm.toFixed(1)} to ${last.toFixed(1)} MB`);
  say(`Flat: ${warm.toFixed(1)} MB after a quarter of the time, ${last.toFixed(1)} at the end.`);
}
