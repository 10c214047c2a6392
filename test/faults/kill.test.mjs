// workerd is killed, as by the machine under it, while clients write: what was acknowledged is there, what was not
// is there whole or not at all, and to send it again is safe.

import childProcess from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogLevel } from 'miniflare';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { companyIn } from '../support/company-in.mjs';
import { Directory } from '../support/group-storm/calls.mjs';
import { History, Replay } from '../support/group-storm/history.mjs';
import { aSeed, prepare, storm } from '../support/group-storm/storm.mjs';
import { sendBatch } from '../support/inspector-client.mjs';
import { choices } from '../support/random-json.mjs';
import { startRollcall } from '../support/rollcall.mjs';

const KILLS = 50;
const CLIENTS = 16;
const TEAMMATES = 30;

let folder;
let running;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-kill-'));
  await start();
});

afterAll(async () => {
  await running?.rollcall.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Starts Rollcall on the folder, and keeps the process that it runs in. */
async function start() {
  const { spawn } = childProcess;
  let workerd;
  childProcess.spawn = /** @type {any} */ ((...args) => (workerd = Reflect.apply(spawn, childProcess, args)));
  try {
    // Miniflare would warn of each crash.
    const log = { logFile: join(folder, 'worker.log'), logLevel: LogLevel.ERROR };
    running = { rollcall: await startRollcall({ folder, entries: [], ...log }), workerd };
  } finally {
    childProcess.spawn = spawn;
  }
}

async function restart() {
  await running.rollcall.stop();
  await start();
}

const batch = (statements) => sendBatch(running.rollcall.inspectorUrl, statements);

test(`${KILLS} times: nothing acknowledged is lost, nothing is half done or done twice`, {
  timeout: 600_000,
}, async () => {
  const seed = aSeed();
  const { below } = choices(seed);
  const { companyId, scim: call } = await companyIn(running.rollcall);
  // Each start has ports of its own.
  const scim = (method, path, body, headers) => call(method, path, body, headers, running.rollcall.baseUrl);
  const { state, seq, groups } = await prepare(batch, companyId, TEAMMATES);
  const history = new History();
  const directory = new Directory(groups);
  const replay = new Replay(batch, companyId, state, seq);
  const tally = { acknowledged: 0, lostAndDone: 0, lostAndNotDone: 0 };
  const since = (first) => history.entries.slice(first);

  for (let kill = 1; kill <= KILLS; kill += 1) {
    const first = history.entries.length;
    let isDead = false;
    let answered;
    const anAnswer = new Promise((resolve) => (answered = resolve));
    const dying = storm({
      ...{ seed: seed + kill, clients: CLIENTS, teammates: TEAMMATES, history, directory },
      send: (...call) => scim(...call).finally(answered),
      isOver: () => isDead,
    });
    // In the midst of it.
    await anAnswer;
    await new Promise((resolve) => setTimeout(resolve, 1 + below(40)));
    isDead = true;
    running.workerd.kill('SIGKILL');
    await dying;
    await restart();
    await replay.expectExplained(since(first), `seed ${seed}, after kill ${kill}`);

    const isWrite = ({ call }) => call.kind !== 'get';
    const lost = since(first).filter((entry) => entry.lost && isWrite(entry));
    tally.acknowledged += since(first).filter(({ seq: event, answer }) => event && answer).length;
    tally.lostAndDone += lost.filter(({ seq: event }) => event).length;
    tally.lostAndNotDone += lost.filter(({ seq: event }) => !event).length;
    const again = history.entries.length;
    await Promise.all(lost.map(({ call }) => history.call(call, scim)));
    expect(since(again).filter((entry) => entry.lost)).toEqual([]);
    await replay.expectExplained(since(again), `seed ${seed}, after what kill ${kill} left unanswered was sent again`);
    directory.live = [...replay.state.groups.values()].filter(({ isActive }) => isActive).map(({ id }) => id);
  }
  // Kills fell before, in and behind the commits, or nothing was tried.
  expect(Math.min(...Object.values(tally)), JSON.stringify(tally)).toBeGreaterThan(0);
});
