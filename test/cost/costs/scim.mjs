// What identity providers' calls cost.

import { ENTERPRISE, patchOp } from '../../support/scim.mjs';
import { NOTHING, cost, sum } from './cost.mjs';

// A bulk request costs what its operations cost alone.
const CREATE = cost(1, 9, 11);
const REPLACE = cost(2, 9, 6);
const CHANGE = cost(2, 9, 5);
const REMOVE = cost(2, 12, 7);

const get = (path) => ({ method: 'GET', path });
const users = (method, path, body) => ({ method, path: `/v2/Users${path}`, body });
const search = (filter) => users('GET', `?filter=${encodeURIComponent(filter)}`);
const newcomer = (userName, more) =>
  users('POST', '', { userName, emails: [{ value: userName, primary: true }], ...more });

const bulk = (...operations) => ({ method: 'POST', path: '/v2/Bulk', body: { Operations: operations } });
const created = (userName) => ({
  method: 'POST',
  path: '/Users',
  bulkId: userName,
  data: { userName, emails: [{ value: userName, primary: true }] },
});

/** With a token that nobody has used in this isolate. */
const stranger = ({ unseenTokens }, i, request) => ({ ...request, authorization: `Bearer ${unseenTokens[i]}` });

/** With a token of the company's that was never made. */
const impostor = ({ token }, request) => ({
  ...request,
  authorization: `Bearer ${token.slice(0, -43)}${'A'.repeat(43)}`,
});

/** The SCIM user that an identity provider sends for a teammate of the population. */
const asSent = ({ userName, externalId, attributes }) => ({ userName, externalId, active: true, ...attributes });

/**
 * One teammate by each index that filters have, with the total; and whole pages in the order of one.
 *
 * @type {any[][]}
 */
const FILTERS = [
  ['displayName', cost(1, 8, 0), ({ attributes }) => `displayName eq "${attributes.displayName}"`],
  ['prefix of a userName', cost(1, 9, 0), ({ userName }) => `userName sw "${userName.slice(0, 13)}"`],
  ['prefix of a displayName', cost(1, 9, 0), ({ attributes }) => `displayName sw "${attributes.displayName}"`],
  ['prefix of an e-mail', cost(1, 12, 0), ({ userName }) => `emails.value sw "${userName.slice(0, 13)}"`],
  ["email (Okta, by Frontegg's guide)", cost(1, 14, 0), ({ userName }) => `email eq "${userName}"`],
  ["work e-mail (Entra's matching)", cost(1, 11, 0), ({ userName }) => `emails[type eq "work"].value eq "${userName}"`],
  ['userName, active', cost(1, 2, 0), ({ userName }) => `active eq true and userName eq "${userName}"`],
  ['one of four keys', cost(1, 20, 0), ({ id, userName, externalId }) =>
    `id eq "${id}" or userName eq "${userName}" or externalId eq "${externalId}" or emails eq "${userName}"`],
  ['externalId, department', cost(1, 8, 0), ({ externalId }) =>
    `externalId eq "${externalId}" and ${ENTERPRISE}:department eq "Support"`],
  ['changed lately', cost(1, 6, 0), () => 'meta.lastModified gt "2026-06-01T00:00:00Z"'],
  ['changed long ago', cost(1, 6, 0), () => 'meta.lastModified lt "2020-01-01T00:00:00Z"'],
  ['blocked', cost(1, 2, 0), () => 'active eq false'],
].map((/** @type {any[]} */ [name, figures, filter]) => [`filter: ${name}`, 200, figures, ({ teammate }) => search(filter(teammate(0)))]);

const PAGES = [
  ['active, 50', cost(1, 102, 0), 'filter=active%20eq%20true&count=50'],
  ['sorted by userName, 50', cost(1, 102, 0), 'sortBy=userName&count=50'],
  ['sorted by displayName descending, 50', cost(1, 103, 0), 'sortBy=displayName&sortOrder=descending&count=50'],
  ['sorted by meta.lastModified, 50', cost(1, 102, 0), 'sortBy=meta.lastModified&count=50'],
].map(([name, figures, query]) => [`page: ${name}`, 200, figures, () => users('GET', `?${query}`)]);

