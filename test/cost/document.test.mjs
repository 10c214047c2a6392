// docs/FIGURES.md is for people: it has to show the costs that the other tests here hold the product to.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { costTables } from '../../scripts/figures/cost-tables.mjs';
import { root } from '../../scripts/paths.mjs';

test('docs/FIGURES.md shows the costs as they are; `npm run figures` writes it anew', () => {
  expect(readFileSync(join(root, 'docs/FIGURES.md'), 'utf8')).toContain(costTables());
});
