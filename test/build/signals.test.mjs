// What ends `npm start`: a signal, or that whoever started it is gone, and not that nobody could tell. It says why.

import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watching } from '../../scripts/local/signals.mjs';
import { root } from '../../scripts/paths.mjs';
import { until } from '../support/until.mjs';

const SIGNALS = JSON.stringify(pathToFileURL(join(root, 'scripts/local/signals.mjs')).href);
const WAITS = `
  const { untilTold } = await import(${SIGNALS});
  const told = untilTold();
  const awake = setInterval(() => {}, 1000);
  console.log('waits ' + process.pid);
  await told;
  clearInterval(awake);
  console.log('ends: ' + told.reason);
`;

let folder;
let running;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-signals-'));
  running = [];
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** What each question answers, one after the other; the last answer stays. */
const answering = (answers) => () => (answers.length > 1 ? answers.shift() : answers[0]);

test.each([
  ['nothing changes', { parent: [7], grandparent: [3] }, [null, null, null]],
  ['ps fails once', { parent: [7], grandparent: [3, null, 3] }, [null, null, null]],
  ['ps fails from then on', { parent: [7], grandparent: [3, null] }, [null, null, null]],
  ['ps fails at first', { parent: [7], grandparent: [null, 3] }, [null, null, null]],
  ['ps is not there, or this is no script of npm', { parent: [7], grandparent: [null] }, [null, null, null]],
  ['npm is gone', { parent: [7], grandparent: [3, 3, 1] }, [null, 'npm, which started it (process 3), is gone']],
  [
    'npm is gone, and was unknown at first',
    { parent: [7], grandparent: [null, 3, 1] },
    [null, 'npm, which started it (process 3), is gone'],
  ],
  ['the shell is gone', { parent: [7, 1], grandparent: [null] }, ['whoever started it (process 7) is gone']],
])('%s', (_, { parent, grandparent }, reasons) => {
  const watch = watching({ parent: answering(parent), grandparent: answering(grandparent) });
  expect(reasons.map(() => watch())).toEqual(reasons);
});

/** Runs a command whose grandchild or child waits to be told; its output is collected. */
function started(command, args, env) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(child);
  const said = { text: '' };
  child.stdout.on('data', (piece) => (said.text += piece));
  const says = (pattern) =>
    until(
      () => sleep(50, said).then(({ text }) => text),
      (text) => pattern.test(text),
    );
  return { child, says, said };
}

test('a ps that fails ends nothing; a signal does, and is named', async () => {
  // The real one answers the first question, and no later one.
  const ps = join(folder, 'ps');
  writeFileSync(
    ps,
    `#!/bin/sh\nif mkdir "${folder}/asked" 2>/dev/null; then echo 1; else echo x >> "${folder}/failed"; exit 1; fi\n`,
  );
  chmodSync(ps, 0o755);
  const { child, says, said } = started(process.execPath, ['--input-type=module', '-e', WAITS], {
    PATH: [folder, process.env.PATH].join(delimiter),
    npm_lifecycle_event: 'start',
  });
  await says(/waits/);
  await sleep(2500);
  expect(said.text).not.toContain('ends');
  child.kill('SIGTERM');
  await says(/^ends: it got SIGTERM$/m);
});

test('who was started by a shell that is gone ends, and says so', async () => {
  const script = join(folder, 'waits.mjs');
  writeFileSync(script, WAITS);
  // Not the last command, so that the shell stays and does not become it.
  const { child, says } = started('sh', ['-c', `"${process.execPath}" "${script}" & wait; true`], {});
  await says(/waits/);
  child.kill('SIGKILL');
  await says(new RegExp(`^ends: whoever started it \\(process ${child.pid}\\) is gone$`, 'm'));
});
