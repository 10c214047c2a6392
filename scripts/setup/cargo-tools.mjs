// worker-build and the wasm-bindgen CLI, at the versions that Cargo.lock fixes.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cargoHome, root } from '../paths.mjs';
import { answer, run } from '../process.mjs';
import { Halt, say } from '../terminal.mjs';

// Either tool runs for a second or two per build: not worth the minutes that optimising it takes.
const QUICK_TO_COMPILE = {
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '1',
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  CARGO_PROFILE_RELEASE_DEBUG: '0',
};

/** Resolves with the path of a worker-build that is of the same release as the `worker` crate. */
export function ensureWorkerBuild() {
  return ensureTool({ name: 'worker-build', crate: 'worker-build', version: lockedVersion('worker'), extra: ['--locked'], takes: '3 to 8 minutes' });
}

/** Resolves with the path of the CLI: it must be of exactly the version of the linked library. */
export function ensureWasmBindgen() {
  // Not --locked: the lock file inside that crate names versions that registries no longer serve.
  return ensureTool({ name: 'wasm-bindgen', crate: 'wasm-bindgen-cli', version: lockedVersion('wasm-bindgen'), extra: [], takes: '2 to 5 minutes' });
}

async function ensureTool({ name, crate, version, extra, takes }) {
  const usual = join(cargoHome, 'bin', name);
  // A version that somebody put into cargo's bin folder for another project stays: ours goes beside it.
  const ownRoot = join(cargoHome, 'rollcall', `${crate}-${version}`);
  const own = join(ownRoot, 'bin', name);
  const found = [usual, own].find((path) => hasVersion(path, version));
  if (found) return found;

  const installRoot = existsSync(usual) ? ownRoot : cargoHome;
  const path = join(installRoot, 'bin', name);
  say(`Installing ${crate} ${version} into ${join(installRoot, 'bin')} (once for this machine, ${takes}) ...`);
  await run('cargo', ['install', crate, '--version', `=${version}`, '--root', installRoot, ...extra], {
    env: QUICK_TO_COMPILE,
    advice: 'It needs a C compiler (Debian: build-essential; macOS: xcode-select --install) and a crate registry in reach.',
  });
  if (!hasVersion(path, version)) throw new Halt(`${path} was installed but does not say that it is version ${version}.`);
  return path;
}

/** Both tools print their version as the last word of a line. */
function hasVersion(path, version) {
  return existsSync(path) && answer(path, ['--version'])?.split(/\s+/).includes(version) === true;
}

function lockedVersion(name) {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const found = lock.match(new RegExp(`^name = "${name}"\\nversion = "([^"]+)"`, 'm'));
  if (!found) throw new Halt(`Cargo.lock does not name the crate ${name}: run \`cargo update --workspace\` and look at Cargo.toml.`);
  return found[1];
}
