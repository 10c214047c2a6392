// One at a time, across processes.

import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './terminal.mjs';

/** Runs `body` while holding the lock file; waits for whoever holds it. */
export async function withLock(path, holder, body) {
  let told = false;
  let release;
  while (!(release = tryLock(path))) {
    if (!told) say(`Waiting for ${holder} to end (${path}) ...`);
    told = true;
    await sleep(200);
  }
  try {
    return await body();
  } finally {
    release();
  }
}

/** Takes the lock file and returns the function that gives it back, or null if a live process holds it. */
export function tryLock(path) {
  // The second time is for a lock whose holder died: the first removes it.
  if (!take(path) && !take(path)) return null;
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  return () => {
    process.off('exit', release);
    release();
  };
}

function take(path) {
  // Linked rather than created: so the file is never seen without the number of its holder.
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isDead(holderOf(path))) rmSync(path, { force: true });
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** The process that holds the lock; null if it was released just now. */
function holderOf(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function isDead(pid) {
  if (pid === null) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
