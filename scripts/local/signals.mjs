// When to stop: on a signal, or when whoever started this process is gone.

import { answer } from '../process.mjs';

const CHECK_MS = 1000;

/**
 * A promise that resolves once the process is told to stop; its property `signal` then says by what.
 * From the call on, signals no longer end the process by themselves: it has others to end first.
 */
export function untilTold() {
  /** @type {Promise<void> & { signal?: string }} */
  const told = new Promise((resolve) => {
    const stop = (signal) => {
      told.signal ??= signal;
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
    // npm runs a script by a shell: killed, neither of the two passes anything on.
    const parent = process.ppid;
    const npm = process.env.npm_lifecycle_event ? parentOf(parent) : null;
    const abandoned = () => process.ppid !== parent || (npm !== null && parentOf(parent) !== npm);
    setInterval(() => abandoned() && stop('parent'), CHECK_MS).unref();
  });
  return told;
}

function parentOf(pid) {
  return Number(answer('ps', ['-o', 'ppid=', '-p', String(pid)])) || null;
}
