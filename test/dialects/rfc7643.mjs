// RFC 7643: the schemas' own rules, and users of the shapes of its section 8.

import { get, patch, post } from '../support/dialect-cases.mjs';
import { ENTERPRISE, USER } from '../support/scim.mjs';

const rfc = (section) => `RFC 7643 section ${section}`;

const ADA = { userName: 'ada@analytical.example' };
const FULL = {
  schemas: [USER],
  externalId: '701984',
  userName: 'ada@analytical.example',
  name: {
    formatted: 'The Hon. Augusta Ada King',
    familyName: 'King',
    givenName: 'Augusta',
    middleName: 'Ada',
    honorificPrefix: 'The Hon.',
    honorificSuffix: 'I',
  },
  displayName: 'Ada King',
  nickName: 'Ada',
  profileUrl: 'https://analytical.example/ada',
  emails: [
    { value: 'ada@analytical.example', type: 'work', primary: true },
    { value: 'ada@byron.example', type: 'home' },
  ],
  addresses: [
    {
      type: 'work',
      streetAddress: '12 St James Square',
      locality: 'London',
      region: 'Westminster',
      postalCode: 'SW1Y 4JH',
      country: 'GB',
      formatted: '12 St James Square\nLondon SW1Y 4JH',
      primary: true,
    },
    { type: 'home', locality: 'Ockham', country: 'GB' },
  ],
  phoneNumbers: [
    { value: '555-555-5555', type: 'work' },
    { value: '555-555-4444', type: 'mobile' },
  ],
  ims: [{ value: 'adaking', type: 'aim' }],
  photos: [
    { value: 'https://photos.example/ada/F', type: 'photo' },
    { value: 'https://photos.example/ada/T', type: 'thumbnail' },
  ],
  userType: 'Employee',
  title: 'Analyst',
  preferredLanguage: 'en-GB',
  locale: 'en-GB',
  timezone: 'Europe/London',
  active: true,
};

