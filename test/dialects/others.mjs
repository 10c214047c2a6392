// Identity providers of which little is published: a few cases for each, named by whose they are.

import { get, patch, post, put, query, remove } from '../support/dialect-cases.mjs';
import { GROUP, USER } from '../support/scim.mjs';

const GOOGLE = "Google Workspace admin docs, by better-auth's tests";
const PING = 'PingFederate docs, SCIM SP connection';
const PINGONE = 'PingOne docs, SCIM store';
const CYBERARK = 'CyberArk Identity developer docs';
const RIPPLING = 'Rippling docs, SCIM options';
const BITWARDEN = 'bitwarden/server, the PATCHes that its SCIM server handles';

const PERSON = {
  schemas: [USER],
  userName: 'emmy@goettingen.example',
  name: { givenName: 'Emmy', familyName: 'Noether' },
  emails: [{ value: 'emmy@goettingen.example', primary: true, type: 'work' }],
  active: true,
};
const EMMY = { userName: 'emmy@goettingen.example', emails: PERSON.emails };
const PEOPLE = { emmy: EMMY, max: { userName: 'max@x.example' } };
const TEAM = { schemas: [GROUP], displayName: 'Algebra', externalId: 'A-1' };
const team = (...members) => ({ displayName: 'Algebra', externalId: 'A-1', members });
const groups = { team: { ...TEAM, members: [{ value: '{emmy}' }] } };
/** One PATCH of the group, in which Emmy is. */
const patched = (name, source, operations, after) => ({
  name,
  source,
  given: PEOPLE,
  groups,
  steps: [[patch('/Groups/{team}', ...operations), { status: 204, group: after }]],
});

