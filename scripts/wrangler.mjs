// npm run wrangler -- ARGUMENTS: wrangler, under the Node that it needs.

import { status } from './process.mjs';
import { wranglerCommand } from './local/wrangler.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { main } from './terminal.mjs';

await main(async () => {
  await ensureNpmPackages();
  const [program, ...args] = wranglerCommand(...process.argv.slice(2));
  return status(program, args, { input: 'inherit', output: 'stdout' });
});
