// The Worker's build. There is one profile, the release with wasm-opt: what is served locally and
// tested is to the byte what is deployed. It runs only when something that goes into it has changed.

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { assemble, compileCrate, compileGlueMaker } from './build/compile.mjs';
import { Progress } from './build/progress.mjs';
import { withLock } from './lock.mjs';
import { buildFolder, root } from './paths.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { ensureRust } from './setup/rust.mjs';
import { duration, say } from './terminal.mjs';

const INPUTS = [
  'Cargo.toml',
  'Cargo.lock',
  'rust-toolchain.toml',
  '.cargo',
  'src',
  'scripts/build',
  'scripts/build-worker.mjs',
];
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
    const started = Date.now();
    await ensureRust();
    const first = !existsSync(join(root, 'target/build-tool'));
    say(`Building the Worker${first ? ' (the first time takes 1 to 4 minutes on two cores)' : ''} ...`);
    await build();
    // Written last, and of the inputs as they were before: an edit made meanwhile builds again.
    writeFileSync(stamp, inputs);
    say(`Built in ${duration(Date.now() - started)}: ${sizes()}.`);
  });
}

/** Everything that needs nothing of another is done side by side: a core that waits is a slower start. */
async function build() {
  const progress = new Progress();
  // What failed ends the others: nobody waits for a Worker that can't be.
  const failure = new AbortController();
  const { signal } = failure;
  // The weights are seconds that they took two cores, twice where they keep only one busy.
  const npm = progress.job('npm packages', 15);
  const tool = progress.job('build tool', 35);
  const worker = progress.job('Worker', 155);
  try {
    const [, glueMaker, wasm] = await Promise.all([
      ensureNpmPackages({ job: npm, signal }),
      compileGlueMaker({ job: tool, signal }),
      compileCrate({ name: 'rollcall', job: worker, signal }),
    ]);
    const workFolder = join(root, 'target/worker');
    const named = await assemble({
      wasm,
      glueMaker,
      objects: durableObjects(),
      workFolder,
      out: buildFolder,
      job: worker,
    });
    copyFileSync(named, namedWasm);
  } catch (error) {
    failure.abort();
    throw error;
  } finally {
    progress.end();
  }
}

/** The classes that Cloudflare looks for in the Worker. */
function durableObjects() {
  const config = readFileSync(join(root, 'wrangler.toml'), 'utf8');
  return [...config.matchAll(/^class_name = "(\w+)"$/gm)].map(([, name]) => name);
}

function isFresh() {
  return (
    OUTPUTS.every((name) => existsSync(join(buildFolder, name))) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === inputsHash()
  );
}

function inputsHash() {
  const hash = createHash('sha256');
  for (const path of INPUTS.flatMap((name) => filesUnder(join(root, name)))) {
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  const { binaryen, esbuild } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies;
  return hash.update([binaryen, esbuild, ...durableObjects()].join(' ')).digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

function sizes() {
  const wasm = readFileSync(join(buildFolder, 'index_bg.wasm'));
  const kb = (bytes) => `${Math.round(bytes.length / 1000)} KB`;
  return `${kb(wasm)} of wasm, ${kb(gzipSync(wasm, { level: 9 }))} gzipped`;
}
