// authentik's SCIM provider, which reads our configuration first and gives up features that it can't parse.

import { get, patch, patchWith, post, put, query, remove } from '../support/dialect-cases.mjs';
import { GROUP, USER } from '../support/scim.mjs';

const CODE = 'goauthentik/authentik, its SCIM provider and tests';

const SENT = {
  schemas: [USER],
  active: true,
  emails: [{ primary: true, type: 'other', value: 'hedy@lamarr.example' }],
  externalId: '3f4a9c',
  name: { familyName: 'Lamarr', formatted: 'Hedy Lamarr', givenName: 'Hedy' },
  displayName: 'Hedy Lamarr',
  userName: 'hedy',
};

const TEAM = { schemas: [GROUP], externalId: '9b1d', displayName: 'authentik Admins' };
const PEOPLE = { hedy: SENT, ada: { userName: 'ada' }, mary: { userName: 'mary' } };
const team = (...members) => ({ displayName: 'authentik Admins', externalId: '9b1d', members });
const groups = { team: { ...TEAM, members: [{ value: '{hedy}' }, { value: '{ada}' }] } };
const member = (op, name) => ({ op, path: 'members', value: [{ value: `{${name}}` }] });
/** Its PATCH request is dumped without what was not set: `schemas` is missing. */
const patched = (...Operations) => patchWith('/Groups/{team}', { Operations });