export const SCIM_COSTS = {
  'SCIM: discovery': [
    ['ServiceProviderConfig', 200, NOTHING, () => get('/v2/ServiceProviderConfig')],
    ['ResourceTypes', 200, NOTHING, () => get('/v2/ResourceTypes')],
    ['Schemas', 200, NOTHING, () => get('/v2/Schemas')],
  ],
  'SCIM: reads': [
    ['get by id', 200, cost(1, 2, 0), ({ teammate }) => users('GET', `/${teammate(0).id}`)],
    [
      'get by id, in an isolate that does not know the token',
      200,
      cost(1, 4, 0),
      (company) => stranger(company, 1, users('GET', `/${company.teammate(0).id}`)),
    ],
    ['get what is not there', 404, cost(1, 1, 0), () => users('GET', '/tea_nobody')],
    ['look-up by userName', 200, cost(1, 2, 0), ({ teammate }) => search(`userName eq "${teammate(0).userName}"`)],
    ['look-up that finds nothing', 200, cost(1, 1, 0), () => search('userName eq "nobody@example.com"')],
    ['look-up by id', 200, cost(1, 2, 0), ({ teammate }) => search(`id eq "${teammate(0).id}"`)],
    [
      'look-up by externalId',
      200,
      cost(1, 8, 0),
      ({ teammate }) => search(`externalId eq "${teammate(0).externalId}"`),
    ],
    ['look-up by e-mail', 200, cost(1, 11, 0), ({ teammate }) => search(`emails.value eq "${teammate(0).userName}"`)],
    ...FILTERS,
    ['page of 50', 200, cost(1, 102, 0), () => users('GET', '?startIndex=1&count=50')],
    ...PAGES,
    ['count alone', 200, cost(1, 1, 0), () => users('GET', '?count=0')],
  ],
  'SCIM: writes': [
    ['create', 201, CREATE, () => newcomer('warm@example.com')],
    [
      'create, in an isolate that does not know the token',
      201,
      cost(2, 12, 11),
      (company) => stranger(company, 0, newcomer('cold@example.com')),
    ],
    [
      'create from a template',
      201,
      cost(2, 12, 11),
      ({ template }) => newcomer('template@example.com', { roles: [{ type: 'template', value: template }] }),
    ],
    [
      'create with a role that names no template',
      201,
      cost(2, 11, 11),
      () => newcomer('default@example.com', { roles: [{ type: 'template', value: 'User' }] }),
    ],
    ['create of one that exists', 409, cost(1, 6, 0), ({ teammate }) => newcomer(teammate(0).userName)],
    [
      'replace',
      200,
      REPLACE,
      ({ teammate }) => users('PUT', `/${teammate(1).id}`, { ...asSent(teammate(1)), displayName: 'Renamed' }),
    ],
    [
      'replace that changes nothing',
      200,
      cost(2, 3, 1),
      ({ teammate }) => users('PUT', `/${teammate(2).id}`, asSent(teammate(2))),
    ],
    [
      'replace with another userName',
      200,
      cost(2, 9, 6),
      ({ teammate }) => users('PUT', `/${teammate(3).id}`, { ...asSent(teammate(3)), userName: 'renamed@example.com' }),
    ],
    [
      'block',
      200,
      cost(2, 11, 8),
      ({ teammate }) => users('PATCH', `/${teammate(4).id}`, patchOp({ op: 'replace', value: { active: false } })),
    ],
    [
      'change of an attribute',
      200,
      CHANGE,
      ({ teammate }) => users('PATCH', `/${teammate(5).id}`, patchOp({ op: 'replace', path: 'title', value: 'Lead' })),
    ],
    [
      'change of an e-mail address',
      200,
      cost(2, 19, 7),
      ({ teammate }) =>
        users(
          'PATCH',
          `/${teammate(6).id}`,
          patchOp({ op: 'replace', path: 'emails[type eq "work"].value', value: 'new@example.com' }),
        ),
    ],
    [
      'PATCH that changes nothing',
      200,
      cost(2, 3, 1),
      ({ teammate }) => users('PATCH', `/${teammate(7).id}`, patchOp({ op: 'replace', value: { active: true } })),
    ],
    [
      'change of one that the isolate has lately read or written',
      200,
      cost(1, 7, 5),
      ({ teammate }) => users('PATCH', `/${teammate(12).id}`, patchOp({ op: 'replace', path: 'title', value: 'Lead' })),
      ({ teammate }) => users('GET', `/${teammate(12).id}`),
    ],
    ['remove', 204, REMOVE, ({ teammate }) => users('DELETE', `/${teammate(8).id}`)],
    [
      'change of one that is not there',
      404,
      cost(1, 1, 0),
      () => users('PATCH', '/tea_nobody', patchOp({ op: 'replace', value: { active: false } })),
    ],
  ],
  'SCIM: bulk': [
    [
      'three creates',
      200,
      sum(CREATE, CREATE, CREATE),
      () => bulk(...['one', 'two', 'three'].map((name) => created(`bulk-${name}@example.com`))),
    ],
    [
      'replace, change of an attribute, remove',
      200,
      sum(REPLACE, CHANGE, REMOVE),
      ({ teammate }) =>
        bulk(
          { method: 'PUT', path: `/Users/${teammate(29).id}`, data: { ...asSent(teammate(29)), displayName: 'Renamed' } },
          {
            method: 'PATCH',
            path: `/Users/${teammate(30).id}`,
            data: patchOp({ op: 'replace', path: 'title', value: 'Lead' }),
          },
          { method: 'DELETE', path: `/Users/${teammate(31).id}` },
        ),
    ],
    ['operations that all fail unasked', 200, cost(1, 1, 0), () => bulk({ method: 'DELETE', path: '/Users' })],
    ['a request that can not be read', 400, cost(1, 1, 0), () => bulk()],
  ],
  'SCIM: conditions': [
    [
      'get of the version that the client has',
      304,
      cost(1, 2, 0),
      ({ teammate }) => ({ ...users('GET', `/${teammate(0).id}`), headers: { 'if-none-match': '*' } }),
    ],
    [
      'change of a version that has passed',
      412,
      cost(1, 2, 0),
      ({ teammate }) => ({
        ...users('PATCH', `/${teammate(0).id}`, patchOp({ op: 'replace', path: 'title', value: 'Lead' })),
        headers: { 'if-match': 'W/"0"' },
      }),
    ],
  ],
  'SCIM: refused': [
    ['no token', 401, NOTHING, () => ({ ...users('GET', ''), authorization: null })],
    ['malformed token', 401, NOTHING, () => ({ ...users('GET', ''), authorization: 'Bearer rc_nonsense' })],
    ['unknown token', 401, cost(1, 1, 0), (company) => impostor(company, users('GET', ''))],
    ['unknown token, create', 401, cost(1, 1, 0), (company) => impostor(company, newcomer('nobody@example.com'))],
    ['body that is no JSON', 400, cost(1, 1, 0), () => users('POST', '', '{"userName":')],
    ['create without a userName', 400, cost(1, 1, 0), () => users('POST', '', { displayName: 'Nobody' })],
    ['filter that can not be read', 400, cost(1, 1, 0), () => search('userName eq')],
    [
      'unknown template',
      400,
      cost(1, 2, 0),
      () => newcomer('unknown@example.com', { roles: [{ type: 'template', value: 'tea_00000000000000000000000000' }] }),
    ],
  ],
};
