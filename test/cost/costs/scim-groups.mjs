// What reads of groups cost. The company has as many groups as teammates.

import { cost } from './cost.mjs';
import { crew, member } from '../../support/population.mjs';

const groups = (query, more) => ({ method: 'GET', path: `/v2/Groups${query}`, ...more });
const search = (filter, more = '') => groups(`?filter=${encodeURIComponent(filter)}${more}`);
const BARE = '&excludedAttributes=members';

/** Two rows for each member: its own, and its teammate's. */
const READS = [
  ['get by id: ten members', 200, cost(1, 30, 0), () => groups(`/${crew(0).id}`)],
  ['get by id: two members', 200, cost(1, 14, 0), () => groups(`/${crew(1).id}`)],
  ['get by id, without members', 200, cost(1, 2, 0), () => groups(`/${crew(0).id}?excludedAttributes=members`)],
  ['get of the version that the client has', 304, cost(1, 7, 0), () => groups(`/${crew(0).id}`, { headers: { 'if-none-match': 'W/"1"' } })],
  ['get what is not there', 404, cost(1, 9, 0), () => groups('/grp_nobody')],
  ['HEAD', 200, cost(1, 2, 0), () => ({ ...groups(`/${crew(0).id}`), method: 'HEAD' })],
  ["look-up by displayName (Entra's matching)", 200, cost(1, 2, 0), () => search('displayName eq "crew 000007"', BARE)],
  ['look-up by displayName, with two members', 200, cost(1, 16, 0), () => search('displayName eq "crew 000007"')],
  ['look-up that finds nothing', 200, cost(1, 1, 0), () => search('displayName eq "nobody"', BARE)],
  ['look-up by id', 200, cost(1, 2, 0), () => search(`id eq "${crew(7).id}"`, BARE)],
  ['look-up by externalId', 200, cost(1, 8, 0), () => search('externalId eq "g-000007"', BARE)],
  ['groups of one member', 200, cost(1, 13, 0), () => search(`members.value eq "${member(9)}"`, BARE)],
  ['groups of one member, in brackets', 200, cost(1, 17, 0), () => search(`members[value eq "${member(9)}"]`, BARE)],
  ['prefix of a displayName', 200, cost(1, 45, 0), () => search('displayName sw "crew 00000"', BARE)],
  ['one of three keys', 200, cost(1, 26, 0), () => search(`id eq "${crew(1).id}" or displayName eq "crew 000002" or externalId eq "g-000003"`, BARE)],
  ['page of 50, without members', 200, cost(1, 103, 0), () => groups('?startIndex=1&count=50&excludedAttributes=members')],
  ['page of 50, with 108 members', 200, cost(1, 474, 0), () => groups('?startIndex=1&count=50')],
  ['page of 50, sorted by displayName descending', 200, cost(1, 104, 0), () => groups('?sortBy=displayName&sortOrder=descending&count=50&excludedAttributes=members')],
  ['page of 50 by cursor, without members', 200, cost(1, 105, 0), () => groups('?cursor&count=50&excludedAttributes=members')],
  ['page of 50 by cursor, with members', 200, cost(1, 475, 0), () => groups('?cursor&count=50')],
  ['count alone', 200, cost(1, 7, 0), () => groups('?count=0')],
];

export const GROUP_READ_COSTS = { 'SCIM: reads of groups': READS };
