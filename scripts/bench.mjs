// npm run bench [-- --rounds N]: how fast Rollcall is beside a bare Worker, written to docs/BENCHMARKS.md.

import { join } from 'node:path';
import { buildFloor } from './bench/floor.mjs';
import { buildWorker } from './build-worker.mjs';
import { options } from './options.mjs';
import { root } from './paths.mjs';
import { run } from './process.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { modernNode } from './setup/node.mjs';
import { main } from './terminal.mjs';

await main(async () => {
  const { rounds } = options('npm run bench [-- --rounds N]', { rounds: { type: 'string', default: '10' } });
  await buildWorker();
  await ensureNpmPackages();
  await buildFloor();
  await run(modernNode(), [join(root, 'scripts/bench/run.mjs'), rounds], { output: 'stdout' });
});
