// Every row of every table, as it is now: for calls that must leave nothing at all.

import { sendBatch } from './inspector-client.mjs';
import { until } from './until.mjs';

const TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'
  ORDER BY name`;

/** @returns {Promise<Record<string, string[]>>} by the name of the table, its rows as JSON, sorted. */
export async function dump({ inspectorUrl }) {
  const [{ rows: tables }] = await sendBatch(inspectorUrl, [{ sql: TABLES }]);
  const contents = await sendBatch(
    inspectorUrl,
    tables.map(({ name }) => ({ sql: `SELECT * FROM "${name}"` })),
  );
  return Object.fromEntries(
    tables.map(({ name }, place) => [name, contents[place].rows.map((row) => JSON.stringify(row)).sort()]),
  );
}

/** The same once nothing is on its way any more: some things are kept behind an answer. */
export async function settledDump(rollcall) {
  let last = '';
  return until(
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return dump(rollcall);
    },
    (tables) => {
      const is = JSON.stringify(tables);
      const isSettled = is === last;
      last = is;
      return isSettled;
    },
  );
}
