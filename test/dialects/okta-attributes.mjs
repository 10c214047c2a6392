// What Okta's attribute mappings send: extensions, roles and templates, custom fields, phones; and odd requests.

import { get, patchWith, post, put, query } from '../support/dialect-cases.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, TEAMMATE, USER } from '../support/scim.mjs';

const FAQ = 'Okta docs, SCIM FAQ';
const AIW = 'request log of a real AIW app';
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

export default {
  idp: 'Okta attributes',
  cases: [
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
      steps: [
        [
          get('/Users?filter=userName+eq+%22grace.hopper%40navy.example%22&startIndex=1&count=100', CLIENT),
          { status: 200, list: ['grace'] },
        ],
      ],
    },
    {
      name: 'the unique identifier field may be externalId',
      source: AIW,
      given: { grace: KEPT },
      steps: [
        [
          query('/Users', { filter: 'externalId eq "00u1navy"', startIndex: 1, count: 100 }, CLIENT),
          { status: 200, list: ['grace'] },
        ],
      ],
    },
    {
      name: 'import walks pages of 100 by startIndex, in a stable order',
      source: AIW,
      given: { ada: { userName: 'ada@navy.example' }, grace: GRACE, joan: { userName: 'joan@navy.example' } },
      steps: [
        [
          get('/Users?startIndex=1&count=100', CLIENT),
          { status: 200, list: ['ada', 'grace', 'joan'], contains: { startIndex: 1, itemsPerPage: 3 } },
        ],
        [
          get('/Users?startIndex=1&count=2', CLIENT),
          { status: 200, list: ['ada', 'grace'], total: 3, contains: { itemsPerPage: 2 } },
        ],
        [
          get('/Users?startIndex=3&count=2', CLIENT),
          { status: 200, list: ['joan'], total: 3, contains: { startIndex: 3, itemsPerPage: 1 } },
        ],
        [
          get('/Users?startIndex=101&count=100', CLIENT),
          { status: 200, list: [], total: 3, contains: { startIndex: 101, itemsPerPage: 0 } },
        ],
      ],
    },
    {
      name: 'import without group import asks for nothing but users',
      source: AIW,
      given: { grace: { ...GRACE, active: false } },
      steps: [
        [
          get('/Users?startIndex=1&count=100', CLIENT),
          { status: 200, list: ['grace'], contains: { Resources: [{ active: false }] } },
        ],
      ],
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
          put(
            '/Users/{grace}',
            {
              ...ASSIGNED,
              schemas: [USER, ENTERPRISE],
              [ENTERPRISE]: { department: 'Compilers', manager: { value: '00u-boss', displayName: 'Boss' } },
            },
            CLIENT,
          ),
          { status: 200, contains: { [ENTERPRISE]: { department: 'Compilers', manager: { value: '00u-boss' } } } },
        ],
      ],
    },
    {
      name: 'a role of type template, by its id, makes the teammate from it and stays as sent',
      source: "Okta KB, multivalued attributes: roles.^[type=='template'].value",
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
        [
          post('/Users', { ...ASSIGNED, roles: [{ type: 'template', value: 'tea_nope' }] }, CLIENT),
          { status: 400, error: 'invalidValue', detail: /tea_nope/ },
        ],
        [lookUp(GRACE.userName), NOBODY],
      ],
    },
    {
      name: 'the same with unknown_template: ignore creates without',
      source: 'Okta KB, multivalued attributes',
      settings: { unknown_template: 'ignore' },
      steps: [
        [
          post('/Users', { ...ASSIGNED, roles: [{ type: 'template', value: 'tea_nope' }] }, CLIENT),
          { status: 201, body: { ...KEPT, roles: [{ type: 'template', value: 'tea_nope' }] } },
        ],
      ],
    },
    {
      name: 'several role slots, and an old one that Okta still sends after it was cleared',
      source: "Datadog docs, Okta SCIM: roles.^[type=='slot1'].value",
      given: { grace: { ...KEPT, roles: [{ type: 'slot1', value: 'viewer' }] } },
      steps: [
        [
          put(
            '/Users/{grace}',
            {
              ...ASSIGNED,
              roles: [
                { type: 'slot1', value: 'viewer' },
                { type: 'slot2', value: 'editor', primary: true },
              ],
            },
            CLIENT,
          ),
          {
            status: 200,
            contains: {
              roles: [
                { type: 'slot1', value: 'viewer' },
                { type: 'slot2', value: 'editor', primary: true },
              ],
            },
          },
        ],
      ],
    },
    {
      name: 'a custom field by namespace and external name',
      source: FRONT,
      steps: [
        [
          post('/Users', { ...ASSIGNED, [CUSTOM_FIELDS]: { fld_1k9: 'Gold' } }, CLIENT),
          { status: 201, body: { ...KEPT, schemas: [USER, CUSTOM_FIELDS], [CUSTOM_FIELDS]: { fld_1k9: 'Gold' } } },
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
            {
              ...ASSIGNED,
              phoneNumbers: [{ value: '+1 202 555 0100', type: 'mobile' }],
              addresses: [{ type: 'work', locality: 'Arlington', country: 'US', primary: true }],
            },
            CLIENT,
          ),
          {
            status: 200,
            body: {
              ...KEPT,
              phoneNumbers: [{ value: '+1 202 555 0100', type: 'mobile' }],
              addresses: [{ type: 'work', locality: 'Arlington', country: 'US', primary: true }],
            },
          },
        ],
      ],
    },
    {
      name: 'userName and e-mail need not be the same',
      source: `${OIN}, C9336`,
      steps: [
        [
          post('/Users', { ...ASSIGNED, userName: 'ghopper@navy.example' }, CLIENT),
          { status: 201, body: { ...KEPT, userName: 'ghopper@navy.example' } },
        ],
      ],
    },
    {
      name: 'two users with one e-mail address are two users',
      source: `${OIN}, C9336`,
      given: { grace: KEPT },
      steps: [
        [
          post('/Users', { ...ASSIGNED, userName: 'second@navy.example', externalId: '00u2' }, CLIENT),
          { status: 201, contains: { emails: ASSIGNED.emails } },
        ],
      ],
    },
    {
      name: 'a rename keeps the id and frees the old name',
      source: AIW,
      given: { grace: KEPT },
      steps: [
        [
          put('/Users/{grace}', { ...ASSIGNED, userName: 'grace.murray@navy.example' }, CLIENT),
          { status: 200, contains: { id: '{grace}', userName: 'grace.murray@navy.example' } },
        ],
        [lookUp(GRACE.userName), NOBODY],
        [post('/Users', { ...ASSIGNED, externalId: '00u3' }, CLIENT), { status: 201 }],
      ],
    },
    {
      name: 'a rename to a name that is taken is 409, and changes nothing',
      source: AIW,
      given: { grace: KEPT, ada: { userName: 'ada@navy.example' } },
      steps: [
        [
          put('/Users/{grace}', { ...ASSIGNED, userName: 'ada@navy.example' }, CLIENT),
          { status: 409, error: 'uniqueness' },
        ],
        [get('/Users/{grace}', CLIENT), { status: 200, body: KEPT }],
      ],
    },
    {
      name: 'a PATCH whose Operations is one object in place of a list',
      source: 'single objects where a list belongs',
      given: { grace: KEPT },
      steps: [
        [
          patchWith('/Users/{grace}', {
            schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
            Operations: { op: 'replace', value: { active: false } },
          }),
          { status: 200, contains: { active: false } },
        ],
      ],
    },
    {
      name: 'the endpoint under a connection, and its own locations',
      source: 'Scalekit docs: a URL for each organisation',
      steps: [
        [
          { ...post('/Users', ASSIGNED, CLIENT), base: '/scim/con_none/v2' },
          { status: 401, error: null },
        ],
      ],
    },
    {
      name: 'a base URL with a slash at the end',
      source: AIW,
      given: { grace: GRACE },
      steps: [
        [get('//Users/{grace}', CLIENT), { status: 200 }],
        [get('/Users/', CLIENT), { status: 200, list: ['grace'] }],
      ],
    },
  ],
};
