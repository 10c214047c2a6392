// The local server: `wrangler dev` and everything that it starts, as one thing that is begun and ended.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../paths.mjs';
import { childEnv } from '../process.mjs';
import { Halt } from '../terminal.mjs';
import { wranglerCommand, wranglerEnv } from './wrangler.mjs';

export const HOST = '127.0.0.1';
const READY_WITHIN_MS = 60_000;

/** Fails with advice if something else listens on the port. */
export async function ensurePortIsFree(port) {
  await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(portProblem(port, error)));
    probe.listen(port, HOST, () => probe.close(resolve));
  });
}

function portProblem(port, error) {
  const choose = `Choose another: npm start -- --port ${port + 1}`;
  if (error.code === 'EADDRINUSE') return new Halt(`Port ${port} is taken (perhaps by another npm start). ${choose}`);
  if (error.code === 'EACCES') return new Halt(`Port ${port} needs privileges. ${choose}`);
  return error;
}

/**
 * Starts serving. `ended` resolves when the server is gone for whatever reason, `stop()` ends it and
 * all of its processes.
 */
export function startServer({ port, folder, envFile }) {
  const command = wranglerCommand(
    'dev',
    ...['--ip', HOST, '--port', String(port)],
    // 0 takes any free port, so that two instances do not meet on the debugger's usual one.
    ...['--inspector-port', '0'],
    ...['--persist-to', folder],
    ...['--env-file', envFile],
    // Of the deployment whose wrangler.toml this is, and not of this machine.
    ...['--var', 'PUBLIC_URL:'],
    // The Worker's own console.warn and console.error show; a line for every request does not.
    ...['--log-level', 'warn'],
    '--show-interactive-dev-session=false',
  );
  const guard = spawn(process.execPath, [join(root, 'scripts/local/guard.mjs'), ...command], {
    cwd: root,
    env: childEnv(wranglerEnv(folder)),
    // A group of its own: the Ctrl-C of a terminal reaches only this process, which then ends them in order.
    detached: true,
    stdio: ['pipe', process.stderr, process.stderr],
  });
  // A guard that is gone already has nothing to be told.
  guard.stdin.on('error', () => {});
  const ended = new Promise((resolve) => guard.on('exit', resolve)).then(() => killGroup(guard.pid));
  const stop = async () => {
    guard.stdin.end();
    await ended;
  };
  return { ended, stop };
}

/** The guard ends its group before itself, unless somebody killed the guard. */
function killGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error;
  }
}

/** Resolves when the server answers; fails if it ends or answers with something else. */
export async function untilReady(baseUrl, ended) {
  let over = false;
  ended.then(() => (over = true));
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (over) throw new Halt('The local server could not start; its own words are above.');
    const response = await fetch(`${baseUrl}/v2/ServiceProviderConfig`).catch(() => null);
    if (response?.ok) return;
    if (response)
      throw new Halt(`The local server answers ${response.status}: ${(await response.text()).slice(0, 500)}`);
    await sleep(50);
  }
  throw new Halt(`The local server did not answer within ${READY_WITHIN_MS / 1000} s.`);
}
