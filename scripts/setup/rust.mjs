// The Rust of rust-toolchain.toml: found, or installed by rustup.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { answer, run } from '../process.mjs';
import { Halt, say } from '../terminal.mjs';

const TARGET = 'wasm32-unknown-unknown';

/** rustup would otherwise answer a question for the version with a download of a minute, in silence. */
const ASK_ONLY = { RUSTUP_AUTO_INSTALL: '0' };

/** From here on `cargo` is there, for this process and its children, and can compile for the Worker. */
export async function ensureRust() {
  await ensureCargo();
  await ensureWasmTarget();
}

async function ensureCargo() {
  if (answer('cargo', ['--version'], ASK_ONLY) !== null) return;
  if (answer('rustup', ['--version']) === null) {
    throw new Halt(
      'Rust is missing: install rustup (https://rustup.rs), open a new shell, and run the same command again.',
    );
  }
  const version = readFileSync(join(root, 'rust-toolchain.toml'), 'utf8').match(/^channel = "(.+)"$/m)[1];
  const twin = toolchainOf(version);
  if (twin) {
    // The same compiler by another name, as `stable`: what is there need not be fetched, and may be all that can be had.
    process.env.RUSTUP_TOOLCHAIN = twin;
    return;
  }
  say(`Installing Rust ${version} (about a minute) ...`);
  await run(
    'rustup',
    ['toolchain', 'install', version, '--profile', 'minimal', '--component', 'clippy,rustfmt', '--target', TARGET],
    {
      advice: `Rust's download server is not in reach. A toolchain that is ${version} by whatever name does as well: rustup toolchain list`,
    },
  );
}

/** The name of an installed toolchain whose compiler is of that version, or null. */
function toolchainOf(version) {
  const names = (answer('rustup', ['toolchain', 'list', '--quiet']) ?? '').split('\n').filter(Boolean);
  return names.find((name) => answer('rustup', ['run', name, 'rustc', '--version'])?.split(' ')[1] === version) ?? null;
}

/** The standard library that the Worker is linked with. */
async function ensureWasmTarget() {
  const folder = answer('rustc', ['--print', 'target-libdir', '--target', TARGET]);
  if (folder !== null && existsSync(folder)) return;
  if (answer('rustup', ['--version']) === null) {
    throw new Halt(
      `This Rust has no ${TARGET} standard library, and no rustup to add it with.\nInstall rustup (https://rustup.rs), or your distribution's package of that library.`,
    );
  }
  say(`Adding Rust's ${TARGET} standard library (a few seconds) ...`);
  await run('rustup', ['target', 'add', TARGET]);
}
