// Looking into Rollcall's tables, and filling them, by the inspector worker.

import { inject } from 'vitest';
import { sendBatch } from './inspector-client.mjs';

/** The rows of one statement. */
export async function rows(sql, ...params) {
  const [answer] = await batch([{ sql, params }]);
  return answer.rows;
}

/** Runs a list of {sql, params} as one D1 batch; resolves with [{rows, meta}]. */
export function batch(statements) {
  return sendBatch(inject('rollcall').inspectorUrl, statements);
}

/**
 * Inserts many rows at once: the list goes as one JSON parameter. `columns` names the columns and, by the
 * same names, the members of each row.
 */
export function insertRows(table, columns, list) {
  const values = columns.map((column) => `value ->> '$.${column}'`).join(', ');
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values} FROM json_each(?)`;
  return batch([{ sql, params: [JSON.stringify(list)] }]);
}