export default {
  idp: 'RFC 7643',
  cases: [
    {
      name: 'a minimal user',
      source: rfc('8.1'),
      steps: [
        [
          post('/Users', { schemas: [USER], ...ADA }),
          { status: 201, body: { schemas: [USER], ...ADA, active: true }, as: 'ada' },
        ],
        [
          get('/Users/{ada}'),
          { status: 200, contains: { id: '{ada}', meta: { resourceType: 'User', location: '{ada.location}' } } },
        ],
      ],
    },
    {
      name: 'a full user comes back as it was sent',
      source: rfc('8.2'),
      steps: [[post('/Users', FULL), { status: 201, body: FULL }]],
    },
    {
      name: 'an enterprise user comes back as it was sent',
      source: rfc('8.3'),
      given: { boss: { userName: 'boss@analytical.example' } },
      steps: [
        [
          post('/Users', {
            ...FULL,
            schemas: [USER, ENTERPRISE],
            [ENTERPRISE]: {
              employeeNumber: '701984',
              costCenter: '4130',
              organization: 'Engines',
              division: 'Analytical',
              department: 'Notes',
              manager: { value: '{boss}', $ref: '../Users/{boss}' },
            },
          }),
          {
            status: 201,
            contains: {
              [ENTERPRISE]: {
                employeeNumber: '701984',
                costCenter: '4130',
                organization: 'Engines',
                division: 'Analytical',
                department: 'Notes',
                manager: { value: '{boss}' },
              },
            },
          },
        ],
      ],
    },
    {
      name: 'attribute names are read without regard to letter case',
      source: rfc('2.1'),
      steps: [
        [
          post('/Users', {
            SCHEMAS: [USER],
            USERNAME: ADA.userName,
            Name: { GIVENNAME: 'Ada' },
            EMAILS: [{ VALUE: 'ada@analytical.example' }],
          }),
          {
            status: 201,
            body: {
              schemas: [USER],
              ...ADA,
              name: { givenName: 'Ada' },
              emails: [{ value: 'ada@analytical.example' }],
              active: true,
            },
          },
        ],
      ],
    },
    {
      name: 'null and an empty list are no value',
      source: rfc('2.5'),
      steps: [
        [
          post('/Users', { schemas: [USER], ...ADA, title: null, emails: [], phoneNumbers: null, name: null }),
          { status: 201, body: { schemas: [USER], ...ADA, active: true } },
        ],
      ],
    },
    {
      name: "a client's id and meta are ignored: they are the server's",
      source: rfc('3.1'),
      steps: [
        [
          post('/Users', {
            schemas: [USER],
            ...ADA,
            id: 'mine',
            meta: {
              resourceType: 'Robot',
              location: 'https://elsewhere.example',
              created: '1999-01-01T00:00:00Z',
              version: 'W/"0"',
            },
          }),
          {
            status: 201,
            body: { schemas: [USER], ...ADA, active: true },
            contains: { meta: { resourceType: 'User' } },
            matches: { id: /^tea_/, 'meta.location': /\/v2\/Users\/tea_/, 'meta.created': /^20[2-9]/ },
          },
        ],
      ],
    },
    {
      name: 'groups of a user are read-only and ignored',
      source: rfc('4.1.2'),
      steps: [
        [
          post('/Users', { schemas: [USER], ...ADA, groups: [{ value: 'grp_x' }] }),
          { status: 201, body: { schemas: [USER], ...ADA, active: true } },
        ],
      ],
    },
    {
      name: 'a password is never returned, not even when it is asked for',
      source: rfc('7'),
      steps: [
        [
          post('/Users?attributes=password,userName', { schemas: [USER], ...ADA, password: 'S3cret!' }),
          { status: 201, contains: ADA, absent: ['password'], as: 'ada' },
        ],
        [get('/Users/{ada}?attributes=password'), { status: 200, absent: ['password', 'userName'] }],
      ],
    },
    {
      name: 'userName is required: missing',
      source: rfc('4.1.1'),
      steps: [[post('/Users', { schemas: [USER] }), { status: 400, error: 'invalidValue', detail: /userName/ }]],
    },
    {
      name: 'userName is required: blank',
      source: rfc('4.1.1'),
      steps: [
        [
          post('/Users', { schemas: [USER], userName: '  ' }),
          { status: 400, error: 'invalidValue', detail: /userName/ },
        ],
      ],
    },
    {
      name: 'userName is required: null',
      source: rfc('4.1.1'),
      steps: [
        [
          post('/Users', { schemas: [USER], userName: null }),
          { status: 400, error: 'invalidValue', detail: /userName/ },
        ],
      ],
    },
    {
      name: "userName is required: a PATCH can't take it away",
      source: rfc('4.1.1'),
      given: { ada: ADA },
      steps: [
        [patch('/Users/{ada}', { op: 'remove', path: 'userName' }), { status: 400, error: /./ }],
        [get('/Users/{ada}'), { status: 200, contains: ADA }],
      ],
    },
    {
      name: 'userName of another type is refused',
      source: rfc('2.3'),
      steps: [
        [
          post('/Users', { schemas: [USER], userName: ['a', 'b'] }),
          { status: 400, error: 'invalidValue', detail: /userName/ },
        ],
      ],
    },
    {
      name: 'active of another type is refused',
      source: rfc('2.3.2'),
      steps: [
        [
          post('/Users', { schemas: [USER], ...ADA, active: 'perhaps' }),
          { status: 400, error: 'invalidValue', detail: /active/ },
        ],
      ],
    },
    {
      name: 'name of another type is refused',
      source: rfc('2.3.8'),
      steps: [
        [
          post('/Users', { schemas: [USER], ...ADA, name: 'Ada King' }),
          { status: 400, error: 'invalidValue', detail: /name/ },
        ],
      ],
    },
    {
      name: 'of two that are sent as primary one is kept so',
      source: rfc('2.4'),
      steps: [
        [
          post('/Users', {
            schemas: [USER],
            ...ADA,
            emails: [
              { value: 'a@x.example', primary: true },
              { value: 'b@x.example', primary: true },
            ],
          }),
          {
            status: 201,
            contains: {
              emails: [
                { value: 'a@x.example', primary: true },
                { value: 'b@x.example', primary: false },
              ],
            },
          },
        ],
      ],
    },
    {
      name: 'text of every script is kept to the character',
      source: rfc('2.3.1'),
      steps: [
        [
          post('/Users', {
            schemas: [USER],
            ...ADA,
            displayName: 'Ада Łukasz 王小明 عائشة 👩‍🔬',
            title: 'a\tb\nc"d\\e',
          }),
          {
            status: 201,
            body: {
              schemas: [USER],
              ...ADA,
              displayName: 'Ада Łukasz 王小明 عائشة 👩‍🔬',
              title: 'a\tb\nc"d\\e',
              active: true,
            },
          },
        ],
      ],
    },
    {
      name: 'the attributes of the User schema say what the server does',
      source: rfc('7'),
      steps: [
        [
          get(`/Schemas/${USER}`),
          { status: 200, contains: { id: USER, name: 'User', meta: { resourceType: 'Schema' } } },
        ],
      ],
    },
    {
      name: 'the resource type names its schema and its extensions',
      source: rfc('6'),
      steps: [
        [
          get('/ResourceTypes/User'),
          {
            status: 200,
            contains: {
              id: 'User',
              name: 'User',
              endpoint: '/Users',
              schema: USER,
              meta: { resourceType: 'ResourceType' },
            },
          },
        ],
      ],
    },
    {
      name: 'the list of resource types',
      source: rfc('6'),
      steps: [[get('/ResourceTypes'), { status: 200, contains: { totalResults: 2 } }]],
    },
  ],
};
