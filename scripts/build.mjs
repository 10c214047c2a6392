// npm run build [-- --force]: builds the Worker into build/.

import { parseArgs } from 'node:util';
import { buildWorker } from './build-worker.mjs';
import { main, say } from './terminal.mjs';

await main(async () => {
  const { values } = parseArgs({ options: { force: { type: 'boolean', default: false } } });
  await buildWorker(values);
  say('build/ is up to date.');
});
