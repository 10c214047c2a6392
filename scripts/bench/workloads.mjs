// What the bench sends. Each workload says for the number `i` of a request what goes over the wire and
// which status is the right one; `target` is {token, companyId} of the company, or of nobody for the floor.

import { person } from '../../test/support/population.mjs';
import { pulls } from './pulls.mjs';

export const POPULATION = 10_000;

/** The teammates of the large company, for groups of any size. */
export const LARGE_POPULATION = 200_000;

/** The groups of each company by how many members they begin with: the first of its teammates. */
export const GROUP_SIZES = [0, 100, 1_000, 9_000];
export const LARGE_GROUP_SIZES = [100, 100_000];

/** The id of the group that began with so many members. */
export const groupOf = (size) => `grp_01jbench${String(size).padStart(6, '0')}`;

/** So many are added to a group one by one, then removed one by one, and so on: every request is a change. */
const COMING_AND_GOING = 1_000;

/** So few are changed over and over that the isolate remembers them all. */
const RECENT = 256;

/** Spreads the requests over the whole company: 7919 is a prime. */
const somebody = (i) => person((i * 7919) % POPULATION);

const scim =
  (method, path, body) =>
  ({ token }) => ({
    method,
    path: `/v2${path}`,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/scim+json' }) },
    body,
  });

const patch = ({ id }, operation) =>
  scim('PATCH', `/Users/${id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [operation],
  });

/** As Okta sends it. */
function newcomer(i, round) {
  const name = `New.${round}.${i}`;
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: `${name}@example.com`,
    name: { givenName: 'New', familyName: name },
    displayName: name,
    emails: [{ primary: true, value: `${name}@example.com`, type: 'work' }],
    locale: 'en-US',
    externalId: `new-${round}-${i}`,
    active: true,
  };
}

const bareRead = {
  status: 200,
  request: (i) => () => ({ method: 'GET', path: `/people/${somebody(i).userName.toLowerCase()}` }),
};

/** Both bare Workers write to one table: each has names of its own. */
const bareInsert = (whose) => ({
  status: 201,
  request: (i, round) => () => ({ method: 'POST', path: '/people', body: newcomer(i, `${whose}-${round}`) }),
});

/** The first word of a name says whom it is sent to: the floor, its like in JavaScript, or Rollcall. */
export const workloads = {
  'floor read': bareRead,
  'js read': bareRead,
  'floor insert': bareInsert('floor'),
  'js insert': bareInsert('js'),
  'look-up': {
    status: 200,
    request: (i) => scim('GET', `/Users?filter=userName%20eq%20%22${encodeURIComponent(somebody(i).userName)}%22`),
  },
  get: {
    status: 200,
    request: (i) => scim('GET', `/Users/${somebody(i).id}`),
  },
  page: {
    status: 200,
    request: (i) => scim('GET', `/Users?startIndex=${1 + (i % 10) * 100}&count=100`),
  },
  discovery: {
    status: 200,
    request: () => scim('GET', '/ServiceProviderConfig'),
  },
  create: {
    status: 201,
    request: (i, round) => scim('POST', '/Users', newcomer(i, round)),
  },
  // Blocks everybody in turn, and in the next pass unblocks them: every request is a change.
  block: {
    status: 200,
    request: (i) =>
      patch(person(i % POPULATION), { op: 'replace', value: { active: Math.floor(i / POPULATION) % 2 === 1 } }),
  },
  // Each request of a pass is about somebody else, and gives them another title.
  patch: {
    status: 200,
    request: (i) => patch(somebody(i), { op: 'replace', path: 'title', value: `Title ${i}` }),
  },
  'patch recent': {
    status: 200,
    request: (i) => patch(somebody(i % RECENT), { op: 'replace', path: 'title', value: `Newer ${i}` }),
  },
  // Everybody in turn joins one group, and then leaves it.
  members: {
    status: 204,
    request: (i) => member(0, person(i % POPULATION), Math.floor(i / POPULATION)),
  },
  ...Object.fromEntries(GROUP_SIZES.slice(1).map((size) => [`member of ${size}`, comingAndGoing(size, POPULATION)])),
  ...Object.fromEntries(
    LARGE_GROUP_SIZES.map((size) => [`large member of ${size}`, comingAndGoing(size, LARGE_POPULATION)]),
  ),
  ...pulls,
};

/** The last teammates of the company come and go. */
function comingAndGoing(size, population) {
  const one = (i) => person(population - COMING_AND_GOING + (i % COMING_AND_GOING));
  return { status: 204, request: (i) => member(size, one(i), Math.floor(i / COMING_AND_GOING)) };
}

function member(size, { id }, pass) {
  return scim('PATCH', `/Groups/${groupOf(size)}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: pass % 2 === 0 ? 'add' : 'remove', path: 'members', value: [{ value: id }] }],
  });
}
