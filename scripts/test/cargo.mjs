// The host tests: `cargo test`, counted by its summary lines.

import { status } from '../process.mjs';

const SUMMARY = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm;

export async function runCargoTests(filter) {
  let printed = '';
  const code = await status('cargo', ['test', '--locked', ...filter], { output: (piece) => (printed += piece) });
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, ignored] of printed.matchAll(SUMMARY)) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counts.skipped += Number(ignored);
  }
  // What did not compile counts as one failure.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}
