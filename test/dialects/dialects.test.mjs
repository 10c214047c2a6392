// What each identity provider sends, and what it has to get: a table for each, and for what the RFCs show. How a
// case reads is told in ../support/dialect-cases.mjs.

import { expect, test } from 'vitest';
import { runTables } from '../support/dialect-cases.mjs';

const tables = Object.values(import.meta.glob(['./*.mjs', '!./*.test.mjs'], { eager: true, import: 'default' }));

test('every case has a source, and a name of its own in its table', () => {
  for (const { idp, cases } of tables) {
    expect(
      cases.filter(({ source }) => !source),
      idp,
    ).toEqual([]);
    expect(new Set(cases.map(({ name }) => name)).size, idp).toBe(cases.length);
  }
  expect(tables.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(1300);
});

test('a PATCH of a group, which answers nothing, is held against what the group is then', () => {
  const steps = tables.flatMap(({ cases }) => cases.flatMap(({ steps }) => steps));
  const silent = steps.filter(([{ method, path }, { status }]) => {
    return method === 'PATCH' && path.startsWith('/Groups/') && status === 204;
  });
  expect(silent.length).toBeGreaterThan(100);
  expect(silent.filter(([, wanted]) => !('group' in wanted))).toEqual([]);
});

runTables(tables);
