// The Rust toolchain: found, never installed, save for the wasm32 standard library.

import { existsSync } from 'node:fs';
import { answer, run } from '../process.mjs';
import { Halt, say } from '../terminal.mjs';

const TARGET = 'wasm32-unknown-unknown';

export function ensureCargo() {
  if (answer('cargo', ['--version']) === null) {
    throw new Halt('Rust is missing: install rustup (https://rustup.rs), open a new shell, and run the same command again.');
  }
}

/** The standard library that the Worker is linked with. */
export async function ensureWasmTarget() {
  const folder = answer('rustc', ['--print', 'target-libdir', '--target', TARGET]);
  if (folder !== null && existsSync(folder)) return;
  if (answer('rustup', ['--version']) === null) {
    throw new Halt(`This Rust has no ${TARGET} standard library, and no rustup to add it with.\nInstall rustup (https://rustup.rs), or your distribution's package of that library.`);
  }
  say(`Adding Rust's ${TARGET} standard library (a few seconds) ...`);
  await run('rustup', ['target', 'add', TARGET]);
}
