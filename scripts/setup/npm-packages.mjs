// node_modules, as package-lock.json has it.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { runQuietly } from '../process.mjs';
import { say } from '../terminal.mjs';

const stamp = join(root, 'node_modules/.rollcall-lock');

/**
 * Runs `npm ci` unless node_modules was made from this very lock file, on this platform.
 *
 * @param {{ job?: import('../build/progress.mjs').Job, signal?: AbortSignal }} [options]
 */
export async function ensureNpmPackages({ job, signal } = {}) {
  const wanted = lockHash();
  if (read(stamp) === wanted) return job?.end();
  if (!job) say('Installing npm packages (about half a minute, 550 MB) ...');
  job?.tell('installing', 0, 1);
  // Only errors are shown: on Node 20 npm would warn of every package that runs on the bundled Node 22.
  await runQuietly('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    signal,
    advice: 'Is a package registry in reach? `npm ping` tells. Then run the same command again.',
  });
  writeFileSync(stamp, wanted);
  job?.end();
}

function lockHash() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
