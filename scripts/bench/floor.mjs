// Builds the floor, with the tools and the profile that Rollcall is built with.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { runQuietly } from '../process.mjs';
import { ensureBuildTools } from '../setup/tools.mjs';
import { say } from '../terminal.mjs';

const folder = join(root, 'scripts/bench/floor');
const INPUTS = ['Cargo.toml', 'Cargo.lock', 'src/lib.rs'];

export const floorBuild = join(folder, 'build');

export async function buildFloor() {
  const stamp = join(floorBuild, '.inputs');
  const hash = createHash('sha256');
  for (const name of INPUTS) hash.update(readFileSync(join(folder, name)));
  const inputs = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;
  say('Building the floor (about a minute) ...');
  const { workerBuild, env } = await ensureBuildTools();
  await runQuietly(workerBuild, ['--release'], { env, cwd: folder });
  writeFileSync(stamp, inputs);
}
