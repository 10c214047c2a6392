// The secrets that `npm start` makes for itself.

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localSecrets } from '../../scripts/local/secrets.mjs';

let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'rollcall-secrets-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const contents = () => readFileSync(join(folder, 'secrets.env'), 'utf8');

test('they are made once, for their owner alone', () => {
  const { key, envFile } = localSecrets(folder);
  const made = contents();
  expect(made).toMatch(/^OPERATOR_KEY=[\w-]{43}\nROOT_SECRET=[\w-]{43}\n$/);
  expect(made).toContain(`OPERATOR_KEY=${key}\n`);
  expect(statSync(envFile).mode & 0o777).toBe(0o600);
  expect(localSecrets(folder)).toEqual({ key, envFile });
  expect(contents()).toBe(made);
});

test('the key of an earlier version stays, and the root secret comes beside it', () => {
  const key = 'k'.repeat(43);
  writeFileSync(join(folder, 'operator.env'), `OPERATOR_KEY=${key}\n`);
  expect(localSecrets(folder).key).toBe(key);
  expect(contents()).toMatch(new RegExp(`^OPERATOR_KEY=${key}\nROOT_SECRET=[\\w-]{43}\n$`));
});

test.each(['OPERATOR_KEY=short\n', 'OPERATOR_KEY=\n', `OPERATOR_KEY=${'k'.repeat(43)}\nROOT_SECRET=short`])(
  'one that is too short is refused with what to do: %j',
  (text) => {
    writeFileSync(join(folder, 'secrets.env'), text);
    expect(() => localSecrets(folder)).toThrow('characters at least: delete its line, and a new one is made');
    expect(contents()).toBe(text);
  },
);
