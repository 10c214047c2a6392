// What one company can ask for at its worst. Answers of any status count: what is refused is what is to be shown.

import { person } from '../../test/support/population.mjs';

/** The teammates of the company that pulls, by the bench's large company. */
export const PULLING_POPULATION = 100_000;

const among = (count) => Array.from({ length: count }, (_, i) => `title co "no ${i}"`).join(' or ');

const get = (query, which = 'token') => ({
  status: null,
  request: () => (target) => ({
    method: 'GET',
    path: `/v2/Users?${new URLSearchParams(query)}`,
    headers: { authorization: `Bearer ${target[which]}` },
  }),
});

/** A bulk request whose operations compare each of many elements with a long filter. */
const bulk = () => (target) => {
  const filter = Array.from({ length: 70 }, (_, i) => `value co "${i}x"`).join(' or ');
  const remove = { op: 'remove', path: `emails[${filter}]` };
  const emails = Array.from({ length: 200 }, (_, i) => ({ value: `${i}@example.com`, type: `t${i}` }));
  const patch = (operation) => ({
    method: 'PATCH',
    path: `/Users/${person(1).id}`,
    data: { Operations: [operation] },
  });
  const operations = [patch({ op: 'replace', path: 'emails', value: emails })];
  for (let i = 0; i < 199; i += 1) operations.push(patch(remove));
  return {
    method: 'POST',
    path: '/v2/Bulk',
    headers: { authorization: `Bearer ${target.token}`, 'content-type': 'application/scim+json' },
    body: { Operations: operations },
  };
};

/** @type {Record<string, { what: string, status: null, request: (i: number, round: string) => (target: any) => any }>} */
export const pulls = {
  'pulling twenty': { what: 'twenty `co` without an index, joined by `or`: refused', ...get({ filter: among(20) }) },
  'pulling ten': { what: 'ten of them, as many as are taken', ...get({ filter: among(10) }) },
  'pulling one': { what: '`not (title eq "x")`', ...get({ filter: 'not (title eq "x")', count: '1' }) },
  'pulling sorted': {
    what: 'a walk sorted by title, with nine `co`',
    ...get({ filter: among(9), sortBy: 'title', cursor: '' }),
  },
  'pulling deep': { what: '`startIndex=99900`', ...get({ startIndex: '99900', count: '100' }) },
  'pulling prefix': {
    what: '`userName sw "p"`, which everybody has',
    ...get({ filter: 'userName sw "p"', count: '1' }),
  },
  'pulling expired': { what: 'ten `co` with an expired token', ...get({ filter: among(10) }, 'expired') },
  'pulling bulk': { what: 'bulk requests of value filters', status: null, request: bulk },
};
