// The Worker's build. There is one profile, the release with wasm-opt: what is served locally and
// tested is to the byte what is deployed. It runs only when something that goes into it has changed.

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withLock } from './lock.mjs';
import { buildFolder, root } from './paths.mjs';
import { run, runQuietly } from './process.mjs';
import { ensureBuildTools } from './setup/tools.mjs';
import { duration, say } from './terminal.mjs';

const INPUTS = ['Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', '.cargo', 'src', 'scripts/build-worker.mjs'];
const OUTPUTS = ['index.js', 'index_bg.wasm'];
/** The same wasm with the names of its functions, for profiles. It is not deployed. */
const namedWasm = join(root, 'target/index_bg.named.wasm');
const stamp = join(buildFolder, '.inputs');

/** Builds if need be. The lock is for two scripts at once: the second finds the work done. */
export async function buildWorker({ force = false } = {}) {
  if (!force && isFresh()) return;
  mkdirSync(buildFolder, { recursive: true });
  await withLock(join(buildFolder, '.lock'), 'another build', async () => {
    if (!force && isFresh()) return;
    const inputs = inputsHash();
    const { workerBuild, env } = await ensureBuildTools();
    const first = !existsSync(join(root, 'target/wasm32-unknown-unknown/release'));
    say(`Building the Worker (${first ? '1 to 3 minutes; later builds take seconds' : 'some seconds'}) ...`);
    const started = Date.now();
    // The first build is long: cargo's own progress shows. Later only an error is worth reading.
    await (first ? run : runQuietly)(workerBuild, ['--release'], { env });
    await stripNames(env.WASM_OPT_BIN);
    // Written last, and of the inputs as they were before: an edit made meanwhile builds again.
    writeFileSync(stamp, inputs);
    say(`Built in ${duration(Date.now() - started)}: ${sizes()}.`);
  });
}

/**
 * The names are a tenth of what would be uploaded, and no panic is allowed whose trace they would tell. Before
 * they go, functions are put in the order of their names: instances of the same generic function are alike, and
 * gzip finds what is alike only where it is near.
 */
async function stripNames(wasmOpt) {
  const wasm = join(buildFolder, 'index_bg.wasm');
  copyFileSync(wasm, namedWasm);
  await runQuietly(wasmOpt, ['--reorder-functions-by-name', '--strip-debug', '--strip-producers', namedWasm, '-o', wasm]);
}

function isFresh() {
  return OUTPUTS.every((name) => existsSync(join(buildFolder, name))) && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputsHash();
}

function inputsHash() {
  const hash = createHash('sha256');
  for (const path of INPUTS.flatMap((name) => filesUnder(join(root, name)))) {
    hash.update(`${relative(root, path)}\0`).update(readFileSync(path)).update('\0');
  }
  const { binaryen, esbuild } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies;
  return hash.update(`${binaryen} ${esbuild}`).digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => filesUnder(join(path, name)));
}

function sizes() {
  const wasm = readFileSync(join(buildFolder, 'index_bg.wasm'));
  const kb = (bytes) => `${Math.round(bytes.length / 1000)} KB`;
  return `${kb(wasm)} of wasm, ${kb(gzipSync(wasm, { level: 9 }))} gzipped`;
}
