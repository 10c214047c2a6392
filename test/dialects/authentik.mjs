// authentik's SCIM provider, which reads our configuration first and gives up features that it can't parse.

import { get, patch, post, put, query, remove } from '../support/dialect-cases.mjs';
import { USER } from '../support/scim.mjs';

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
      name: 'discovery of groups: the first page, then startIndex without count',
      source: CODE,
      steps: [
        [get('/Groups'), { status: 200, list: [] }],
        [get('/Groups?startIndex=1'), { status: 200, list: [] }],
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
