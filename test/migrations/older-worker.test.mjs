// A deployment migrates first: for some seconds the Worker before works on the new schema, and after a rollback for longer.
// ./workers has what such Workers asked of D1, with what D1 answered then, recorded from the tests of the commit that
// the file is named after. Whatever migrations have come since, the same calls get the same answers.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/paths.mjs';
import { batch, rows } from '../support/database.mjs';

const folder = join(root, 'test/migrations/workers');

describe.each(readdirSync(folder))('the Worker of %s', (file) => {
  const { statements, companies, unanswered } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const companyOf = (calls) => JSON.stringify(calls).match(/\bcmp_[0-9a-z]{26}\b/)[0];

  test.each(companies.map((calls) => [companyOf(calls), calls]))(
    'its calls for %s are answered as then',
    async (_, calls) => {
      for (const [place, call] of calls.entries()) {
        const answers = await batch(call.map(([statement, params]) => ({ sql: statements[statement], params })));
        const now = answers.map((answer) => ({ rows: answer.rows, changes: answer.meta.changes }));
        const then = call.map(([, , answered, changes]) => ({ rows: answered, changes }));
        expect(now, `call ${place}: ${statements[call[0][0]].slice(0, 200)}`).toEqual(then);
      }
    },
  );

  // EXPLAIN compiles a statement and its triggers, and runs nothing.
  test.each(unanswered)('it can still ask: %.60s', async (sql) => {
    const parameters = Math.max(...[...sql.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number)));
    expect((await rows(`EXPLAIN ${sql}`, ...Array(parameters).fill(null))).length).toBeGreaterThan(0);
  });
});
