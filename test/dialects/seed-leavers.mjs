// Who leaves and comes back, in the words of Front's guides to Okta and Entra ID.

import { patch, post, query } from '../support/dialect-cases.mjs';
import { ENTERPRISE, USER } from '../support/scim.mjs';

const RE_AUTHORIZE =
  'Front, Okta guide: "Should you re-authorize access to Front, the teammate will be unblocked automatically."';
const BLOCKED =
  'Front, Okta guide: "When you remove access to Front from Okta for a specific teammate, that teammate will be blocked."';
const MATCH = 'Front, Entra guide: "This field is used to match"';
const OKTA = { 'user-agent': 'Okta SCIM Client 1.0.0', accept: 'application/scim+json' };

const NAVY = {
  schemas: [USER],
  userName: 'ok@navy.example',
  name: { givenName: 'Test', familyName: 'User' },
  emails: [{ primary: true, value: 'ok@navy.example', type: 'work' }],
  displayName: 'Test User',
  locale: 'en-US',
  externalId: '00u1',
  groups: [],
  password: '1mz050nq',
  active: true,
};

const ADELE = {
  schemas: [USER, ENTERPRISE],
  externalId: 'nick',
  userName: 'en@contoso.example',
  active: true,
  displayName: 'Adele Vance',
  title: 'Manager',
  emails: [{ primary: true, type: 'work', value: 'en@contoso.example' }],
  meta: { resourceType: 'User' },
  name: { formatted: 'Adele Vance', familyName: 'Vance', givenName: 'Adele' },
};
const DELETED = '283405f5a1b24c3d8e9f0a1b2c3d4e5fen@contoso.example';

export default {
  idp: 'Leavers of the seeds',
  cases: [
    {
      name: 're-authorized by an app that does not look: POST of a blocked teammate, 201, same id, active',
      source: RE_AUTHORIZE,
      given: { rita: NAVY },
      steps: [
        [
          patch('/Users/{rita}', { op: 'replace', value: { active: false } }),
          { status: 200, contains: { active: false } },
        ],
        [post('/Users', NAVY, OKTA), { status: 201, contains: { id: '{rita}', active: true } }],
      ],
    },
    {
      name: 're-authorized by PATCH Add and by Replace: the answer already says so',
      source: RE_AUTHORIZE,
      given: { rita: NAVY },
      steps: ['Add', 'Replace'].flatMap((op) => [
        [
          patch('/Users/{rita}', { op: 'Replace', path: 'active', value: 'False' }),
          { status: 200, contains: { active: false } },
        ],
        [patch('/Users/{rita}', { op, path: 'active', value: 'True' }), { status: 200, contains: { active: true } }],
      ]),
    },
    {
      name: 'deleted in Entra, then made anew there: the look-up finds the blocked teammate, so that it is linked',
      source: MATCH,
      given: { adele: ADELE },
      steps: [
        [
          patch(
            '/Users/{adele}',
            { op: 'Replace', path: 'userName', value: DELETED },
            { op: 'Replace', path: 'emails[type eq "work"].value', value: DELETED },
            { op: 'Replace', path: 'active', value: 'False' },
          ),
          { status: 200, contains: { active: false } },
        ],
        [query('/Users', { filter: 'userName eq "en@contoso.example"' }), { status: 200, list: ['adele'] }],
        [
          patch('/Users/{adele}', { op: 'Replace', path: 'active', value: 'True' }),
          { status: 200, contains: { userName: 'en@contoso.example', emails: ADELE.emails, active: true } },
        ],
      ],
    },
    {
      name: 'a refused attribute does not keep a leaver in',
      source: BLOCKED,
      given: { rita: NAVY },
      steps: [
        [
          patch(
            '/Users/{rita}',
            { op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:shoeSize', value: '43' },
            { op: 'replace', value: { active: false, title: 'Gone' } },
          ),
          { status: 200, contains: { active: false, title: 'Gone' } },
        ],
      ],
    },
  ],
};
