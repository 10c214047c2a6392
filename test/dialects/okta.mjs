// Okta: apps of the App Integration Wizard (AIW), which PUT whole users, and catalogue apps (OIN), which PATCH.

import { get, patch, post, put, query, remove } from '../support/dialect-cases.mjs';
import { USER } from '../support/scim.mjs';

const DOCS = 'Okta docs, SCIM 2.0 protocol reference';
const FAQ = 'Okta docs, SCIM FAQ';
const AIW = 'request log of a real AIW app';
const OWN_SERVER = 'request log of firezone';
const SPEC = 'Okta SPEC test';
const OIN = 'Okta OIN test plan';

// As Okta's client sends it on every call.
const CLIENT = {
  'user-agent': 'Okta SCIM Client 1.0.0',
  accept: 'application/scim+json',
  'accept-charset': 'utf-8',
  'content-type': 'application/scim+json; charset=utf-8',
};

const ASSIGNED = {
  schemas: [USER],
  userName: 'grace.hopper@navy.example',
  name: { givenName: 'Grace', familyName: 'Hopper' },
  emails: [{ primary: true, value: 'grace.hopper@navy.example', type: 'work' }],
  displayName: 'Grace Hopper',
  locale: 'en-US',
  externalId: '00u1navy',
  groups: [],
  password: 'Xk29-placeholder',
  active: true,
};
const { groups: _groups, password: _password, ...KEPT } = ASSIGNED;
const GRACE = { userName: 'grace.hopper@navy.example', externalId: '00u1navy', active: true };
const NOBODY = { status: 200, list: [] };

const lookUp = (userName) =>
  query('/Users', { filter: `userName eq "${userName}"`, startIndex: 1, count: 100 }, CLIENT);

// The SPEC test's own headers: plain JSON in bodies, scim+json with a charset in Accept.
const SPEC_HEADERS = { 'user-agent': 'OKTA SCIM Integration', accept: 'application/scim+json; charset=utf-8' };
const SPEC_BODY = { ...SPEC_HEADERS, 'content-type': 'application/json' };
const SPEC_USER = {
  schemas: [USER],
  userName: 'Runscope300Ada742@Atko.example',
  name: { givenName: 'Runscope300', familyName: 'Ada742' },
  emails: [{ primary: true, value: 'Runscope300Ada742@Atko.example', type: 'work' }],
  displayName: 'Runscope300 Ada742',
  active: true,
};
const COMPLETE = {
  userName: 'existing@atko.example',
  name: { givenName: 'Existing', familyName: 'User' },
  emails: [{ primary: true, value: 'existing@atko.example', type: 'work' }],
};

