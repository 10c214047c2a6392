// What workerd, a child of this process, has taken of the CPU: steadier on a shared machine than rates.

import { readFileSync, readdirSync } from 'node:fs';

/** Linux counts in hundredths of a second. */
const TICKS = 100;

/** Seconds of CPU, user and system; null where there is no /proc to ask. */
export function cpuSecondsOfWorkerd() {
  if (process.platform !== 'linux') return null;
  const times = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf);
  const mine = times.filter((stat) => stat?.name === 'workerd' && stat.parent === process.pid);
  return mine.length === 0 ? null : mine.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS;
}

/** See proc(5). The name may hold spaces and brackets: the fields begin behind its last one. */
function statOf(pid) {
  let text;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It ended meanwhile.
    return null;
  }
  const close = text.lastIndexOf(')');
  const fields = text.slice(close + 2).split(' ');
  return {
    name: text.slice(text.indexOf('(') + 1, close),
    parent: Number(fields[1]),
    ticks: Number(fields[11]) + Number(fields[12]),
  };
}
