// Lists of the management API, page by page.

import { expect } from 'vitest';

/** Follows the cursors to the end; resolves with all results. `get` takes the query string. */
export async function walked(get, limit) {
  const all = [];
  let cursor = null;
  do {
    const { status, body } = await get(
      `?limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    expect([status, Object.keys(body)]).toEqual([200, ['results', 'next']]);
    expect(body.results.length).toBeLessThanOrEqual(limit);
    // A page with another behind it is full.
    if (body.next !== null) expect(body.results.length).toBe(limit);
    all.push(...body.results);
    cursor = body.next;
  } while (cursor !== null);
  return all;
}
