// OneLogin: the body of a user is a JSON template that the customer edits, so anything may come.

import { get, patch, post, put, query, remove } from '../support/dialect-cases.mjs';
import { ENTERPRISE, GROUP, USER } from '../support/scim.mjs';

const DOCS = 'OneLogin developer docs, implementing a SCIM API';
const DOCKER = 'Docker docs, OneLogin SCIM';
const KEEPNET = 'Keepnet docs, its OneLogin template';
const DJANGO = 'django-scim2, notes on OneLogin';

const HEADERS = { 'user-agent': 'OneLogin SCIM', 'content-type': 'application/scim+json', accept: 'application/json' };
const USER_BODY = {
  userName: 'nikola@westinghouse.example',
  displayName: 'Nikola Tesla',
  name: { givenName: 'Nikola', familyName: 'Tesla' },
  emails: [{ value: 'nikola@westinghouse.example', primary: true }],
};
const KEPT = { schemas: [USER], ...USER_BODY, active: true };
const NIKOLA = { userName: 'nikola@westinghouse.example' };

const PEOPLE = { nikola: NIKOLA, marie: { userName: 'marie@westinghouse.example' } };
const team = (...members) => ({ displayName: 'Engineers', members });
const groups = { team: { displayName: 'Engineers', members: [{ value: '{nikola}' }] } };

