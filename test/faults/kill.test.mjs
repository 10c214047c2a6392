// workerd is killed, as by the machine under it, while clients write: what was acknowledged is there, what was not
// is there whole or not at all, and to send it again is safe.

import childProcess from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogLevel } from 'miniflare';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../support/client.mjs';
import { Directory } from '../support/group-storm/calls.mjs';
import { History, Replay } from '../support/group-storm/history.mjs';
import { prepare, storm } from '../support/group-storm/storm.mjs';
import { sendBatch } from '../support/inspector-client.mjs';
import { choices } from '../support/random-json.mjs';
import { startRollcall } from '../support/rollcall.mjs';

const KILLS = 50;
const CLIENTS = 16;
const TEAMMATES = 30;
const OPERATOR_KEY = 'the operator key of the test that kills';

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
  childProcess.spawn = (...args) => (workerd = spawn(...args));
  try {
    // Miniflare would warn of each crash.
    const log = { logFile: join(folder, 'worker.log'), logLevel: LogLevel.ERROR };
    running = { rollcall: await startRollcall({ folder, operatorKey: OPERATOR_KEY, entries: [], ...log }), workerd };
  } finally {
    childProcess.spawn = spawn;
  }
}

async function restart() {
  await running.rollcall.stop();
  await start();
}

const batch = (statements) => sendBatch(running.rollcall.inspectorUrl, statements);

async function newCompany() {
  const made = async (path, body) => {
    const headers = { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' };
    const answer = await send('POST', `${running.rollcall.baseUrl}/api/v1${path}`, { headers, body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  };
  const { id } = await made('/companies', { name: 'Killed', plan: 'scale', group_sync_enabled: true });
  const { token } = await made(`/companies/${id}/tokens`, { name: 'Test token', scopes: ['auto_provisioning', 'provisioning'] });
  return { companyId: id, token };
}

test(`${KILLS} times: nothing acknowledged is lost, nothing is half done or done twice`, { timeout: 300_000 }, async () => {
  const seed = Number(process.env.ROLLCALL_SEED) || Math.floor(Math.random() * 1e9);
  const { below } = choices(seed);
  const { companyId, token } = await newCompany();
  const { state, seq, groups } = await prepare(batch, companyId, TEAMMATES);
  const scim = (method, path, body, headers) => {
    const authorization = `Bearer ${token}`;
    const more = body && { 'content-type': 'application/scim+json' };
    return send(method, `${running.rollcall.baseUrl}/v2${path}`, { body, headers: { authorization, ...more, ...headers } });
  };
  const history = new History();
  const directory = new Directory(groups);
  const replay = new Replay(batch, companyId, state, seq);
  const tally = { acknowledged: 0, lostAndDone: 0, lostAndNotDone: 0 };
  const since = (first) => history.entries.slice(first);
  const check = async (entries, when) => {
    const wrong = await replay.take(entries);
    expect(wrong.slice(0, 5), `seed ${seed}, ${when}: ${wrong.length} things that no order of the calls explains`).toEqual([]);
  };

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
    await check(since(first), `after kill ${kill}`);

    const isWrite = ({ call }) => call.kind !== 'get';
    const lost = since(first).filter((entry) => entry.lost && isWrite(entry));
    tally.acknowledged += since(first).filter(({ seq: event, answer }) => event && answer).length;
    tally.lostAndDone += lost.filter(({ seq: event }) => event).length;
    tally.lostAndNotDone += lost.filter(({ seq: event }) => !event).length;
    const again = history.entries.length;
    await Promise.all(lost.map(({ call }) => history.call(call, scim)));
    expect(since(again).filter((entry) => entry.lost)).toEqual([]);
    await check(since(again), `after sending again what kill ${kill} left unanswered`);
    directory.live = [...replay.state.groups.values()].filter(({ isActive }) => isActive).map(({ id }) => id);
  }
  // Kills fell before, in and behind the commits, or nothing was tried.
  console.log(tally);
  expect(Math.min(...Object.values(tally)), JSON.stringify(tally)).toBeGreaterThan(0);
});
