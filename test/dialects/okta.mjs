// Okta: apps of the App Integration Wizard (AIW), which PUT whole users, and catalogue apps (OIN), which PATCH.

import { get, patch, patchWith, post, put, query, remove } from '../support/dialect-cases.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, TEAMMATE, USER } from '../support/scim.mjs';

const DOCS = 'Okta docs, SCIM 2.0 protocol reference';
const FAQ = 'Okta docs, SCIM FAQ';
const AIW = 'request log of a real AIW app';
const OWN_SERVER = 'request log of firezone';
const SPEC = 'Okta SPEC test';
const OIN = 'Okta OIN test plan';
const FRONT = 'Front help centre 2299';

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
        [query('/Users', { filter: 'userName eq "RUNSCOPE300ADA742@ATKO.EXAMPLE"' }, SPEC_HEADERS), { status: 200, list: ['ada'] }],
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
      name: 'the probe of groups with "Import Groups" on',
      source: 'Okta docs, SCIM 1.1 reference',
      steps: [[get('/Groups?startIndex=1&count=100', CLIENT), { status: 200, list: [], contains: { totalResults: 0, startIndex: 1, itemsPerPage: 0 } }]],
    },
    {
      name: 'assign: look-up, create, and both see the same user',
      source: AIW,
      steps: [
        [lookUp(GRACE.userName), NOBODY],
        [post('/Users', ASSIGNED, CLIENT), { status: 201, body: KEPT, absent: ['password', 'groups'], headers: { location: /\/v2\/Users\/tea_/ }, as: 'grace' }],
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
        [put('/Users/{grace}', { ...ASSIGNED, id: '{grace}', title: 'Rear admiral' }, CLIENT), { status: 200, body: { ...KEPT, title: 'Rear admiral' } }],
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
      steps: [[post('/Users', ASSIGNED, CLIENT), { status: 409, error: 'uniqueness', detail: /grace\.hopper@navy\.example/, headers: { location: '{grace.location}' } }]],
    },
    {
      name: 'the same userName in capitals is the same user: 409',
      source: DOCS,
      given: { grace: GRACE },
      steps: [[post('/Users', { ...ASSIGNED, userName: 'GRACE.HOPPER@NAVY.EXAMPLE' }, CLIENT), { status: 409, error: 'uniqueness' }]],
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
              meta: { resourceType: 'User', created: '2001-01-01T00:00:00Z', lastModified: '2001-01-01T00:00:00Z', location: '{grace.location}' },
            },
            CLIENT,
          ),
          { status: 200, body: { ...KEPT, nickName: 'Amazing Grace', name: { formatted: 'Grace Hopper', givenName: 'Grace', familyName: 'Murray' } }, as: 'after' },
        ],
        [get('/Users/{after}', CLIENT), { status: 200, contains: { meta: { location: '{grace.location}', created: '{grace.meta.created}' } } }],
      ],
    },
    {
      name: 'an id in a PUT that is not the one of the URL is ignored',
      source: DOCS,
      given: { grace: GRACE },
      steps: [[put('/Users/{grace}', { ...ASSIGNED, id: 'somebody-else' }, CLIENT), { status: 200, body: KEPT, contains: { id: '{grace}' } }]],
    },
    {
      name: 'stale groups in a PUT change no membership and no answer',
      source: OWN_SERVER,
      given: { grace: GRACE },
      steps: [[put('/Users/{grace}', { ...ASSIGNED, groups: [{ value: 'grp_gone', display: 'Gone' }] }, CLIENT), { status: 200, body: KEPT }]],
    },
    {
      name: 'unknown attributes that another server invented come back in a PUT and break nothing',
      source: OWN_SERVER,
      given: { grace: GRACE },
      steps: [[put('/Users/{grace}', { ...ASSIGNED, oktaStatus: 'STAGED', _links: { self: { href: 'x' } } }, CLIENT), { status: 200, contains: KEPT }]],
    },
    {
      name: 'AIW deactivates by GET and PUT of the whole user',
      source: AIW,
      given: { grace: KEPT },
      steps: [
        [get('/Users/{grace}', CLIENT), { status: 200, body: KEPT }],
        [put('/Users/{grace}', { ...ASSIGNED, id: '{grace}', active: false }, CLIENT), { status: 200, body: { ...KEPT, active: false } }],
        [get('/Users/{grace}', CLIENT), { status: 200, contains: { active: false } }],
      ],
    },
    {
      name: 'OIN deactivates by a PATCH without path, and activates again',
      source: DOCS,
      given: { grace: KEPT },
      steps: [
        [patch('/Users/{grace}', { op: 'replace', value: { active: false } }), { status: 200, body: { ...KEPT, active: false } }],
        [patch('/Users/{grace}', { op: 'replace', value: { active: true } }), { status: 200, body: KEPT }],
      ],
    },
    {
      name: 'OIN deactivates somebody who is deactivated: 200 again',
      source: DOCS,
      given: { grace: { ...KEPT, active: false } },
      steps: [[patch('/Users/{grace}', { op: 'replace', value: { active: false } }), { status: 200, body: { ...KEPT, active: false }, contains: { meta: { lastModified: '{grace.meta.lastModified}' } } }]],
    },
    {
      name: 'password sync is accepted, and the password is nowhere',
      source: DOCS,
      given: { grace: KEPT },
      steps: [[patch('/Users/{grace}', { op: 'replace', value: { password: 'N3w-secret' } }), { status: 200, body: KEPT, absent: ['password'] }]],
    },
    {
      name: 'a PATCH of several attributes without path',
      source: DOCS,
      given: { grace: KEPT },
      steps: [
        [
          patch('/Users/{grace}', { op: 'replace', value: { displayName: 'G. Hopper', name: { givenName: 'G.' }, title: 'Dr.' } }),
          { status: 200, body: { ...KEPT, displayName: 'G. Hopper', name: { givenName: 'G.', familyName: 'Hopper' }, title: 'Dr.' } },
        ],
      ],
    },
    {
      name: 'empty values clear attributes',
      source: `${OIN}, C9337`,
      given: { grace: { ...KEPT, title: 'Dr.', nickName: 'Amazing Grace' } },
      steps: [[put('/Users/{grace}', { ...ASSIGNED, title: '', nickName: null }, CLIENT), { status: 200, absent: ['nickName'], contains: { displayName: 'Grace Hopper' } }]],
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
      steps: [[post('/Users', { ...ASSIGNED, userName: undefined }, CLIENT), { status: 400, error: 'invalidValue', detail: /userName/ }]],
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
      name: 'names with an apostrophe, a plus and a space are looked up literally',
      source: FAQ,
      given: { pat: { userName: "pat.o'neil+test user@navy.example" } },
      steps: [
        [lookUp("pat.o'neil+test user@navy.example"), { status: 200, list: ['pat'] }],
        [lookUp("pat.o'neil test user@navy.example"), NOBODY],
      ],
    },
    {
      name: 'a plus in an unencoded query is a space, as browsers and Java encode it',
      source: AIW,
      given: { grace: GRACE },
      steps: [[get('/Users?filter=userName+eq+%22grace.hopper%40navy.example%22&startIndex=1&count=100', CLIENT), { status: 200, list: ['grace'] }]],
    },
    {
      name: 'the unique identifier field may be externalId',
      source: AIW,
      given: { grace: KEPT },
      steps: [[query('/Users', { filter: 'externalId eq "00u1navy"', startIndex: 1, count: 100 }, CLIENT), { status: 200, list: ['grace'] }]],
    },
    {
      name: 'import walks pages of 100 by startIndex, in a stable order',
      source: AIW,
      given: { ada: { userName: 'ada@navy.example' }, grace: GRACE, joan: { userName: 'joan@navy.example' } },
      steps: [
        [get('/Users?startIndex=1&count=100', CLIENT), { status: 200, list: ['ada', 'grace', 'joan'], contains: { startIndex: 1, itemsPerPage: 3 } }],
        [get('/Users?startIndex=1&count=2', CLIENT), { status: 200, list: ['ada', 'grace'], total: 3, contains: { itemsPerPage: 2 } }],
        [get('/Users?startIndex=3&count=2', CLIENT), { status: 200, list: ['joan'], total: 3, contains: { startIndex: 3, itemsPerPage: 1 } }],
        [get('/Users?startIndex=101&count=100', CLIENT), { status: 200, list: [], total: 3, contains: { startIndex: 101, itemsPerPage: 0 } }],
      ],
    },
    {
      name: 'import without group import asks for nothing but users',
      source: AIW,
      given: { grace: { ...GRACE, active: false } },
      steps: [[get('/Users?startIndex=1&count=100', CLIENT), { status: 200, list: ['grace'], contains: { Resources: [{ active: false }] } }]],
    },
    {
      name: 'find a group by name before the push: an empty list, not 404',
      source: DOCS,
      steps: [[query('/Groups', { filter: 'displayName eq "Patrick\'s \\"A\\" team"', startIndex: 1, count: 100 }, CLIENT), NOBODY]],
    },
    {
      name: 'an enterprise attribute in the object of its URN, the URN undeclared',
      source: AIW,
      steps: [
        [
          post('/Users', { ...ASSIGNED, [ENTERPRISE]: { department: 'Compilers' } }, CLIENT),
          { status: 201, body: { ...KEPT, schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'Compilers' } } },
        ],
      ],
    },
    {
      name: 'an enterprise attribute with the URN declared, too',
      source: AIW,
      given: { grace: KEPT },
      steps: [
        [
          put('/Users/{grace}', { ...ASSIGNED, schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'Compilers', manager: { value: '00u-boss', displayName: 'Boss' } } }, CLIENT),
          { status: 200, contains: { [ENTERPRISE]: { department: 'Compilers', manager: { value: '00u-boss' } } } },
        ],
      ],
    },
    {
      name: 'a role of type template, by its id, makes the teammate from it and stays as sent',
      source: 'Okta KB, multivalued attributes: roles.^[type==\'template\'].value',
      templates: { squad: { role: 'teammate' } },
      steps: [
        [
          post('/Users', { ...ASSIGNED, roles: [{ type: 'template', value: '{squad}' }] }, CLIENT),
          { status: 201, body: { ...KEPT, roles: [{ type: 'template', value: '{squad}' }] } },
        ],
      ],
    },
    {
      name: 'a template role that does not exist is refused by its name, and nobody is created',
      source: 'Okta KB, multivalued attributes',
      steps: [
        [post('/Users', { ...ASSIGNED, roles: [{ type: 'template', value: 'tea_nope' }] }, CLIENT), { status: 400, error: 'invalidValue', detail: /tea_nope/ }],
        [lookUp(GRACE.userName), NOBODY],
      ],
    },
    {
      name: 'the same with unknown_template: ignore creates without',
      source: 'Okta KB, multivalued attributes',
      settings: { unknown_template: 'ignore' },
      steps: [[post('/Users', { ...ASSIGNED, roles: [{ type: 'template', value: 'tea_nope' }] }, CLIENT), { status: 201, body: { ...KEPT, roles: [{ type: 'template', value: 'tea_nope' }] } }]],
    },
    {
      name: 'several role slots, and an old one that Okta still sends after it was cleared',
      source: 'Datadog docs, Okta SCIM: roles.^[type==\'slot1\'].value',
      given: { grace: { ...KEPT, roles: [{ type: 'slot1', value: 'viewer' }] } },
      steps: [
        [
          put('/Users/{grace}', { ...ASSIGNED, roles: [{ type: 'slot1', value: 'viewer' }, { type: 'slot2', value: 'editor', primary: true }] }, CLIENT),
          { status: 200, contains: { roles: [{ type: 'slot1', value: 'viewer' }, { type: 'slot2', value: 'editor', primary: true }] } },
        ],
      ],
    },
    {
      name: 'a custom field by namespace and external name',
      source: FRONT,
      steps: [
        [
          post('/Users', { ...ASSIGNED, [CUSTOM_FIELDS]: { 'fld_1k9': 'Gold' } }, CLIENT),
          { status: 201, body: { ...KEPT, schemas: [USER, CUSTOM_FIELDS], [CUSTOM_FIELDS]: { 'fld_1k9': 'Gold' } } },
        ],
      ],
    },
    {
      name: 'a PUT that leaves a custom field out takes it away',
      source: 'RFC 7644 section 3.5.1',
      given: { grace: { ...KEPT, [CUSTOM_FIELDS]: { fld_1k9: 'Gold' } } },
      steps: [[put('/Users/{grace}', ASSIGNED, CLIENT), { status: 200, body: KEPT, absent: [[CUSTOM_FIELDS]] }]],
    },
    {
      name: 'a null, undeclared extension is taken for none',
      source: 'a public client of scim.frontapp.com',
      steps: [[post('/Users', { ...ASSIGNED, [TEAMMATE]: null }, CLIENT), { status: 201, body: KEPT }]],
    },
    {
      name: 'a phone number and an address by their type',
      source: `${OIN}, profile attributes`,
      given: { grace: KEPT },
      steps: [
        [
          put(
            '/Users/{grace}',
            { ...ASSIGNED, phoneNumbers: [{ value: '+1 202 555 0100', type: 'mobile' }], addresses: [{ type: 'work', locality: 'Arlington', country: 'US', primary: true }] },
            CLIENT,
          ),
          { status: 200, body: { ...KEPT, phoneNumbers: [{ value: '+1 202 555 0100', type: 'mobile' }], addresses: [{ type: 'work', locality: 'Arlington', country: 'US', primary: true }] } },
        ],
      ],
    },
    {
      name: 'userName and e-mail need not be the same',
      source: `${OIN}, C9336`,
      steps: [[post('/Users', { ...ASSIGNED, userName: 'ghopper@navy.example' }, CLIENT), { status: 201, body: { ...KEPT, userName: 'ghopper@navy.example' } }]],
    },
    {
      name: 'two users with one e-mail address are two users',
      source: `${OIN}, C9336`,
      given: { grace: KEPT },
      steps: [[post('/Users', { ...ASSIGNED, userName: 'second@navy.example', externalId: '00u2' }, CLIENT), { status: 201, contains: { emails: ASSIGNED.emails } }]],
    },
    {
      name: 'a rename keeps the id and frees the old name',
      source: AIW,
      given: { grace: KEPT },
      steps: [
        [put('/Users/{grace}', { ...ASSIGNED, userName: 'grace.murray@navy.example' }, CLIENT), { status: 200, contains: { id: '{grace}', userName: 'grace.murray@navy.example' } }],
        [lookUp(GRACE.userName), NOBODY],
        [post('/Users', { ...ASSIGNED, externalId: '00u3' }, CLIENT), { status: 201 }],
      ],
    },
    {
      name: 'a rename to a name that is taken is 409, and changes nothing',
      source: AIW,
      given: { grace: KEPT, ada: { userName: 'ada@navy.example' } },
      steps: [
        [put('/Users/{grace}', { ...ASSIGNED, userName: 'ada@navy.example' }, CLIENT), { status: 409, error: 'uniqueness' }],
        [get('/Users/{grace}', CLIENT), { status: 200, body: KEPT }],
      ],
    },
    {
      name: 'a PUT of somebody who does not exist is 404',
      source: DOCS,
      steps: [[put('/Users/tea_01m807f41srpzq8gnyk1sw4m30', ASSIGNED, CLIENT), { status: 404, error: null }]],
    },
    {
      name: 'a PATCH whose Operations is one object in place of a list',
      source: 'single objects where a list belongs',
      given: { grace: KEPT },
      steps: [[patchWith('/Users/{grace}', { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: { op: 'replace', value: { active: false } } }), { status: 200, contains: { active: false } }]],
    },
    {
      name: 'the endpoint under a connection, and its own locations',
      source: 'Scalekit docs: a URL for each organisation',
      steps: [[{ ...post('/Users', ASSIGNED, CLIENT), base: '/scim/con_none/v2' }, { status: 401, error: null }]],
    },
    {
      name: 'a base URL with a slash at the end',
      source: AIW,
      given: { grace: GRACE },
      steps: [[get('//Users/{grace}', CLIENT), { status: 200 }], [get('/Users/', CLIENT), { status: 200, list: ['grace'] }]],
    },
  ],
};
