// From a crate to the two files that a Worker is: cargo, wasm-bindgen, wasm-opt, esbuild. What is compiled by cargo, the
// crate and the program that makes its glue, is compiled side by side.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { runQuietly } from '../process.mjs';
import { cargoBuild } from './cargo.mjs';

const ENTRY = join(root, 'scripts/build/entry.mjs');

// What rustc's wasm32 has by default and workerd takes, by name: a newer binaryen would otherwise use what workerd does
// not know yet. Exceptions are how the glue catches what JavaScript throws.
const FEATURES = [
  'mutable-globals',
  'sign-ext',
  'nontrapping-float-to-int',
  'bulk-memory',
  'multivalue',
  'reference-types',
  'exception-handling',
].map((name) => `--enable-${name}`);

const npmBin = (name) => join(root, 'node_modules/.bin', name);

/** What cargo's part of a Worker is of the whole, and the crate itself, which comes last and reports nothing meanwhile. */
const CRATES_SHARE = 0.43;
const LAST_CRATE_SHARE = 0.32;
const OPTIMISING_SHARE = 0.24;

/**
 * @typedef {object} Watch
 * @property {import('./progress.mjs').Job} [job]
 * @property {AbortSignal} [signal]
 */

/**
 * The program of scripts/build/glue. Resolves with its path.
 *
 * @param {Watch} watch
 */
export async function compileGlueMaker({ job, signal }) {
  await cargoBuild(['--package', 'glue', '--profile', 'build-tool'], {
    tell: ({ words, done, of }) => job?.tell(words, done / of),
    signal,
  });
  job?.end();
  return join(root, 'target/build-tool/glue');
}

/**
 * The crate in `folder`. Resolves with the path of its wasm, of which wasm-bindgen has to make a module yet.
 *
 * @param {{ folder?: string, name: string } & Watch} crate
 */
export async function compileCrate({ folder = root, name, job, signal }) {
  await cargoBuild(['--package', name, '--lib', '--release', '--target', 'wasm32-unknown-unknown'], {
    tell: ({ words, done, of }) => job?.tell(words, (CRATES_SHARE * done) / of, done + 1 === of ? LAST_CRATE_SHARE : 0),
    signal,
    cwd: folder,
    // wasm-bindgen's macro then writes promises by js-sys, as `worker` does, not by a crate that isn't there.
    env: { WASM_BINDGEN_USE_JS_SYS: '1' },
  });
  return join(folder, 'target/wasm32-unknown-unknown/release', `${name.replaceAll('-', '_')}.wasm`);
}

/**
 * Makes `index.js` and `index_bg.wasm` in `out` of compiled wasm. `objects` names the Durable Object classes that it
 * exports. Resolves with the path of the same wasm with the names of its functions, for profiles.
 *
 * @typedef {object} Parts
 * @property {string} wasm
 * @property {string} glueMaker
 * @property {string[]} objects
 * @property {string} workFolder
 * @property {string} out
 * @property {import('./progress.mjs').Job} [job]
 *
 * @param {Parts} parts
 */
export async function assemble({ wasm, glueMaker, objects, workFolder, out, job }) {
  rmSync(workFolder, { recursive: true, force: true });
  mkdirSync(workFolder, { recursive: true });
  mkdirSync(out, { recursive: true });
  const inWork = (name) => join(workFolder, name);
  job?.tell('optimising', CRATES_SHARE + LAST_CRATE_SHARE, OPTIMISING_SHARE);
  await runQuietly(glueMaker, [wasm, workFolder]);

  // For speed, where rustc went for size: some hundredths less CPU for a write, 2 KB more.
  const named = inWork('index_bg.named.wasm');
  await runQuietly(npmBin('wasm-opt'), ['-O3', ...FEATURES, '--debuginfo', inWork('index_bg.wasm'), '-o', named]);
  // The names are a tenth of what would be uploaded, and no panic is allowed whose trace they would tell. Before they go,
  // functions are put in the order of their names: instances of the same generic function are alike, and gzip finds what
  // is alike only where it is near.
  await runQuietly(npmBin('wasm-opt'), [
    ...['--reorder-functions-by-name', '--strip-debug', '--strip-producers', ...FEATURES],
    ...[named, '-o', join(out, 'index_bg.wasm')],
  ]);

  job?.tell('bundling', CRATES_SHARE + LAST_CRATE_SHARE + OPTIMISING_SHARE);
  // In workerd a plain import of a .wasm file is the compiled module.
  const glue = inWork('index.js');
  writeFileSync(glue, readFileSync(glue, 'utf8').replace(/^import source /gm, 'import '));
  writeFileSync(inWork('entry.js'), entryModule(objects));
  await runQuietly(npmBin('esbuild'), [
    inWork('entry.js'),
    ...['--bundle', '--minify', '--format=esm', '--external:./index_bg.wasm', '--external:cloudflare:*'],
    // A class that wrangler.toml names and Rust does not export.
    '--log-override:import-is-undefined=error',
    ...['--log-level=warning', `--outfile=${inWork('bundle.js')}`],
  ]);
  copyFileSync(inWork('bundle.js'), join(out, 'index.js'));
  return named;
}

/** Exports have to stand in the text of a module: so this is written for each Worker. */
function entryModule(objects) {
  return [
    `import { entryPoints } from ${JSON.stringify(ENTRY)};`,
    `import * as rust from './index.js';`,
    `const { Worker, object } = entryPoints(rust);`,
    `export default Worker;`,
    ...objects.map((name) => `export const ${name} = object(rust.${name});`),
    '',
  ].join('\n');
}
