// A company of a given size, and calls in it that tell what they asked of D1.

import { inject } from 'vitest';
import { newCompany, send } from '../support/client.mjs';
import { batch, rows } from '../support/database.mjs';
import { person, populate, populateGroups } from '../support/population.mjs';
import { until } from '../support/until.mjs';

/**
 * A company with `size` teammates, as many groups, and ten more teammates who are in these. Its tokens have been used already: at most once a minute a call also
 * keeps, after its answer, that its token was used, and what is measured here is the usual call.
 */
export async function companyOf(size) {
  const company = await newCompany();
  await batch([...populate(company.companyId, size), ...populateGroups(company.companyId, size)]);
  const template = await company.newTemplate('Support squad');
  const unseenTokens = [(await company.newToken()).token, (await company.newToken()).token];
  await keptAsUsed(company, [company.token, ...unseenTokens]);
  // From now on this isolate remembers the company's token, and not the others.
  await call({ token: company.token }, { method: 'GET', path: '/v2/Users?count=0' });
  return {
    ...company,
    size,
    operatorKey: inject('rollcall').operatorKey,
    template: template.id,
    unseenTokens,
    /** The teammate number `i` from the end: another one for each call that changes it. */
    teammate: (i) => person(size - 1 - i),
  };
}

/** Uses the tokens in another isolate, and waits until the tables say so. */
async function keptAsUsed({ companyId }, tokens) {
  const { baseUrl } = inject('rollcall');
  for (const token of tokens)
    await send('GET', `${baseUrl}/v2/Users?count=0`, { headers: { authorization: `Bearer ${token}` } });
  const unused = () => rows('SELECT id FROM tokens WHERE company_id = ? AND last_used_at IS NULL', companyId);
  await until(unused, (ids) => ids.length === 0);
}

/** Sends one call; resolves with its status, its cost as counted from outside, and as it says itself. */
export async function call(
  { token },
  { method, path, body = undefined, authorization = `Bearer ${token}`, headers: more = {} },
) {
  const { meteredUrl } = inject('rollcall');
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }), ...more };
  const answer = await send(method, `${meteredUrl}${path}`, { headers, body });
  const number = (name) => Number(answer.headers.get(name));
  return {
    status: answer.status,
    body: answer.body,
    cost: { calls: number('x-d1-calls'), rowsRead: number('x-d1-rows-read'), rowsWritten: number('x-d1-rows-written') },
    claimed: claimedCost(answer.headers.get('server-timing')),
  };
}

function claimedCost(header) {
  if (header === null) return null;
  const [, calls, rowsRead, rowsWritten] = /^d1;desc="calls=(\d+) rows_read=(\d+) rows_written=(\d+)"$/
    .exec(header)
    .map(Number);
  return { calls, rowsRead, rowsWritten };
}
