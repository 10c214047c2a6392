// RFC 7644: create, read, replace, change, remove, what comes back of a resource, pages, and errors.

import { get, patch, post, put, query, remove } from '../support/dialect-cases.mjs';
import { ENTERPRISE, USER } from '../support/scim.mjs';

const rfc = (section) => `RFC 7644 section ${section}`;

const MARIE = {
  userName: 'marie@sorbonne.example',
  externalId: 'mc-1867',
  name: { familyName: 'Curie', givenName: 'Marie' },
  displayName: 'Marie Curie',
  emails: [
    { value: 'marie@sorbonne.example', type: 'work', primary: true },
    { value: 'marie@home.example', type: 'home' },
  ],
  addresses: [
    { type: 'work', streetAddress: 'Rue Cuvier', locality: 'Paris', country: 'FR' },
    { type: 'home', locality: 'Sceaux' },
  ],
};
const KEPT = { schemas: [USER], ...MARIE, active: true };
const three = {
  ada: { userName: 'ada@x.example' },
  bea: { userName: 'bea@x.example' },
  cleo: { userName: 'cleo@x.example' },
};

export default {
  idp: 'RFC 7644',
  cases: [
    {
      name: 'create answers 201, Location and the resource',
      source: rfc('3.3'),
      steps: [
        [
          post('/Users', { schemas: [USER], ...MARIE }),
          {
            status: 201,
            body: KEPT,
            headers: { location: /\/v2\/Users\/tea_/, 'content-type': 'application/scim+json' },
          },
        ],
      ],
    },
    {
      name: 'a duplicate is 409 uniqueness',
      source: rfc('3.3'),
      given: { marie: MARIE },
      steps: [[post('/Users', { schemas: [USER], ...MARIE }), { status: 409, error: 'uniqueness' }]],
    },
    {
      name: 'read of one',
      source: rfc('3.4.1'),
      given: { marie: MARIE },
      steps: [[get('/Users/{marie}'), { status: 200, body: KEPT }]],
    },
    {
      name: 'read of none is 404',
      source: rfc('3.4.1'),
      steps: [[get('/Users/2819c223'), { status: 404, error: null }]],
    },
    {
      name: 'a filter that matches nothing is 200 with totalResults 0',
      source: rfc('3.4.2'),
      steps: [[query('/Users', { filter: 'userName eq "x"' }), { status: 200, list: [] }]],
    },
    {
      name: 'replace takes away what it does not name',
      source: rfc('3.5.1'),
      given: { marie: MARIE },
      steps: [
        [
          put('/Users/{marie}', { schemas: [USER], userName: MARIE.userName, title: 'Professor' }),
          { status: 200, body: { schemas: [USER], userName: MARIE.userName, title: 'Professor', active: true } },
        ],
      ],
    },
    {
      name: 'a PUT never creates',
      source: rfc('3.5.1'),
      steps: [
        [put('/Users/chosen-by-me', { schemas: [USER], ...MARIE }), { status: 404, error: null }],
        [get('/Users'), { status: 200, list: [] }],
      ],
    },
    {
      name: 'remove answers 204 and nothing, afterwards 404 for every method',
      source: rfc('3.6'),
      given: { marie: MARIE },
      steps: [
        [remove('/Users/{marie}'), { status: 204 }],
        [get('/Users/{marie}'), { status: 404, error: null }],
        [put('/Users/{marie}', MARIE), { status: 404, error: null }],
        [patch('/Users/{marie}', { op: 'replace', path: 'title', value: 'x' }), { status: 404, error: null }],
        [remove('/Users/{marie}'), { status: 404, error: null }],
      ],
    },
    {
      name: 'after a remove a userName can be taken again',
      source: rfc('3.6'),
      given: { marie: MARIE },
      steps: [
        [remove('/Users/{marie}'), { status: 204 }],
        [post('/Users', { schemas: [USER], userName: MARIE.userName }), { status: 201 }],
      ],
    },

    {
      name: 'attributes: those and what is always returned',
      source: rfc('3.9'),
      given: { marie: MARIE },
      steps: [
        [
          get('/Users/{marie}?attributes=userName'),
          {
            status: 200,
            contains: { id: '{marie}', schemas: [USER], userName: MARIE.userName },
            absent: ['emails', 'name', 'displayName', 'externalId'],
          },
        ],
      ],
    },
    {
      name: 'attributes: a sub-attribute',
      source: rfc('3.9'),
      given: { marie: MARIE },
      steps: [
        [
          get('/Users/{marie}?attributes=name.familyName,emails.value'),
          {
            status: 200,
            contains: {
              name: { familyName: 'Curie' },
              emails: [{ value: 'marie@sorbonne.example' }, { value: 'marie@home.example' }],
            },
            absent: ['name.givenName', 'emails.0.type', 'userName'],
          },
        ],
      ],
    },
    {
      name: 'attributes: with a URN, in any letter case',
      source: rfc('3.10'),
      given: { marie: { ...MARIE, [ENTERPRISE]: { department: 'Physics', division: 'X' } } },
      steps: [
        [
          get(`/Users/{marie}?attributes=${USER.toUpperCase()}:USERNAME,${ENTERPRISE}:department`),
          {
            status: 200,
            contains: { userName: MARIE.userName, [ENTERPRISE]: { department: 'Physics' } },
            absent: [[ENTERPRISE, 'division'], 'emails'],
          },
        ],
      ],
    },
    {
      name: 'attributes: of a list',
      source: rfc('3.4.2.5'),
      given: { marie: MARIE },
      steps: [
        [
          get('/Users?attributes=displayName'),
          {
            status: 200,
            list: ['marie'],
            contains: { Resources: [{ displayName: 'Marie Curie' }] },
            absent: ['Resources.0.userName', 'Resources.0.emails'],
          },
        ],
      ],
    },
    {
      name: 'attributes: of a create',
      source: rfc('3.9'),
      steps: [
        [
          post('/Users?attributes=userName', { schemas: [USER], ...MARIE }),
          { status: 201, contains: { userName: MARIE.userName }, absent: ['emails', 'name'], matches: { id: /^tea_/ } },
        ],
      ],
    },
    {
      name: 'attributes: of a PUT',
      source: rfc('3.9'),
      given: { marie: MARIE },
      steps: [
        [
          put('/Users/{marie}?attributes=userName', { schemas: [USER], ...MARIE }),
          { status: 200, contains: { userName: MARIE.userName }, absent: ['emails'] },
        ],
      ],
    },
    {
      name: 'attributes: of a PATCH',
      source: rfc('3.9'),
      given: { marie: MARIE },
      steps: [
        [
          { ...patch('/Users/{marie}?attributes=title', { op: 'add', path: 'title', value: 'Prof.' }) },
          { status: 200, contains: { title: 'Prof.' }, absent: ['emails', 'userName'] },
        ],
      ],
    },
    {
      name: 'excludedAttributes: all but those',
      source: rfc('3.9'),
      given: { marie: MARIE },
      steps: [
        [
          get('/Users/{marie}?excludedAttributes=emails,name.givenName'),
          {
            status: 200,
            contains: { userName: MARIE.userName, name: { familyName: 'Curie' } },
            absent: ['emails', 'name.givenName'],
          },
        ],
      ],
    },
    {
      name: 'excludedAttributes: never what is always returned',
      source: rfc('3.9'),
      given: { marie: MARIE },
      steps: [
        [
          get('/Users/{marie}?excludedAttributes=id,userName'),
          { status: 200, contains: { id: '{marie}' }, absent: ['userName'] },
        ],
      ],
    },
    {
      name: 'excludedAttributes: of a list',
      source: rfc('3.4.2.5'),
      given: { marie: MARIE },
      steps: [
        [get('/Users?excludedAttributes=emails'), { status: 200, list: ['marie'], absent: ['Resources.0.emails'] }],
      ],
    },

    {
      name: 'startIndex below 1 is 1',
      source: rfc('3.4.2.4'),
      given: three,
      steps: [
        [
          get('/Users?startIndex=0&count=2'),
          { status: 200, list: ['ada', 'bea'], total: 3, contains: { startIndex: 1 } },
        ],
        [get('/Users?startIndex=-5&count=1'), { status: 200, list: ['ada'], total: 3 }],
      ],
    },
    {
      name: 'a negative count is 0',
      source: rfc('3.4.2.4'),
      given: three,
      steps: [[get('/Users?count=-1'), { status: 200, list: [], total: 3, contains: { itemsPerPage: 0 } }]],
    },
    {
      name: 'count 0 gives the total alone',
      source: rfc('3.4.2.4'),
      given: three,
      steps: [[get('/Users?count=0'), { status: 200, list: [], total: 3 }]],
    },
    {
      name: 'a count above what is there',
      source: rfc('3.4.2.4'),
      given: three,
      steps: [[get('/Users?count=5000'), { status: 200, list: ['ada', 'bea', 'cleo'] }]],
    },
    {
      name: 'a startIndex behind the end is an empty page',
      source: rfc('3.4.2.4'),
      given: three,
      steps: [[get('/Users?startIndex=4'), { status: 200, list: [], total: 3, contains: { startIndex: 4 } }]],
    },
    {
      name: 'the total of a filter is of what it matches',
      source: rfc('3.4.2.4'),
      given: three,
      steps: [[query('/Users', { filter: 'userName eq "bea@x.example"', count: 1 }), { status: 200, list: ['bea'] }]],
    },

    {
      name: "a filter that can't be read",
      source: rfc('3.12'),
      steps: [[query('/Users', { filter: 'userName eq' }), { status: 400, error: 'invalidFilter' }]],
    },
    {
      name: 'a body that is no JSON',
      source: rfc('3.12'),
      steps: [[post('/Users', 'userName=x'), { status: 400, error: 'invalidSyntax' }]],
    },
    {
      name: 'a body that is no object',
      source: rfc('3.12'),
      steps: [[post('/Users', '[]'), { status: 400, error: 'invalidSyntax' }]],
    },
    {
      name: 'no body at all',
      source: rfc('3.12'),
      steps: [[post('/Users', ''), { status: 400, error: 'invalidSyntax' }]],
    },
    {
      name: 'a method that a resource does not take names those that it does',
      source: 'RFC 9110 section 15.5.6',
      given: { marie: MARIE },
      steps: [[post('/Users/{marie}', {}), { status: 405, error: null, headers: { allow: /PATCH/ } }]],
    },
    {
      name: 'discovery takes GET alone',
      source: rfc('4'),
      steps: [
        [post('/Schemas', {}), { status: 405, error: null }],
        [remove('/ResourceTypes'), { status: 405, error: null }],
        [put('/ServiceProviderConfig', {}), { status: 405, error: null }],
      ],
    },
    {
      name: 'discovery refuses a filter',
      source: rfc('4'),
      steps: [
        [query('/Schemas', { filter: 'id eq "x"' }), { status: 403, error: null }],
        [query('/ResourceTypes', { filter: 'name eq "User"' }), { status: 403, error: null }],
      ],
    },
    {
      name: 'no token is 401 with the scheme to use',
      source: rfc('2'),
      steps: [
        [
          { ...get('/Users'), token: null },
          { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } },
        ],
      ],
    },
    {
      name: 'the scheme of the token is read without regard to letter case',
      source: 'RFC 9110 section 11.1',
      given: { marie: MARIE },
      steps: [[{ ...get('/Users/{marie}', { authorization: 'bEARER {token}' }), token: null }, { status: 200 }]],
    },
  ],
};
