// Shows what the Worker logged when a test failed; otherwise the log stays in its file.

import { existsSync, readFileSync } from 'node:fs';
import { WORKER_LOG } from './rollcall.mjs';

const LINES = 40;

export class WorkerLogReporter {
  onTestRunEnd(_modules, _errors, reason) {
    if (reason !== 'failed' || !existsSync(WORKER_LOG)) return;
    const lines = readFileSync(WORKER_LOG, 'utf8').trimEnd().split('\n').filter(Boolean);
    if (lines.length === 0) return;
    console.error(
      `\nThe Worker's log, last ${Math.min(LINES, lines.length)} of ${lines.length} lines (all: ${WORKER_LOG})`,
    );
    console.error(lines.slice(-LINES).join('\n'));
  }
}