export default {
  idp: 'Google, Ping, CyberArk, Rippling, Bitwarden',
  cases: [
    {
      name: 'Google probes with one user a page',
      source: GOOGLE,
      given: { emmy: EMMY },
      steps: [[get('/Users?count=1'), { status: 200, list: ['emmy'] }]],
    },
    {
      name: 'Google lists the attributes of the User schema by its URN',
      source: GOOGLE,
      steps: [[get(`/Schemas/${USER}`), { status: 200, contains: { id: USER, name: 'User' } }]],
    },
    {
      name: 'Google creates a user of a userName alone',
      source: GOOGLE,
      steps: [
        [
          post('/Users', { schemas: [USER], userName: 'emmy@goettingen.example' }),
          { status: 201, body: { schemas: [USER], userName: 'emmy@goettingen.example', active: true } },
        ],
      ],
    },
    {
      name: 'Google suspends',
      source: GOOGLE,
      given: { emmy: PERSON },
      steps: [
        [
          patch('/Users/{emmy}', { op: 'replace', path: 'active', value: false }),
          { status: 200, body: { ...PERSON, active: false } },
        ],
      ],
    },
    {
      name: 'Google deletes somebody who is still active',
      source: GOOGLE,
      given: { emmy: PERSON },
      steps: [
        [remove('/Users/{emmy}'), { status: 204 }],
        [get('/Users/{emmy}'), { status: 404, error: null }],
      ],
    },
    {
      name: 'Google deletes somebody who was suspended 21 days ago',
      source: GOOGLE,
      given: { emmy: { ...PERSON, active: false } },
      steps: [
        [remove('/Users/{emmy}'), { status: 204 }],
        [get('/Users'), { status: 200, list: [] }],
      ],
    },
    {
      name: 'PingFederate looks up by userName',
      source: PING,
      given: { emmy: EMMY },
      steps: [[query('/Users', { filter: 'userName eq "emmy@goettingen.example"' }), { status: 200, list: ['emmy'] }]],
    },
    {
      name: 'PingFederate looks up by workEmail: emails without a sub-attribute',
      source: PING,
      given: { emmy: EMMY },
      steps: [[query('/Users', { filter: 'emails eq "emmy@goettingen.example"' }), { status: 200, list: ['emmy'] }]],
    },
    {
      name: 'PingFederate updates by PUT where PATCH is not ticked',
      source: PING,
      given: { emmy: EMMY },
      steps: [[put('/Users/{emmy}', { ...PERSON, id: '{emmy}' }), { status: 200, body: PERSON }]],
    },
    {
      name: 'PingFederate updates by PATCH where it is',
      source: PING,
      given: { emmy: PERSON },
      steps: [
        [
          patch('/Users/{emmy}', { op: 'replace', path: 'name.familyName', value: 'N.' }),
          { status: 200, body: { ...PERSON, name: { givenName: 'Emmy', familyName: 'N.' } } },
        ],
      ],
    },
    {
      name: 'PingOne disables, its REMOVE_ACTION',
      source: PINGONE,
      given: { emmy: PERSON },
      steps: [
        [put('/Users/{emmy}', { ...PERSON, active: false }), { status: 200, body: { ...PERSON, active: false } }],
      ],
    },
    {
      name: 'PingOne deletes, its REMOVE_ACTION',
      source: PINGONE,
      given: { emmy: PERSON },
      steps: [[remove('/Users/{emmy}'), { status: 204 }]],
    },
    {
      name: 'CyberArk probes with one user a page',
      source: CYBERARK,
      steps: [[get('/Users?count=1'), { status: 200, list: [] }]],
    },
    {
      name: "CyberArk reads the service provider's configuration",
      source: CYBERARK,
      steps: [
        [
          get('/ServiceProviderConfig'),
          { status: 200, contains: { patch: { supported: true }, filter: { supported: true } } },
        ],
      ],
    },
    {
      name: 'CyberArk reads the resource type User by name',
      source: CYBERARK,
      steps: [
        [get('/ResourceTypes/User'), { status: 200, contains: { name: 'User', endpoint: '/Users', schema: USER } }],
      ],
    },
    {
      name: 'CyberArk reads the resource type Group by name',
      source: CYBERARK,
      steps: [[get('/ResourceTypes/Group'), { status: 200, contains: { name: 'Group', endpoint: '/Groups' } }]],
    },
    {
      name: 'CyberArk reads a schema by its URN',
      source: CYBERARK,
      steps: [[get(`/Schemas/${USER}`), { status: 200, contains: { id: USER } }]],
    },
    {
      name: 'a resource type and a schema that there are none of',
      source: CYBERARK,
      steps: [
        [get('/ResourceTypes/Device'), { status: 404, error: null }],
        [get('/Schemas/urn:x'), { status: 404, error: null }],
      ],
    },
    {
      name: 'CyberArk updates by PUT',
      source: CYBERARK,
      given: { emmy: EMMY },
      steps: [[put('/Users/{emmy}', PERSON), { status: 200, body: PERSON }]],
    },
    {
      name: 'Rippling probes the configuration first',
      source: RIPPLING,
      steps: [
        [
          { ...get('/ServiceProviderConfig'), token: null },
          { status: 200, contains: { patch: { supported: true } } },
        ],
      ],
    },
    {
      name: 'Rippling looks up by the e-mail address',
      source: RIPPLING,
      given: { emmy: EMMY },
      steps: [
        [query('/Users', { filter: 'emails.value eq "EMMY@goettingen.example"' }), { status: 200, list: ['emmy'] }],
      ],
    },
    {
      name: 'Rippling repeats a create that it had no answer to: 409 with the way to the first',
      source: RIPPLING,
      steps: [
        [post('/Users', PERSON), { status: 201, as: 'emmy' }],
        [post('/Users', PERSON), { status: 409, error: 'uniqueness', headers: { location: '{emmy.location}' } }],
      ],
    },
    {
      name: 'Rippling repeats a DELETE: 404',
      source: RIPPLING,
      given: { emmy: EMMY },
      steps: [
        [remove('/Users/{emmy}'), { status: 204 }],
        [remove('/Users/{emmy}'), { status: 404, error: null }],
      ],
    },
    {
      name: 'Rippling pages',
      source: RIPPLING,
      given: { emmy: EMMY, max: { userName: 'max@x.example' } },
      steps: [[get('/Users?startIndex=2&count=1'), { status: 200, list: ['max'], total: 2 }]],
    },
    {
      name: 'Google removes somebody, who is then in no group',
      source: GOOGLE,
      given: PEOPLE,
      groups,
      steps: [
        [remove('/Users/{emmy}'), { status: 204 }],
        [get('/Groups/{team}'), { status: 200, group: team() }],
      ],
    },
    {
      name: 'PingOne merges members, its GROUP_MEMBERSHIP_HANDLING',
      source: PINGONE,
      given: PEOPLE,
      groups,
      steps: [
        [
          patch('/Groups/{team}', { op: 'add', path: 'members', value: [{ value: '{max}' }] }),
          { status: 204, group: team('emmy', 'max') },
        ],
      ],
    },
    {
      name: 'PingOne overwrites members, its GROUP_MEMBERSHIP_HANDLING',
      source: PINGONE,
      given: PEOPLE,
      groups,
      steps: [[put('/Groups/{team}', { ...TEAM, members: [{ value: '{max}' }] }), { status: 200, group: team('max') }]],
    },
    {
      name: 'CyberArk lists, creates and changes groups',
      source: CYBERARK,
      given: PEOPLE,
      steps: [
        [get('/Groups'), { status: 200, list: [] }],
        [post('/Groups', TEAM), { status: 201, group: team(), as: 'team' }],
        [
          patch('/Groups/{team}', { op: 'add', path: 'members', value: [{ value: '{emmy}' }, { value: '{max}' }] }),
          { status: 204, group: team('emmy', 'max') },
        ],
        [get('/Groups'), { status: 200, list: ['team'] }],
      ],
    },
    {
      name: 'CyberArk reads the schema Group by its URN',
      source: CYBERARK,
      steps: [[get(`/Schemas/${GROUP}`), { status: 200, contains: { id: GROUP, name: 'Group' } }]],
    },
    {
      name: 'Rippling edits groups by PATCH where that is ticked, by PUT where it is not; and deletes them',
      source: RIPPLING,
      given: PEOPLE,
      groups,
      steps: [
        [
          patch('/Groups/{team}', { op: 'remove', path: 'members', value: [{ value: '{emmy}' }] }),
          { status: 204, group: team() },
        ],
        [put('/Groups/{team}', { ...TEAM, members: [{ value: '{max}' }] }), { status: 200, group: team('max') }],
        [remove('/Groups/{team}'), { status: 204, group: null }],
      ],
    },
    patched(
      'Bitwarden: replace of members',
      BITWARDEN,
      [{ op: 'replace', path: 'members', value: [{ value: '{max}' }] }],
      team('max'),
    ),
    patched(
      'Bitwarden: replace of displayName by path',
      BITWARDEN,
      [{ op: 'replace', path: 'displayName', value: 'B' }],
      {
        ...team('emmy'),
        displayName: 'B',
      },
    ),
    patched('Bitwarden: replace of displayName without', BITWARDEN, [{ op: 'replace', value: { displayName: 'B' } }], {
      ...team('emmy'),
      displayName: 'B',
    }),
    patched('Bitwarden: replace of externalId', BITWARDEN, [{ op: 'replace', path: 'externalId', value: 'B-1' }], {
      ...team('emmy'),
      externalId: 'B-1',
    }),
    patched(
      'Bitwarden: add by a value path without a value',
      BITWARDEN,
      [{ op: 'add', path: 'members[value eq "{max}"]' }],
      team('emmy', 'max'),
    ),
    patched(
      'Bitwarden: add of a list',
      BITWARDEN,
      [{ op: 'add', path: 'members', value: [{ value: '{max}' }, { value: '{emmy}' }] }],
      team('emmy', 'max'),
    ),
    patched(
      'Bitwarden: remove of a single member',
      BITWARDEN,
      [{ op: 'remove', path: 'members[value eq "{emmy}"]' }],
      team(),
    ),
    patched(
      'Bitwarden: remove of a list',
      BITWARDEN,
      [{ op: 'remove', path: 'members', value: [{ value: '{emmy}' }, { value: '{max}' }] }],
      team(),
    ),
  ],
};
