// scripts/build/entry.mjs in workerd, in front of a module that traps: after a trap, calls go into a new instance.
//
// Rollcall has no input that makes it trap, so the Wasm here is a few instructions, behind the contract that
// wasm-bindgen's glue and the crate `worker` have with the entry.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import binaryen from 'binaryen';
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from 'miniflare';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../scripts/paths.mjs';

const WASM = `(module
  (global $n (mut i32) (i32.const 0))
  (func (export "count") (result i32)
    (global.set $n (i32.add (global.get $n) (i32.const 1)))
    (global.get $n))
  (func (export "trap") unreachable))`;

const RUST = `
import module from './counter.wasm';
const state = { criticalError: false, instanceId: 0 };
let wasm;
export function __wbg_reset_state() {
  wasm = new WebAssembly.Instance(module).exports;
  state.instanceId += 1;
}
__wbg_reset_state();
export const __worker_init_state = () => state;

// As an async function of Rust is called: it gives a promise at once, and works in the queue of microtasks.
const soon = (work) => new Promise((resolve) => queueMicrotask(() => resolve(work())));
const calls = {
  '/count': () => soon(() => new Response(wasm.count())),
  '/trap': () => wasm.trap(),
  '/trap-in-a-promise': () => soon(() => wasm.trap()),
  '/wait': () => scheduler.wait(60_000).then(calls['/count']),
  '/refuse': () => Promise.reject(new Error('refused')),
};
export function fetch(request, env, ctx) {
  if (typeof ctx.waitUntil !== 'function') throw new Error('The context is missing.');
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/object')) return env.COUNTER.getByName('one').fetch(new Request('http://object' + pathname.slice(7)));
  return calls[pathname]();
}
export class Counter {
  constructor(ctx, env) {
    if (!ctx.id || !env.COUNTER) throw new Error('State or environment is missing.');
    this.of = wasm;
    this.calls = 0;
  }
  fetch(request) {
    if (this.of !== wasm) throw new Error('an object of an instance that was given up');
    this.calls += 1;
    const { pathname } = new URL(request.url);
    return pathname === '/count' ? soon(() => new Response(this.calls)) : calls[pathname]();
  }
}`;

const ENTRY = `
import { entryPoints } from './entry.mjs';
import * as rust from './rust.js';
const { Worker, object } = entryPoints(rust);
export default Worker;
export const Counter = object(rust.Counter);
`;

let miniflare;
let url;

beforeAll(async () => {
  const text = (path, contents) => ({ type: /** @type {const} */ ('ESModule'), path: `/${path}`, contents });
  miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      log: new Log(LogLevel.NONE),
      // The traps are wanted here: what the Worker says of them is no news.
      handleStructuredLogs: () => {},
      modulesRoot: '/',
      modules: [
        text('index.mjs', ENTRY),
        text('entry.mjs', await readFile(join(root, 'scripts/build/entry.mjs'), 'utf8')),
        text('rust.js', RUST),
        { type: 'CompiledWasm', path: '/counter.wasm', contents: binaryen.parseText(WASM).emitBinary() },
      ],
      durableObjects: { COUNTER: { className: 'Counter', useSQLite: true } },
      compatibilityDate: '2026-11-01',
    }),
  );
  url = await miniflare.ready;
});
afterAll(() => miniflare?.dispose());

const call = async (path) => {
  const answer = await fetch(new URL(path, url));
  return answer.ok ? answer.text() : answer.status;
};

describe('the Worker', () => {
  // The isolate is one for all tests: each begins with a new instance.
  beforeEach(() => call('/trap'));

  test('goes on in the same instance as long as nothing traps', async () => {
    expect([await call('/count'), await call('/count')]).toEqual(['1', '2']);
  });

  test('takes a refusal for an answer like another', async () => {
    await call('/count');
    expect([await call('/refuse'), await call('/count')]).toEqual([500, '2']);
  });

  test.each(['/trap', '/trap-in-a-promise'])('gets a new instance after %s', async (trap) => {
    await call('/count');
    expect([await call(trap), await call('/count')]).toEqual([500, '1']);
  });
});

test.each(['', '/object'])('calls under way fail when the instance traps, not some day: %s/wait', async (base) => {
  await call(`${base}/count`);
  const waiting = call(`${base}/wait`);
  // Counted in the same isolate after the other call came in.
  await call(`${base}/count`);
  expect([await call(`${base}/trap-in-a-promise`), await waiting]).toEqual([500, 500]);
});

describe('a Durable Object', () => {
  beforeEach(() => call('/trap'));

  test('keeps its Rust half as long as nothing traps', async () => {
    expect([await call('/object/count'), await call('/object/count')]).toEqual(['1', '2']);
  });

  test.each(['/object/trap', '/object/trap-in-a-promise', '/trap'])('has a new one after %s', async (trap) => {
    await call('/object/count');
    expect([await call(trap), await call('/object/count')]).toEqual([500, '1']);
  });
});
