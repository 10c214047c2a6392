// Everything that a build needs, installed where it is missing.

import { join } from 'node:path';
import { root } from '../paths.mjs';
import { ensureWasmBindgen, ensureWorkerBuild } from './cargo-tools.mjs';
import { ensureNpmPackages } from './npm-packages.mjs';
import { ensureCargo, ensureWasmTarget } from './rust.mjs';

/**
 * Resolves with the build command, and with the environment that names its helpers: whatever is not
 * named there, worker-build downloads by itself, past every lock file.
 */
export async function ensureBuildTools() {
  ensureCargo();
  await ensureNpmPackages();
  await ensureWasmTarget();
  const workerBuild = await ensureWorkerBuild();
  const wasmBindgen = await ensureWasmBindgen();
  const npmBin = (name) => join(root, 'node_modules/.bin', name);
  return {
    workerBuild,
    env: {
      WASM_BINDGEN_BIN: wasmBindgen,
      WASM_OPT_BIN: npmBin('wasm-opt'),
      ESBUILD_BIN: npmBin('esbuild'),
      // A compiler error is not made clearer by where in worker-build it passed.
      RUST_BACKTRACE: '0',
    },
  };
}
