// npm start [-- --port N --persist-to DIR]: installs what is missing, builds, and serves Rollcall on
// this machine, with a demo company to try.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildWorker } from './build-worker.mjs';
import { ensureDemo } from './local/demo.mjs';
import { ensureMigrated } from './local/migrations.mjs';
import { localSecrets } from './local/secrets.mjs';
import { HOST, ensurePortIsFree, startServer, untilReady } from './local/server.mjs';
import { untilTold } from './local/signals.mjs';
import { tryLock } from './lock.mjs';
import { options } from './options.mjs';
import { persistFolder } from './paths.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { Halt, main, say } from './terminal.mjs';

await main(async () => {
  const { port: portText, 'persist-to': persistTo } = options('npm start -- [--port N] [--persist-to DIR]', {
    port: { type: 'string', default: '8787' },
    'persist-to': { type: 'string' },
  });
  const port = portNumber(portText);
  const folder = persistFolder(persistTo);
  const baseUrl = `http://${HOST}:${port}`;

  await ensurePortIsFree(port);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!tryLock(join(folder, 'serving.pid'))) {
    throw new Halt(`Another npm start serves from ${folder}. Choose another folder: npm start -- --persist-to DIR`);
  }
  await buildWorker();
  await ensureNpmPackages();
  const { key, envFile } = localSecrets(folder);
  await ensureMigrated(folder);

  const toldToStop = untilTold();
  const server = startServer({ port, folder, envFile });
  try {
    await Promise.race([untilReady(baseUrl, server.ended), toldToStop]);
    if (toldToStop.reason) return ended(toldToStop.reason);
    const demo = await ensureDemo({ folder, baseUrl, operatorKey: key });
    process.stdout.write(
      `\n${baseUrl}/\n\nSCIM URL      ${demo.scim_url}\nToken         ${demo.token}\nOperator key  ${demo.operator_key}\n`,
    );
    say('\nNext: npm run simulate -- okta      Ctrl-C ends it.');
    await Promise.race([server.ended, toldToStop]);
    return ended(toldToStop.reason);
  } finally {
    await server.stop();
  }
});

/** Says why it ends, and with which status: by itself the server never ought to. */
function ended(reason) {
  say(`\nnpm start ends: ${reason ?? 'the local server ended, by itself or killed'}.`);
  return reason ? 0 : 1;
}

function portNumber(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Halt(`--port takes a number from 1 to 65535, not "${text}".`);
}
