// Groups as an identity provider makes them, and what the tables hold of them.

import { inject } from 'vitest';
import { newUsers } from './scim.mjs';
import { tablesOf, writingNothing } from './tables.mjs';

export { named, newGroup } from './scim.mjs';

/** Makes a group of the app's; resolves with it as the app sees it. */
export async function newAppGroup({ api }, display_name = 'Support', more = {}) {
  const answer = await api('POST', '/groups', { display_name, ...more });
  if (answer.status !== 201) throw new Error(`POST /groups answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Creates a teammate for each name; resolves with their ids. */
export async function newIds(company, ...names) {
  const users = await newUsers(
    company,
    names.map((name) => `${name}@example.com`),
  );
  return users.map(({ id }) => id);
}

/** Members as an answer shows them, where they have no displayName. */
export const shown = (ids, base = `${inject('rollcall').baseUrl}/v2`) =>
  ids.map((value) => ({ value, $ref: `${base}/Users/${value}`, type: 'User' }));

/** The ids of those whom SCIM shows as members, in the order of the answer. */
export async function membersOf({ scim }, { id }) {
  const answer = await scim('GET', `/Groups/${id}`);
  if (answer.status !== 200)
    throw new Error(`GET /Groups/${id} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return (answer.body.members ?? []).map(({ value }) => value);
}

/** The row of a group. */
export async function rowOf(company, { id }) {
  return (await tablesOf(company)).groups.find((group) => group.id === id);
}

/** What the tables hold of who is in a group: `{teammate: standing}`. */
export async function standings(company, { id }) {
  const { memberships } = await tablesOf(company);
  return Object.fromEntries(
    memberships.filter(({ group_id }) => group_id === id).map(({ teammate_id, standing }) => [teammate_id, standing]),
  );
}

/** What an event says of members who came and went. */
export const came = (...ids) => ({ count: ids.length, ids });
export const NOBODY = { count: 0, ids: [] };

/** Status, scimType and detail of a POST that has to be refused and to leave nothing behind. */
export async function refusedPost(company, body, headers) {
  const { status, body: answer } = await writingNothing(company, () => company.scim('POST', '/Groups', body, headers));
  return [status, answer.scimType, answer.detail];
}
