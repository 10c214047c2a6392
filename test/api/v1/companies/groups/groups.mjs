// Groups and those who are in them, made as the operator's app makes them.

import { newAppGroup } from '../../../../support/pushed-groups.mjs';

export { newAppGroup };

/** Makes teammates `a@example.com` and so on, one for each name; resolves with their ids. */
export async function newTeammates({ api }, ...names) {
  const ids = [];
  for (const name of names) {
    const answer = await api('POST', '/teammates', { user_name: `${name}@example.com`, display_name: name });
    if (answer.status !== 201)
      throw new Error(`POST /teammates answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    ids.push(answer.body.id);
  }
  return ids;
}

/** Makes a group of the app's that an identity provider then adopts without naming anybody, as Entra does. */
export async function newAdoptedGroup(company, display_name = 'Support', more = {}) {
  await newAppGroup(company, display_name, more);
  const answer = await company.scim('POST', '/Groups', { displayName: display_name });
  if (answer.status !== 201) throw new Error(`POST /Groups answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return (await company.api('GET', `/groups/${answer.body.id}`)).body;
}

/** The ids of all members, `query` without the question mark. */
export async function membersOf({ api }, id, query = '') {
  const { body } = await api('GET', `/groups/${id}/members?limit=500&${query}`);
  return body.results.map((member) => member.id);
}
