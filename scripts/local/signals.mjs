// When to stop: on a signal, or when whoever started this process is gone.

import { answer } from '../process.mjs';

const CHECK_MS = 1000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * A promise that resolves once the process is told to stop; its property `reason` then says why, for people.
 * From the call on, signals no longer end the process by themselves: it has others to end first.
 */
export function untilTold() {
  /** @type {Promise<void> & { reason?: string }} */
  const told = new Promise((resolve) => {
    const stop = (reason) => {
      told.reason ??= reason;
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, () => stop(`it got ${signal}`));
    // npm runs a script by a shell: killed, neither of the two passes anything on.
    const watch = watching({
      parent: () => process.ppid,
      grandparent: () => (process.env.npm_lifecycle_event ? parentOf(process.ppid) : null),
    });
    setInterval(() => {
      const reason = watch();
      if (reason) stop(reason);
    }, CHECK_MS).unref();
  });
  return told;
}

/**
 * A function that says why this process is abandoned, or null while it is not, from who its parent and grandparent are.
 * Unknown (null) is not gone: `ps` may fail on a machine that is short of memory or processes, and a server must not end
 * for it.
 */
export function watching({ parent, grandparent }) {
  const firstParent = parent();
  let npm = grandparent();
  return () => {
    if (parent() !== firstParent) return `whoever started it (process ${firstParent}) is gone`;
    const now = grandparent();
    npm ??= now;
    // Between the two questions the parent may have gone: then it is somebody else's parent that was told.
    const isGone = now !== null && now !== npm && parent() === firstParent;
    return isGone ? `npm, which started it (process ${npm}), is gone` : null;
  };
}

function parentOf(pid) {
  return Number(answer('ps', ['-o', 'ppid=', '-p', String(pid)])) || null;
}