export default {
  idp: 'Okta',
  cases: [
    {
      name: 'all twelve requests of the SPEC test, in order',
      source: SPEC,
      given: { existing: COMPLETE },
      steps: [
        [
          get('/Users?count=1&startIndex=1', SPEC_HEADERS),
          {
            status: 200,
            list: ['existing'],
            contains: { startIndex: 1, itemsPerPage: 1, Resources: [{ ...COMPLETE, active: true }] },
          },
        ],
        [get('/Users/{existing}', SPEC_HEADERS), { status: 200, contains: { ...COMPLETE, active: true } }],
        [query('/Users', { filter: 'userName eq "abcdefgh@atko.example"' }, SPEC_HEADERS), NOBODY],
        [get('/Users/010101001010101011001010101011', SPEC_HEADERS), { status: 404, error: null, detail: /./ }],
        [query('/Users', { filter: 'userName eq "2c9b-random"' }, SPEC_HEADERS), NOBODY],
        [
          post('/Users', SPEC_USER, SPEC_BODY),
          { status: 201, body: SPEC_USER, headers: { 'content-type': 'application/scim+json' }, as: 'ada' },
        ],
        [get('/Users/{ada}', SPEC_HEADERS), { status: 200, body: SPEC_USER }],
        [post('/Users', SPEC_USER, SPEC_BODY), { status: 409, error: 'uniqueness' }],
        [
          query('/Users', { filter: 'userName eq "RUNSCOPE300ADA742@ATKO.EXAMPLE"' }, SPEC_HEADERS),
          { status: 200, list: ['ada'] },
        ],
        [get('/Groups', SPEC_HEADERS), NOBODY],
        [
          { ...get('/Users?filter=id%20eq%20%22x%22', { authorization: 'non-token' }), token: null },
          { status: 401, error: null, detail: /./ },
        ],
        [get('/Users/00919288221112222', SPEC_HEADERS), { status: 404, error: null, detail: /./ }],
      ],
    },
    {
      name: 'the probe of "Test API Credentials" on an empty directory',
      source: AIW,
      steps: [
        [
          get('/Users?startIndex=1&count=2', { 'user-agent': CLIENT['user-agent'], accept: CLIENT.accept }),
          { status: 200, list: [], contains: { totalResults: 0, startIndex: 1, itemsPerPage: 0 } },
        ],
      ],
    },
    {
      name: 'assign: look-up, create, and both see the same user',
      source: AIW,
      steps: [
        [lookUp(GRACE.userName), NOBODY],
        [
          post('/Users', ASSIGNED, CLIENT),
          {
            status: 201,
            body: KEPT,
            absent: ['password', 'groups'],
            headers: { location: /\/v2\/Users\/tea_/ },
            as: 'grace',
          },
        ],
        [lookUp(GRACE.userName), { status: 200, list: ['grace'] }],
        [get('/Users/{grace}', CLIENT), { status: 200, body: KEPT }],
      ],
    },
    {
      name: 'assign of somebody who is there: look-up, GET, PUT of the merged object, no POST',
      source: AIW,
      given: { grace: { userName: 'Grace.Hopper@navy.example', title: 'Rear admiral' } },
      steps: [
        [lookUp('grace.hopper@navy.example'), { status: 200, list: ['grace'] }],
        [get('/Users/{grace}', CLIENT), { status: 200, contains: { title: 'Rear admiral' } }],
        [
          put('/Users/{grace}', { ...ASSIGNED, id: '{grace}', title: 'Rear admiral' }, CLIENT),
          { status: 200, body: { ...KEPT, title: 'Rear admiral' } },
        ],
      ],
    },
    {
      name: 'an inactive user is found by the look-up, and re-assigning brings the same one back',
      source: AIW,
      given: { grace: { ...GRACE, active: false } },
      steps: [
        [lookUp(GRACE.userName), { status: 200, list: ['grace'], contains: { Resources: [{ active: false }] } }],
        [put('/Users/{grace}', { ...ASSIGNED, id: '{grace}' }, CLIENT), { status: 200, body: KEPT }],
      ],
    },
    {
      name: 'a second create of the same userName is 409 with the way to the first',
      source: DOCS,
      given: { grace: GRACE },
      steps: [
        [
          post('/Users', ASSIGNED, CLIENT),
          {
            status: 409,
            error: 'uniqueness',
            detail: /grace\.hopper@navy\.example/,
            headers: { location: '{grace.location}' },
          },
        ],
      ],
    },
    {
      name: 'the same userName in capitals is the same user: 409',
      source: DOCS,
      given: { grace: GRACE },
      steps: [
        [
          post('/Users', { ...ASSIGNED, userName: 'GRACE.HOPPER@NAVY.EXAMPLE' }, CLIENT),
          { status: 409, error: 'uniqueness' },
        ],
      ],
    },
    {
      name: 'a profile update PUTs our own answer back with the mapped attributes over it',
      source: OWN_SERVER,
      given: { grace: { ...KEPT, nickName: 'Amazing Grace' } },
      steps: [
        [
          put(
            '/Users/{grace}',
            {
              ...ASSIGNED,
              id: '{grace}',
              nickName: 'Amazing Grace',
              name: { formatted: 'Grace Hopper', givenName: 'Grace', familyName: 'Murray' },
              meta: {
                resourceType: 'User',
                created: '2001-01-01T00:00:00Z',
                lastModified: '2001-01-01T00:00:00Z',
                location: '{grace.location}',
              },
            },
            CLIENT,
          ),
          {
            status: 200,
            body: {
              ...KEPT,
              nickName: 'Amazing Grace',
              name: { formatted: 'Grace Hopper', givenName: 'Grace', familyName: 'Murray' },
            },
            as: 'after',
          },
        ],
        [
          get('/Users/{after}', CLIENT),
          { status: 200, contains: { meta: { location: '{grace.location}', created: '{grace.meta.created}' } } },
        ],
      ],
    },
    {
      name: 'an id in a PUT that is not the one of the URL is ignored',
      source: DOCS,
      given: { grace: GRACE },
      steps: [
        [
          put('/Users/{grace}', { ...ASSIGNED, id: 'somebody-else' }, CLIENT),
          { status: 200, body: KEPT, contains: { id: '{grace}' } },
        ],
      ],
    },
    {
      name: 'stale groups in a PUT change no membership and no answer',
      source: OWN_SERVER,
      given: { grace: GRACE },
      steps: [
        [
          put('/Users/{grace}', { ...ASSIGNED, groups: [{ value: 'grp_gone', display: 'Gone' }] }, CLIENT),
          { status: 200, body: KEPT },
        ],
      ],
    },
    {
      name: 'unknown attributes that another server invented come back in a PUT and break nothing',
      source: OWN_SERVER,
      given: { grace: GRACE },
      steps: [
        [
          put('/Users/{grace}', { ...ASSIGNED, oktaStatus: 'STAGED', _links: { self: { href: 'x' } } }, CLIENT),
          { status: 200, contains: KEPT },
        ],
      ],
    },
    {
      name: 'AIW deactivates by GET and PUT of the whole user',
      source: AIW,
      given: { grace: KEPT },
      steps: [
        [get('/Users/{grace}', CLIENT), { status: 200, body: KEPT }],
        [
          put('/Users/{grace}', { ...ASSIGNED, id: '{grace}', active: false }, CLIENT),
          { status: 200, body: { ...KEPT, active: false } },
        ],
        [get('/Users/{grace}', CLIENT), { status: 200, contains: { active: false } }],
      ],
    },
    {
      name: 'OIN deactivates by a PATCH without path, and activates again',
      source: DOCS,
      given: { grace: KEPT },
      steps: [
        [
          patch('/Users/{grace}', { op: 'replace', value: { active: false } }),
          { status: 200, body: { ...KEPT, active: false } },
        ],
        [patch('/Users/{grace}', { op: 'replace', value: { active: true } }), { status: 200, body: KEPT }],
      ],
    },
    {
      name: 'OIN deactivates somebody who is deactivated: 200 again',
      source: DOCS,
      given: { grace: { ...KEPT, active: false } },
      steps: [
        [
          patch('/Users/{grace}', { op: 'replace', value: { active: false } }),
          {
            status: 200,
            body: { ...KEPT, active: false },
            contains: { meta: { lastModified: '{grace.meta.lastModified}' } },
          },
        ],
      ],
    },
    {
      name: 'password sync is accepted, and the password is nowhere',
      source: DOCS,
      given: { grace: KEPT },
      steps: [
        [
          patch('/Users/{grace}', { op: 'replace', value: { password: 'N3w-secret' } }),
          { status: 200, body: KEPT, absent: ['password'] },
        ],
      ],
    },
    {
      name: 'a PATCH of several attributes without path',
      source: DOCS,
      given: { grace: KEPT },
      steps: [
        [
          patch('/Users/{grace}', {
            op: 'replace',
            value: { displayName: 'G. Hopper', name: { givenName: 'G.' }, title: 'Dr.' },
          }),
          {
            status: 200,
            body: { ...KEPT, displayName: 'G. Hopper', name: { givenName: 'G.', familyName: 'Hopper' }, title: 'Dr.' },
          },
        ],
      ],
    },
    {
      name: 'empty values clear attributes',
      source: `${OIN}, C9337`,
      given: { grace: { ...KEPT, title: 'Dr.', nickName: 'Amazing Grace' } },
      steps: [
        [
          put('/Users/{grace}', { ...ASSIGNED, title: '', nickName: null }, CLIENT),
          { status: 200, absent: ['nickName'], contains: { displayName: 'Grace Hopper' } },
        ],
      ],
    },
    {
      name: 'wrong credentials fail, with JSON and no hint what was wrong',
      source: `${OIN}, C9340`,
      steps: [
        [
          { ...get('/Users?startIndex=1&count=2', CLIENT), token: 'rc_wrong' },
          { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } },
        ],
      ],
    },
    {
      name: 'an unknown route answers JSON too',
      source: `${FAQ}: "Invalid JSON: Unrecognized token"`,
      steps: [[get('/Nothing', CLIENT), { status: 404, error: null }]],
    },
    {
      name: 'a method that a route does not take answers JSON too',
      source: `${FAQ}: "Invalid JSON: Unrecognized token"`,
      steps: [[put('/Users', ASSIGNED, CLIENT), { status: 405, error: null, headers: { allow: /GET/ } }]],
    },
    {
      name: 'a broken body answers JSON too',
      source: `${FAQ}: "Invalid JSON: Unrecognized token"`,
      steps: [[post('/Users', '{"userName": ', CLIENT), { status: 400, error: 'invalidSyntax' }]],
    },
    {
      name: 'a user without userName is refused, and says so',
      source: DOCS,
      steps: [
        [
          post('/Users', { ...ASSIGNED, userName: undefined }, CLIENT),
          { status: 400, error: 'invalidValue', detail: /userName/ },
        ],
      ],
    },
    {
      name: 'nobody is deleted by Okta, but a DELETE works, twice the same',
      source: DOCS,
      given: { grace: GRACE },
      steps: [
        [remove('/Users/{grace}', CLIENT), { status: 204 }],
        [get('/Users/{grace}', CLIENT), { status: 404, error: null }],
        [remove('/Users/{grace}', CLIENT), { status: 404, error: null }],
        [lookUp(GRACE.userName), NOBODY],
      ],
    },
    {
      name: 'a deleted user that is assigned again is the same one',
      source: 'the seat and the history are kept',
      given: { grace: GRACE },
      steps: [
        [remove('/Users/{grace}'), { status: 204 }],
        [post('/Users', ASSIGNED, CLIENT), { status: 201, body: KEPT, contains: { id: '{grace}' } }],
      ],
    },
    {
      name: 'a PUT of somebody who does not exist is 404',
      source: DOCS,
      steps: [[put('/Users/tea_01m807f41srpzq8gnyk1sw4m30', ASSIGNED, CLIENT), { status: 404, error: null }]],
    },
  ],
};
