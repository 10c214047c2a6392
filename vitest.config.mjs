// The integration tests: the built Worker in workerd with real local D1, spoken to over HTTP.
// `npm test` builds first and runs these under the right Node; after a build `npx vitest` works alone.

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { WorkerLogReporter } from './test/support/worker-log-reporter.mjs';

// `npm test` counts by this report.
const report = process.env.ROLLCALL_TEST_REPORT;

export default defineConfig({
  test: {
    include: ['test/**/*.test.mjs'],
    globalSetup: 'test/support/global-setup.mjs',
    reporters: [
      'default',
      new WorkerLogReporter(),
      ...(report ? [/** @type {any} */ (['json', { outputFile: report }])] : []),
    ],
    // One workerd serves all files; each test makes companies of its own, so files run side by side.
    pool: 'threads',
    // vitest leaves a core free, which on two cores is one file at a time; but tests mostly wait for workerd.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // The tests keep nothing of their own in memory: a fresh module graph for each file would cost a third.
    isolate: false,
    // Far above what a call takes: it is for machines with few cores under load.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
