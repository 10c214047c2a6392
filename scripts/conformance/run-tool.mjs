// A tool as a child process whose stdout is its report.

import { spawn } from 'node:child_process';
import { childEnv } from '../process.mjs';
import { Halt } from '../terminal.mjs';

/** Resolves with what it printed; fails where it ends with another status than the expected ones. */
export function runTool([program, ...args], env = {}, expected = [0]) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: childEnv({ PYTHONWARNINGS: 'ignore', ...env }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (piece) => (stdout += piece));
    child.stderr.on('data', (piece) => (stderr += piece));
    child.on('error', reject);
    child.on('close', (code) => {
      if (expected.includes(code)) resolve({ stdout, code });
      else reject(new Halt(`${[program, ...args.slice(0, 2)].join(' ')} ended with ${code}:\n${stderr.trimEnd()}`));
    });
  });
}
