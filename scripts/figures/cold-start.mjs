// What a cold isolate takes of the CPU until its first answer is out: compiling and instantiating the Wasm, and the first
// request. Run by `npm run figures`; prints milliseconds as JSON.
//
// workerd makes its isolates when it starts, so each round starts one with Rollcall and one with a Worker that only
// answers, asks each once, and takes the difference: what is left is Rollcall's own.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from 'miniflare';
import { buildFolder } from '../paths.mjs';

const ROUNDS = 9;
const BARE = "export default { fetch: () => new Response('ok') };";
/** Discovery: it asks D1 nothing, and renders every schema. */
const FIRST_REQUEST = '/v2/Schemas';

const built = (name) => readFileSync(join(buildFolder, name));
const rollcall = [
  { type: /** @type {const} */ ('ESModule'), path: '/index.js', contents: built('index.js').toString() },
  { type: /** @type {const} */ ('CompiledWasm'), path: '/index_bg.wasm', contents: built('index_bg.wasm') },
];
const bare = [{ type: /** @type {const} */ ('ESModule'), path: '/index.js', contents: BARE }];

const differences = [];
for (let round = 0; round < ROUNDS; round++) differences.push((await coldly(rollcall)) - (await coldly(bare)));
console.log(JSON.stringify({ milliseconds: Math.round(differences.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]) }));

/** Milliseconds of CPU that a workerd of its own has taken when the first answer is there. */
async function coldly(modules) {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      log: new Log(LogLevel.NONE),
      workers: [
        {
          name: 'one',
          modules,
          modulesRoot: '/',
          compatibilityDate: '2026-11-01',
          bindings: { OPERATOR_KEY: 'k'.repeat(32), ROOT_SECRET: 'r'.repeat(32) },
          unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
        },
      ],
    }),
  );
  const { origin } = await miniflare.unsafeGetDirectURL('one');
  const answer = await fetch(origin + FIRST_REQUEST);
  await answer.arrayBuffer();
  // The threads of the compiler are done soon after.
  await sleep(300);
  const taken = cpuMilliseconds();
  await miniflare.dispose();
  return taken;
}

/** Of the workerd that is a child of this process, from the scheduler's own count in nanoseconds. */
function cpuMilliseconds() {
  const mine = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isMine(pid));
  const threads = mine.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/schedstat`),
  );
  return threads.reduce((sum, file) => sum + Number(read(file).split(' ')[0]), 0) / 1e6;
}

function isMine(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return stat.includes('(workerd)') && Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === process.pid;
}

/** A process or thread may have ended meanwhile. */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
