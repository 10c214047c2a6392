// The integration tests: vitest, counted by its JSON report.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { status } from '../process.mjs';
import { modernNode } from '../setup/node.mjs';

export async function runVitest(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-report-'));
  const report = join(folder, 'vitest.json');
  try {
    const code = await status(modernNode(), [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...filters], {
      env: { ROLLCALL_TEST_REPORT: report },
      output: 'stdout',
    });
    return counts(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function counts(report, code) {
  let result = {};
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    // vitest ended before it could write: its status says so.
  }
  const { numPassedTests: passed = 0, numPendingTests: pending = 0, numTodoTests: todo = 0 } = result;
  // A file that could not be loaded, or a setup that failed, counts as one failure.
  const failed = (result.numFailedTests ?? 0) || (code === 0 ? 0 : 1);
  return { passed, failed, skipped: pending + todo };
}
