// cargo-deny, at the version that is fixed here: nothing else names it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cargoHome } from '../paths.mjs';
import { runQuietly } from '../process.mjs';
import { say } from '../terminal.mjs';

const VERSION = '0.20.2';

// It runs for a second or two: not worth the minutes that optimising it takes.
const QUICK_TO_COMPILE = {
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  CARGO_PROFILE_RELEASE_DEBUG: '0',
};

/** Resolves with its path. Installed beside the other cached tools, outside the clone, for all clones. */
export async function ensureCargoDeny() {
  const folder = join(cargoHome, 'rollcall', `cargo-deny-${VERSION}`);
  const program = join(folder, 'bin/cargo-deny');
  if (existsSync(program)) return program;
  say(`Installing cargo-deny ${VERSION} into ${folder} (once for this machine, 1 to 3 minutes) ...`);
  await runQuietly(
    'cargo',
    ['install', 'cargo-deny', '--version', `=${VERSION}`, '--locked', '--no-default-features', '--root', folder],
    { env: QUICK_TO_COMPILE },
  );
  return program;
}
