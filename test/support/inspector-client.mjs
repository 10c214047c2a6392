// The protocol of ./workers/inspector.mjs.

/** Runs a list of {sql, params} as one D1 batch; resolves with [{rows, meta}], fails with D1's own words. */
export async function sendBatch(inspectorUrl, statements) {
  const response = await fetch(inspectorUrl, { method: 'POST', body: JSON.stringify(statements) });
  const { results, error } = await response.json();
  if (error) throw new Error(`${error}\nin: ${statements.map(({ sql }) => sql).join(';\n')}`);
  return results;
}
