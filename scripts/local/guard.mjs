// Runs the command of its arguments and ends it, with all that it started, when the pipe on its stdin
// closes. The pipe closes however its owner dies, by SIGKILL too. The owner starts the guard as the
// leader of a process group, so that one signal to the group reaches everything.

import { spawn } from 'node:child_process';

const GRACE_MS = 3000;
const [program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let ending = false;

function end() {
  if (ending) return;
  ending = true;
  process.kill(0, 'SIGTERM');
  // Whatever is left of the group by then, this process included.
  setTimeout(() => process.kill(0, 'SIGKILL'), GRACE_MS);
}

// The guard itself outlives the SIGTERM that it sends to its group.
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.on('SIGHUP', end);
process.stdin.on('end', end).on('error', end).resume();

child.on('error', (error) => {
  console.error(String(error));
  process.exit(1);
});
child.on('exit', (code) => {
  // Its children may live on (workerd does when wrangler is killed): the group goes as a whole.
  if (!ending) console.error(`The local server ended by itself (status ${code ?? 'none: killed'}).`);
  process.kill(0, 'SIGKILL');
});
