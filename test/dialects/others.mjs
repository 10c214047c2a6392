// Identity providers of which little is published: a few cases for each, named by whose they are.

import { get, patch, post, put, query, remove } from '../support/dialect-cases.mjs';
import { USER } from '../support/scim.mjs';

const GOOGLE = "Google Workspace admin docs, by better-auth's tests";
const PING = 'PingFederate docs, SCIM SP connection';
const PINGONE = 'PingOne docs, SCIM store';
const CYBERARK = 'CyberArk Identity developer docs';
const RIPPLING = 'Rippling docs, SCIM options';

const PERSON = {
  schemas: [USER],
  userName: 'emmy@goettingen.example',
  name: { givenName: 'Emmy', familyName: 'Noether' },
  emails: [{ value: 'emmy@goettingen.example', primary: true, type: 'work' }],
  active: true,
};
const EMMY = { userName: 'emmy@goettingen.example', emails: PERSON.emails };

export default {
  idp: 'Google, Ping, CyberArk, Rippling',
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
  ],
};
