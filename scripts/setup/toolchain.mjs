// For shell scripts: sees to it that Rust is there, and prints the name by which rustup has it where that is not the one
// of rust-toolchain.toml.

import { main } from '../terminal.mjs';
import { ensureRust } from './rust.mjs';

await main(async () => {
  await ensureRust();
  process.stdout.write(process.env.RUSTUP_TOOLCHAIN ?? '');
});
