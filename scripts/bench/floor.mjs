// Builds the floor in the way that Rollcall is built.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble, compileCrate, compileGlueMaker } from '../build/compile.mjs';
import { root } from '../paths.mjs';
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
  const glueMaker = await compileGlueMaker({});
  const wasm = await compileCrate({ folder, name: 'floor' });
  await assemble({ wasm, glueMaker, objects: [], workFolder: join(folder, 'target/worker'), out: floorBuild });
  writeFileSync(stamp, inputs);
}
