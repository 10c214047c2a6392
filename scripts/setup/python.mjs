// Python and what the conformance tools need of it: found, and put into an environment of their own.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from '../lock.mjs';
import { cargoHome, root } from '../paths.mjs';
import { answer, run } from '../process.mjs';
import { Halt, say } from '../terminal.mjs';

const REQUIREMENTS = join(root, 'scripts/conformance/requirements.txt');
const CANDIDATES = ['python3', 'python3.11', 'python3.12', 'python3.13', 'python3.14'];
// ensurepip is what Debian leaves out of python3: without it venv makes an environment that has no pip.
const FITS = 'import ensurepip, sys, venv; assert sys.version_info >= (3, 11); print(sys.version.split()[0])';

/**
 * Resolves with the Python of a virtual environment that holds what requirements.txt locks. It is made once
 * for this machine, and anew when the file or the Python changes.
 */
export async function ensureConformanceTools() {
  const { python, version } = fittingPython();
  const lock = createHash('sha256').update(readFileSync(REQUIREMENTS)).update(version).digest('hex').slice(0, 16);
  // Beside the other cached tools, outside the clone.
  const folder = join(cargoHome, 'rollcall', `conformance-${lock}`);
  const stamp = join(folder, '.complete');
  const own = join(folder, 'bin/python');
  if (existsSync(stamp)) return own;
  mkdirSync(dirname(folder), { recursive: true });
  await withLock(`${folder}.lock`, 'another installation', async () => {
    if (existsSync(stamp)) return;
    say(
      `Installing scim2-tester and scim-sanity into ${folder} (once for this machine, about half a minute, 50 MB) ...`,
    );
    rmSync(folder, { recursive: true, force: true });
    await run(python, ['-m', 'venv', folder]);
    await run(
      own,
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '-r', REQUIREMENTS],
      {
        advice: 'Is a Python package index in reach? Then run the same command again.',
      },
    );
    writeFileSync(stamp, '');
  });
  return own;
}

function fittingPython() {
  for (const python of CANDIDATES) {
    const version = answer(python, ['-c', FITS]);
    if (version !== null) return { python, version };
  }
  throw new Halt(
    'Python 3.11 or newer with venv and pip is missing: the conformance tools are Python programs.\n' +
      'Install it (Debian: apt-get install python3 python3-venv; macOS: brew install python) and run the same command again.',
  );
}
