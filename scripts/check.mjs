// npm run check: format, lint and types of the scripts and tests, and the integrity of what npm installs. `npm run format`
// mends the format, and what of lint can be mended without a thought.

import { join } from 'node:path';
import { checkIntegrity } from './integrity.mjs';
import { root } from './paths.mjs';
import { status } from './process.mjs';
import { modernNode } from './setup/node.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { main } from './terminal.mjs';

await main(async () => {
  await ensureNpmPackages();
  const npmBin = (name) => join(root, 'node_modules/.bin', name);
  if (process.argv.includes('--write')) {
    checkIntegrity({ mends: true });
    return status(npmBin('biome'), ['check', '--write', '.']);
  }
  const plain = process.stderr.isTTY ? [] : ['--colors=off'];
  // Each says all that it has to say: one round of mending, not three.
  const biome = await status(npmBin('biome'), ['ci', '--error-on-warnings', ...plain, '.']);
  const types = await status(modernNode(), [npmBin('tsc'), '--project', 'tsconfig.json']);
  return biome || types || checkIntegrity();
});
