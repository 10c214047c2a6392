// The built Worker in workerd, by Miniflare alone: `wrangler dev` and wrangler's test harness put a
// proxy in front, which costs more than Rollcall itself. Beside it, on the same D1 database, run the two
// workers of ./workers.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from 'miniflare';
import { newSecret } from '../../scripts/local/secrets.mjs';
import { root } from '../../scripts/paths.mjs';
import { migrate } from './migrate.mjs';

// As wrangler.toml binds it. Each worker here has objects of its own: they meet in the database.
const COMPANY_OBJECT = { durableObjects: { COMPANY: { className: 'CompanyObject', useSQLite: true } } };

// The entries of ./workers, with the modules that they share.
const ENTRIES = { metered: ['d1'], faulty: ['d1', 'steering'], recording: ['d1'] };

export const WORKER_LOG = join(root, '.wrangler/test-worker.log');

/**
 * Starts it on free ports of the loopback interface. Without `folder`, the database is in a temporary
 * folder that goes away with it; with one it stays there, and a later start on it finds it again.
 * `beside` names further workers of one file, or of one and its wasm, `{name, file, wasm, database}`, to run in
 * the same workerd: `urls` tells where they are. `entries` names those of ./workers that Rollcall is to be reached
 * through, too, and 'pages' for its static pages. A `recorder` is told what Rollcall asks of D1. With `inspectorPort` (0 is any free one) `debuggerUrl` is
 * where debuggers connect.
 *
 * @typedef {object} Options
 * @property {string} [folder]
 * @property {string} [operatorKey]
 * @property {Record<string, string | undefined>} [secrets] other settings than those that all tests have; undefined: none
 * @property {{ name: string, file: string, wasm?: string, database?: string }[]} [beside]
 * @property {string[]} [entries]
 * @property {import('./recorder.mjs').Recorder} [recorder]
 * @property {string} [logFile]
 * @property {LogLevel} [logLevel]
 * @property {number} [inspectorPort]
 *
 * @param {Options} [options]
 */
export async function startRollcall({
  folder,
  operatorKey = newSecret(),
  secrets = {},
  beside = [],
  entries = ['metered', 'faulty', 'pages'],
  recorder,
  logFile = WORKER_LOG,
  logLevel = LogLevel.WARN,
  inspectorPort,
} = {}) {
  const bindings = { OPERATOR_KEY: operatorKey, ROOT_SECRET: newSecret(), ...secrets };
  for (const [name, text] of Object.entries(bindings)) if (text === undefined) delete bindings[name];
  const database = folder ?? (await mkdtemp(join(tmpdir(), 'rollcall-test-')));
  const log = openLog(logFile);
  const own = [
    recorder ? recordedRollcall(bindings, recorder) : rollcallWorker(bindings),
    ...entries.map((name) => (name === 'pages' ? withPages(bindings) : behind(name, bindings))),
    inspectorWorker(),
  ];
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      // Offline: no question to Cloudflare where this machine seems to be.
      cf: false,
      log: new Log(logLevel),
      inspectorPort,
      handleStructuredLogs: ({ level, message }) => log.write(`${level}: ${message}\n`),
      resourcePersistencePath: database,
      workers: await Promise.all([...own, ...beside.map(oneFileWorker)]),
    }),
  );
  const urlOf = async (name) => (await miniflare.unsafeGetDirectURL(name)).origin;
  const inspectorUrl = await urlOf('inspector');
  await migrate(inspectorUrl, database);
  return {
    baseUrl: await urlOf('rollcall'),
    meteredUrl: entries.includes('metered') && (await urlOf('metered')),
    faultyUrl: entries.includes('faulty') && (await urlOf('faulty')),
    pagesUrl: entries.includes('pages') && (await urlOf('pages')),
    inspectorUrl,
    urls: Object.fromEntries(await Promise.all(beside.map(async ({ name }) => [name, await urlOf(name)]))),
    operatorKey,
    rootSecret: bindings.ROOT_SECRET,
    /** What Cloudflare's cron does every few minutes. */
    async scheduled() {
      // miniflare declares that a Worker has `fetch`, and no other event.
      const worker = /** @type {any} */ (await miniflare.getWorker('rollcall'));
      return worker.scheduled({ cron: '*/5 * * * *' });
    },
    ...(inspectorPort !== undefined && { debuggerUrl: (await miniflare.getInspectorURL()).href }),
    async stop() {
      await miniflare.dispose();
      log.end();
      if (!folder) await rm(database, { recursive: true, force: true });
    },
  };
}

/** Exactly what `wrangler deploy` uploads. */
async function rollcallWorker(bindings) {
  return { ...(await worker('rollcall', await builtModules(), bindings)), ...COMPANY_OBJECT };
}

/** In its place, and answering the same. */
async function recordedRollcall(bindings, recorder) {
  const recording = await behind('recording', bindings);
  return { ...recording, name: 'rollcall', serviceBindings: { RECORDER: recorder.service } };
}

/**
 * The same with its pages in front, which Cloudflare looks for before it asks the Worker. Apart, because locally that
 * is a further worker on the way of every call.
 */
async function withPages(bindings) {
  return {
    ...(await worker('pages', await builtModules(), bindings)),
    ...COMPANY_OBJECT,
    assets: { directory: join(root, 'public'), routerConfig: { has_user_worker: true } },
  };
}

/** The same modules behind an entry of ./workers, which hands them a D1 binding of its own making. */
async function behind(name, bindings) {
  const own = [name, ...ENTRIES[name]].map((file) =>
    module(`${file}.mjs`, join(root, `test/support/workers/${file}.mjs`)),
  );
  const modules = [...(await Promise.all(own)), ...(await builtModules())];
  return { ...(await worker(name, modules, bindings)), ...COMPANY_OBJECT };
}

function inspectorWorker() {
  return oneFileWorker({ name: 'inspector', file: join(root, 'test/support/workers/inspector.mjs') });
}

/** @param {{ name: string, file: string, wasm?: string, database?: string }} worker */
async function oneFileWorker({ name, file, wasm, database }) {
  const modules = [await module(basename(file), file)];
  if (wasm) modules.push(await module(basename(wasm), wasm, 'CompiledWasm'));
  return worker(name, modules, {}, database);
}

async function worker(name, modules, bindings, database = 'rollcall') {
  return {
    name,
    modules,
    modulesRoot: '/',
    bindings,
    compatibilityDate: await compatibilityDate(),
    d1Databases: { DB: database },
    // A port of its own, straight to this worker.
    unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
  };
}

async function builtModules() {
  const built = join(root, 'build/index.js');
  if (!existsSync(built))
    throw new Error('There is no build/index.js: run `npm run build`, or `npm test`, which does.');
  return [
    await module('index.js', built),
    await module('index_bg.wasm', join(root, 'build/index_bg.wasm'), 'CompiledWasm'),
  ];
}

async function module(path, file, type = 'ESModule') {
  return { type, path: `/${path}`, contents: await readFile(file, type === 'ESModule' ? 'utf8' : undefined) };
}

async function compatibilityDate() {
  const toml = await readFile(join(root, 'wrangler.toml'), 'utf8');
  return toml.match(/^compatibility_date = "(.+)"$/m)[1];
}

function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  return createWriteStream(file, { flags: 'w' });
}