export default {
  idp: 'authentik',
  cases: [
    {
      name: 'the configuration has every member that its parser needs',
      source: CODE,
      steps: [
        [
          get('/ServiceProviderConfig'),
          {
            status: 200,
            contains: {
              patch: { supported: true },
              filter: { supported: true },
              changePassword: { supported: false },
              authenticationSchemes: [{ type: 'oauthbearertoken' }],
            },
            number: ['bulk.maxOperations', 'bulk.maxPayloadSize', 'filter.maxResults'],
          },
        ],
      ],
    },
    { name: 'create', source: CODE, steps: [[post('/Users', SENT), { status: 201, body: SENT }]] },
    {
      name: 'update by PUT',
      source: CODE,
      given: { hedy: SENT },
      steps: [
        [
          put('/Users/{hedy}', { ...SENT, id: '{hedy}', displayName: 'H. Lamarr' }),
          { status: 200, body: { ...SENT, displayName: 'H. Lamarr' } },
        ],
      ],
    },
    {
      name: 'a 409 makes it look the user up and adopt the first',
      source: CODE,
      given: { hedy: { userName: 'Hedy' } },
      steps: [
        [post('/Users', SENT), { status: 409, error: 'uniqueness' }],
        [query('/Users', { filter: 'userName eq "hedy"' }), { status: 200, list: ['hedy'] }],
        [put('/Users/{hedy}', { ...SENT, id: '{hedy}' }), { status: 200, body: SENT }],
      ],
    },
    {
      name: 'a PATCH without schemas',
      source: CODE,
      given: { hedy: SENT },
      steps: [
        [
          {
            method: 'PATCH',
            path: '/Users/{hedy}',
            body: { Operations: [{ op: 'replace', path: 'displayName', value: 'HL' }] },
          },
          { status: 200, body: { ...SENT, displayName: 'HL' } },
        ],
      ],
    },
    {
      name: 'a pathless replace that names schemas and its own id',
      source: CODE,
      given: { hedy: SENT },
      steps: [
        [
          patch('/Users/{hedy}', {
            op: 'replace',
            value: { schemas: [USER], id: '{hedy}', externalId: '3f4a9c', displayName: 'HL' },
          }),
          { status: 200, body: { ...SENT, displayName: 'HL' } },
        ],
      ],
    },
    {
      name: 'deactivation by PUT',
      source: CODE,
      given: { hedy: SENT },
      steps: [[put('/Users/{hedy}', { ...SENT, active: false }), { status: 200, body: { ...SENT, active: false } }]],
    },
    {
      name: 'DELETE',
      source: CODE,
      given: { hedy: SENT },
      steps: [
        [remove('/Users/{hedy}'), { status: 204 }],
        [get('/Users/{hedy}'), { status: 404, error: null }],
      ],
    },
    {
      name: 'a group: created without members, then an operation for each',
      source: CODE,
      given: PEOPLE,
      steps: [
        [post('/Groups', TEAM), { status: 201, body: { ...TEAM, members: [] }, group: team(), as: 'team' }],
        [patched(member('add', 'hedy'), member('add', 'ada')), { status: 204, group: team('hedy', 'ada') }],
        [get('/Groups/{team}'), { status: 200, contains: { members: [{ value: '{hedy}' }, { value: '{ada}' }] } }],
        [patched(member('remove', 'hedy'), member('add', 'mary')), { status: 204, group: team('ada', 'mary') }],
      ],
    },
    {
      name: 'members in chunks of as many operations as bulk.maxOperations allows',
      source: CODE,
      given: PEOPLE,
      groups,
      steps: [
        [
          patched(...Array.from({ length: 200 }, (_, i) => member('add', ['hedy', 'ada', 'mary'][i % 3]))),
          { status: 204, group: team('hedy', 'ada', 'mary') },
        ],
      ],
    },
    {
      name: 'a group is updated by a pathless replace that names schemas and its own id',
      source: CODE,
      given: PEOPLE,
      groups,
      steps: [
        [
          patched({
            op: 'replace',
            value: { schemas: [GROUP], id: '{team}', externalId: '9b1d', displayName: 'Admins' },
          }),
          { status: 204, group: { ...team('hedy', 'ada'), displayName: 'Admins' } },
        ],
      ],
    },
    {
      name: 'in its AWS mode displayName and externalId have a path each',
      source: CODE,
      given: PEOPLE,
      groups,
      steps: [
        [
          patched(
            { op: 'replace', path: 'displayName', value: 'Admins' },
            { op: 'replace', path: 'externalId', value: '9b1e' },
          ),
          { status: 204, group: { ...team('hedy', 'ada'), displayName: 'Admins', externalId: '9b1e' } },
        ],
      ],
    },
    {
      name: 'a group is updated by PUT where it believes that there is no PATCH',
      source: CODE,
      given: PEOPLE,
      groups,
      steps: [
        [
          put('/Groups/{team}', { ...TEAM, id: '{team}', members: [{ value: '{mary}' }] }),
          { status: 200, group: team('mary') },
        ],
      ],
    },
    {
      name: 'a 409 makes it look the group up and adopt the first',
      source: CODE,
      given: PEOPLE,
      groups: { team: { displayName: 'authentik admins' } },
      steps: [
        [post('/Groups', TEAM), { status: 409, error: 'uniqueness' }],
        [query('/Groups', { filter: 'displayName eq "authentik Admins"' }), { status: 200, list: ['team'] }],
        [
          patched({ op: 'replace', value: { id: '{team}', externalId: '9b1d', displayName: 'authentik Admins' } }),
          { status: 204, group: team() },
        ],
      ],
    },
    {
      name: 'DELETE of a group',
      source: CODE,
      given: PEOPLE,
      groups,
      steps: [[remove('/Groups/{team}'), { status: 204, group: null }]],
    },
    {
      name: 'discovery of groups: the first page, then startIndex without count',
      source: CODE,
      given: PEOPLE,
      groups: { ...groups, other: { displayName: 'Other' } },
      steps: [
        [get('/Groups'), { status: 200, list: ['team', 'other'] }],
        [get('/Groups?startIndex=2'), { status: 200, list: ['other'], total: 2, contains: { startIndex: 2 } }],
        [get('/Groups?startIndex=3'), { status: 200, list: [], total: 2 }],
      ],
    },
    {
      name: 'startIndex without count pages users as well',
      source: CODE,
      given: { hedy: SENT, ada: { userName: 'ada' } },
      steps: [[get('/Users?startIndex=2'), { status: 200, list: ['ada'], total: 2, contains: { startIndex: 2 } }]],
    },
  ],
};
