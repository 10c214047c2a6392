// Whether package-lock.json says of every package what its bytes are. npm leaves that out where it did not see a package's
// metadata when it wrote the file (those of other platforms), and `npm ci` then installs whatever it is given.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { answer } from './process.mjs';
import { say } from './terminal.mjs';

const LOCK = join(root, 'package-lock.json');

/**
 * The entries that come from a registry and have no SHA-512: {place, name, version}.
 *
 * @param {{ packages: Record<string, any> }} lock
 */
export function withoutIntegrity({ packages }) {
  return Object.entries(packages)
    .filter(([place, { link, inBundle }]) => place !== '' && !link && !inBundle)
    .filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))
    .map(([place, { name, version }]) => ({ place, name: name ?? place.split('node_modules/').at(-1), version }));
}

/** The same lock file with that integrity, where npm itself would write it. */
export function withIntegrity(lock, place, integrity) {
  const { version, resolved, integrity: _, ...rest } = lock.packages[place];
  const entry = { version, ...(resolved && { resolved }), integrity, ...rest };
  return { ...lock, packages: { ...lock.packages, [place]: entry } };
}

/**
 * The exit status of the check: 1 where an entry lacks what its registry would give, or nobody can tell. With `mends`, it
 * is written down instead. A registry is asked about those entries alone; `ask` gives '' for none, null for unknown.
 *
 * @param {{ mends?: boolean, ask?: (name: string, version: string) => string | null, file?: string }} [options]
 */
export function checkIntegrity({ mends = false, ask = askRegistry, file = LOCK } = {}) {
  let lock = JSON.parse(readFileSync(file, 'utf8'));
  let lacking = 0;
  for (const { place, name, version } of withoutIntegrity(lock)) {
    const integrity = ask(name, version);
    if (integrity === '') {
      say(`package-lock.json: ${place} has no integrity, and its registry gives none.`);
      continue;
    }
    if (integrity === null)
      say(`package-lock.json: ${place} has no integrity, and its registry could not be asked. \`npm ping\` tells why.`);
    else if (mends) lock = withIntegrity(lock, place, integrity);
    else say(`package-lock.json: ${place} lacks its integrity (${integrity}): npm run format writes it down.`);
    lacking += 1;
  }
  if (mends && lacking > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  return lacking === 0 || (mends && withoutIntegrity(lock).length === 0) ? 0 : 1;
}

function askRegistry(name, version) {
  return answer('npm', ['view', `${name}@${version}`, 'dist.integrity']);
}
