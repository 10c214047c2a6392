// npm run test:conformance: the public conformance tools against the built Worker in workerd. One line for each
// check; the last line counts. Fails on any failure, and on any skip that scripts/conformance/tools.mjs does not
// give a reason for.

import { join } from 'node:path';
import { buildWorker } from './build-worker.mjs';
import { root } from './paths.mjs';
import { status } from './process.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { modernNode } from './setup/node.mjs';
import { ensureConformanceTools } from './setup/python.mjs';
import { main } from './terminal.mjs';

await main(async () => {
  const python = await ensureConformanceTools();
  await buildWorker();
  await ensureNpmPackages();
  return status(modernNode(), [join(root, 'scripts/conformance/run.mjs'), python], { output: 'stdout' });
});
