// package-lock.json says of every package what its bytes are, and the check finds one that is left out.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkIntegrity, withoutIntegrity } from '../../scripts/integrity.mjs';
import { root } from '../../scripts/paths.mjs';

const HASH = `sha512-${'A'.repeat(86)}==`;
const LOCK = {
  name: 'x',
  packages: {
    '': { name: 'x' },
    'node_modules/whole': { version: '1.0.0', integrity: HASH, license: 'MIT' },
    'node_modules/linked': { link: true },
    'node_modules/a/node_modules/@scope/lacking': { version: '2.0.0', license: 'MIT' },
    'node_modules/alias': { name: 'other', version: '3.0.0', integrity: 'sha1-x' },
  },
};

let folder;
let file;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-integrity-'));
  file = join(folder, 'package-lock.json');
  writeFileSync(file, JSON.stringify(LOCK));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('every package that is locked here has its integrity', () => {
  expect(withoutIntegrity(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))).toEqual([]);
});

test('the registry is asked about those that lack it, and what it gives is missing', () => {
  const asked = [];
  const ask = (...one) => asked.push(one) && HASH;
  expect(checkIntegrity({ file, ask })).toBe(1);
  expect(asked).toEqual([
    ['@scope/lacking', '2.0.0'],
    ['other', '3.0.0'],
  ]);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(LOCK);
});

test('a registry that gives none leaves nothing to do, one that does not answer is no such registry', () => {
  expect(checkIntegrity({ file, ask: () => '' })).toBe(0);
  expect(checkIntegrity({ file, ask: () => null })).toBe(1);
  expect(checkIntegrity({ file, ask: () => null, mends: true })).toBe(1);
});

test('it is written where npm writes it', () => {
  expect(checkIntegrity({ file, ask: () => HASH, mends: true })).toBe(0);
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  const mended = packages['node_modules/a/node_modules/@scope/lacking'];
  expect([Object.keys(mended), mended.integrity]).toEqual([['version', 'integrity', 'license'], HASH]);
  expect(packages['node_modules/alias'].integrity).toBe(HASH);
  expect(checkIntegrity({ file, ask: () => null })).toBe(0);
});
