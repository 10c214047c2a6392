// npm test [-- FILTER]: the host tests of the pure rooms, then the integration tests against the built
// Worker. `npm run test:host` and `npm run test:worker` run one half. The last line is the plain total.

import { buildWorker } from './build-worker.mjs';
import { runCargoTests } from './test/cargo.mjs';
import { runVitest } from './test/vitest.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { ensureRust } from './setup/rust.mjs';
import { Halt, main } from './terminal.mjs';

const HALVES = ['host', 'worker'];

await main(async () => {
  const words = process.argv.slice(2);
  const half = HALVES.includes(words[0]) ? words.shift() : null;
  if (half === 'host' && words.length > 1) throw new Halt('cargo test takes one filter.');

  const totals = [];
  await ensureRust();
  if (half !== 'worker') totals.push(await runCargoTests(words));
  if (half !== 'host') {
    await buildWorker();
    await ensureNpmPackages();
    totals.push(await runVitest(words));
  }
  const sum = (key) => totals.reduce((total, one) => total + one[key], 0);
  const skipped = sum('skipped');
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`);
  return sum('failed') === 0 ? 0 : 1;
});
