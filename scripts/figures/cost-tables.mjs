// What calls ask of D1, as docs/FIGURES.md shows it.

import { COSTS } from '../../test/cost/costs.mjs';

export function costTables() {
  return Object.entries(COSTS).map(costTable).join('\n\n');
}

function costTable([group, calls]) {
  const lines = calls.map(
    ([name, status, { calls: trips, rowsRead, rowsWritten }]) =>
      `| ${name} | ${status} | ${trips} | ${rowsRead} | ${rowsWritten} |`,
  );
  return [`| ${group} | status | round trips | rows read | rows written |`, '|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}