export default {
  idp: 'OneLogin',
  cases: [
    {
      name: 'the initial connection looks up a name that does not exist',
      source: DOCS,
      steps: [[query('/Users', { filter: 'userName eq "no-such-user"' }, HEADERS), { status: 200, list: [] }]],
    },
    {
      name: 'answers are application/json where Accept names it alone',
      source: DOCS,
      given: { nikola: NIKOLA },
      steps: [
        [
          get('/Users/{nikola}', { accept: 'application/json' }),
          { status: 200, headers: { 'content-type': /^application\/json/ } },
        ],
      ],
    },
    {
      name: 'errors are then application/json as well',
      source: DOCS,
      steps: [
        [
          get('/Users/nobody', { accept: 'application/json' }),
          { status: 404, error: null, headers: { 'content-type': /^application\/json/ } },
        ],
      ],
    },
    {
      name: 'look-up, create, read',
      source: DOCS,
      steps: [
        [query('/Users', { filter: 'userName eq "nikola@westinghouse.example"' }, HEADERS), { status: 200, list: [] }],
        [post('/Users', { schemas: [USER], ...USER_BODY }, HEADERS), { status: 201, body: KEPT, as: 'nikola' }],
        [get('/Users/{nikola}', HEADERS), { status: 200, body: KEPT }],
      ],
    },
    {
      name: 'application/json as the type of the body',
      source: DOCKER,
      steps: [
        [
          post('/Users', { schemas: [USER], ...USER_BODY }, { 'content-type': 'application/json' }),
          { status: 201, body: KEPT },
        ],
      ],
    },
    {
      name: 'active as a string, id null, meta and an unknown manager',
      source: KEEPNET,
      steps: [
        [
          post(
            '/Users',
            {
              schemas: [USER, ENTERPRISE],
              id: null,
              ...USER_BODY,
              active: 'True',
              meta: { resourceType: 'User' },
              [ENTERPRISE]: { department: 'Research', manager: { managerId: '17' } },
            },
            HEADERS,
          ),
          { status: 201, contains: { ...USER_BODY, active: true, [ENTERPRISE]: { department: 'Research' } } },
        ],
      ],
    },
    {
      name: 'active as a string suspends',
      source: KEEPNET,
      given: { nikola: NIKOLA },
      steps: [
        [
          put('/Users/{nikola}', { schemas: [USER], ...USER_BODY, active: 'false' }, HEADERS),
          { status: 200, body: { ...KEPT, active: false } },
        ],
      ],
    },
    {
      name: 'emails as one object in place of a list',
      source: DJANGO,
      steps: [
        [
          post('/Users', { schemas: [USER], ...USER_BODY, emails: USER_BODY.emails[0] }, HEADERS),
          { status: 201, body: KEPT },
        ],
      ],
    },
    {
      name: 'e-mails without a type',
      source: DOCS,
      steps: [
        [
          post(
            '/Users',
            { schemas: [USER], ...USER_BODY, emails: [{ value: 'nikola@westinghouse.example' }] },
            HEADERS,
          ),
          { status: 201, contains: { emails: [{ value: 'nikola@westinghouse.example' }] } },
        ],
      ],
    },
    {
      name: 'a body without schemas',
      source: DOCS,
      steps: [[post('/Users', USER_BODY, HEADERS), { status: 201, body: KEPT }]],
    },
    {
      name: 'an update by PUT',
      source: DOCS,
      given: { nikola: { ...USER_BODY, title: 'Engineer' } },
      steps: [
        [
          put('/Users/{nikola}', { schemas: [USER], id: '{nikola}', ...USER_BODY, title: 'Inventor' }, HEADERS),
          { status: 200, body: { ...KEPT, title: 'Inventor' } },
        ],
      ],
    },
    {
      name: 'an update by PATCH',
      source: DOCS,
      given: { nikola: USER_BODY },
      steps: [
        [
          patch('/Users/{nikola}', { op: 'replace', value: { ...USER_BODY, title: 'Inventor', active: true } }),
          { status: 200, body: { ...KEPT, title: 'Inventor' } },
        ],
      ],
    },
    {
      name: 'deprovision by Suspend',
      source: DOCS,
      given: { nikola: USER_BODY },
      steps: [
        [
          patch('/Users/{nikola}', { op: 'replace', path: 'active', value: false }),
          { status: 200, body: { ...KEPT, active: false } },
        ],
      ],
    },
    {
      name: 'deprovision by Delete',
      source: DOCS,
      given: { nikola: USER_BODY },
      steps: [
        [remove('/Users/{nikola}', HEADERS), { status: 204 }],
        [get('/Users', HEADERS), { status: 200, list: [] }],
      ],
    },
    { name: 'GET /Groups', source: DOCS, steps: [[get('/Groups', HEADERS), { status: 200, list: [] }]] },
    {
      name: 'a group: listed, created, changed; in application/json where Accept names it alone',
      source: DOCS,
      given: PEOPLE,
      steps: [
        [
          post('/Groups', { schemas: [GROUP], displayName: 'Engineers' }, HEADERS),
          { status: 201, headers: { 'content-type': /^application\/json/ }, group: team(), as: 'team' },
        ],
        [get('/Groups', HEADERS), { status: 200, list: ['team'], headers: { 'content-type': /^application\/json/ } }],
        [
          patch('/Groups/{team}', { op: 'add', path: 'members', value: [{ value: '{nikola}' }] }),
          { status: 204, group: team('nikola') },
        ],
      ],
    },
    {
      name: 'members as a single object',
      source: DJANGO,
      given: PEOPLE,
      groups,
      steps: [
        [
          patch('/Groups/{team}', { op: 'add', path: 'members', value: { value: '{marie}' } }),
          { status: 204, group: team('nikola', 'marie') },
        ],
        [
          put('/Groups/{team}', { schemas: [GROUP], displayName: 'Engineers', members: { value: '{marie}' } }, HEADERS),
          { status: 200, group: team('marie') },
        ],
      ],
    },
    {
      name: 'a body of nulls',
      source: KEEPNET,
      given: PEOPLE,
      steps: [
        [
          post(
            '/Groups',
            {
              schemas: [GROUP],
              id: null,
              externalId: null,
              displayName: 'Engineers',
              members: null,
              meta: { resourceType: 'Group' },
            },
            HEADERS,
          ),
          { status: 201, group: team() },
        ],
      ],
    },
    {
      name: 'members of a role are replaced, and taken out one by one',
      source: DOCS,
      given: PEOPLE,
      groups,
      steps: [
        [
          patch('/Groups/{team}', {
            op: 'replace',
            path: 'members',
            value: [{ value: '{marie}' }, { value: '{nikola}' }],
          }),
          { status: 204, group: team('marie', 'nikola') },
        ],
        [
          patch('/Groups/{team}', { op: 'remove', path: 'members[value eq "{nikola}"]' }),
          { status: 204, group: team('marie') },
        ],
      ],
    },
  ],
};
