// Okta's group push: apps of the App Integration Wizard (AIW) PUT the final list, catalogue apps (OIN) PATCH.

import { get, patch, post, put, query, remove } from '../support/dialect-cases.mjs';
import { GROUP, USER } from '../support/scim.mjs';

const DOCS = 'Okta docs, SCIM 2.0 protocol reference';
const AIW = 'request log of a real AIW app';
const OIN = 'Okta OIN test plan';
const ELIMITY = 'elimity-com/scim, its fixtures of Okta';
const SDK = (number) => `SCIM-SDK issue ${number}`;
const KEYCLOAK_SERVER = 'Metatavu/keycloak-scim-server issues 97 and 101';
const FRONT = 'the teammate group description, mapped as Front documents it';

const CLIENT = {
  'user-agent': 'Okta SCIM Client 1.0.0',
  accept: 'application/scim+json',
  'accept-charset': 'utf-8',
  'content-type': 'application/scim+json; charset=utf-8',
};
const EXTENSION = 'urn:ietf:params:scim:schemas:extension:frontapp:group';

const NAME = 'Test SCIMv2';
const PUSHED = { schemas: [GROUP], displayName: NAME, members: [] };
const PEOPLE = {
  ada: { userName: 'ada@okta.example' },
  bob: { userName: 'bob@okta.example' },
  cleo: { userName: 'cleo@okta.example' },
};
const member = (name) => ({ value: `{${name}}`, display: `${name}@okta.example` });
const element = (name) => ({ value: `{${name}}` });
const group = (...members) => ({ displayName: NAME, members });

const lookUp = (name) => query('/Groups', { filter: `displayName eq "${name}"`, startIndex: 1, count: 100 }, CLIENT);
const renamed = (displayName) => ({ op: 'replace', value: { id: '{team}', displayName } });
const added = (...names) => ({ op: 'add', path: 'members', value: names.map(member) });
const removed = (name) => ({ op: 'remove', path: `members[value eq "{${name}}"]` });

/** One PATCH of a group that has these members, and what it is afterwards. */
const patched = (name, source, before, operations, after) => ({
  name,
  source,
  given: PEOPLE,
  groups: { team: { displayName: NAME, members: before.map(element) } },
  steps: [[patch('/Groups/{team}', ...operations), { status: 204, group: after }]],
});

export default {
  idp: 'Okta groups',
  cases: [
    {
      name: 'the probe with "Import Groups" on, in an empty directory',
      source: 'Okta docs, SCIM 1.1 reference',
      steps: [
        [
          get('/Groups?startIndex=1&count=100', CLIENT),
          { status: 200, list: [], contains: { totalResults: 0, startIndex: 1, itemsPerPage: 0 } },
        ],
      ],
    },
    {
      name: 'the probe with "Import Groups" on',
      source: 'Okta docs, SCIM 1.1 reference',
      given: PEOPLE,
      groups: { team: { displayName: NAME, members: [element('ada')] } },
      steps: [
        [
          get('/Groups?startIndex=1&count=100', CLIENT),
          {
            status: 200,
            list: ['team'],
            contains: { startIndex: 1, itemsPerPage: 1, Resources: [{ displayName: NAME, members: [element('ada')] }] },
          },
        ],
      ],
    },
    {
      name: 'an AIW app: look-up, create, and a PUT of the final list after each change',
      source: AIW,
      given: PEOPLE,
      steps: [
        [lookUp(NAME), { status: 200, list: [] }],
        [
          post('/Groups', PUSHED, CLIENT),
          {
            status: 201,
            body: { schemas: [GROUP], displayName: NAME, members: [] },
            headers: { location: /\/v2\/Groups\/grp_/ },
            group: group(),
            as: 'team',
          },
        ],
        [lookUp(NAME), { status: 200, list: ['team'] }],
        [get('/Groups/{team}', CLIENT), { status: 200, contains: { id: '{team}', displayName: NAME, members: [] } }],
        [
          put('/Groups/{team}', { ...PUSHED, id: '{team}', members: ['ada', 'bob'].map(member) }, CLIENT),
          { status: 200, contains: { id: '{team}' }, group: group('ada', 'bob') },
        ],
        [
          put('/Groups/{team}', { ...PUSHED, members: ['bob', 'cleo'].map(member) }, CLIENT),
          { status: 200, group: group('bob', 'cleo') },
        ],
        [put('/Groups/{team}', { ...PUSHED, members: [] }, CLIENT), { status: 200, group: group() }],
      ],
    },
    {
      name: 'a PUT of the group as it was read, read-only attributes and all',
      source: AIW,
      given: PEOPLE,
      groups: { team: { displayName: NAME, members: ['ada', 'bob'].map(element) } },
      steps: [
        [
          put(
            '/Groups/{team}',
            {
              schemas: [GROUP],
              id: '{team}',
              displayName: NAME,
              meta: { resourceType: 'Group', created: '{team.meta.created}', location: '{team.location}' },
              members: [
                { value: '{ada}', $ref: '{ada.location}', type: 'User', display: 'ada@okta.example' },
                { value: '{bob}', $ref: '{bob.location}', type: 'User' },
              ],
            },
            CLIENT,
          ),
          { status: 200, contains: { meta: { version: '{team.meta.version}' } }, group: group('ada', 'bob') },
        ],
      ],
    },
    {
      name: 'a PUT renames; the id stays and the look-up finds the new name alone',
      source: AIW,
      given: PEOPLE,
      groups: { team: { displayName: NAME, members: [element('ada')] } },
      steps: [
        [
          put('/Groups/{team}', { ...PUSHED, displayName: 'Renamed', members: [member('ada')] }, CLIENT),
          { status: 200, contains: { id: '{team}' }, group: { displayName: 'Renamed', members: ['ada'] } },
        ],
        [lookUp('Renamed'), { status: 200, list: ['team'] }],
        [lookUp(NAME), { status: 200, list: [] }],
      ],
    },
    {
      name: 'a PUT of a large list: all of them, once each',
      source: DOCS,
      given: PEOPLE,
      groups: { team: { displayName: NAME } },
      steps: [
        [
          put(
            '/Groups/{team}',
            { ...PUSHED, members: Array.from({ length: 300 }, (_, i) => member(['ada', 'bob', 'cleo'][i % 3])) },
            CLIENT,
          ),
          { status: 200, group: group('ada', 'bob', 'cleo') },
        ],
      ],
    },
    {
      name: 'an OIN app: look-up, create, and PATCHes that name the group every time',
      source: DOCS,
      given: PEOPLE,
      steps: [
        [lookUp(NAME), { status: 200, list: [] }],
        [post('/Groups', PUSHED, CLIENT), { status: 201, group: group(), as: 'team' }],
        [patch('/Groups/{team}', renamed(NAME), added('ada', 'bob')), { status: 204, group: group('ada', 'bob') }],
        [
          patch('/Groups/{team}', renamed(NAME), removed('ada'), added('cleo')),
          { status: 204, group: group('bob', 'cleo') },
        ],
        [
          patch('/Groups/{team}', renamed('Renamed')),
          { status: 204, group: { displayName: 'Renamed', members: ['bob', 'cleo'] } },
        ],
        [remove('/Groups/{team}', CLIENT), { status: 204, group: null }],
        [lookUp('Renamed'), { status: 200, list: [] }],
      ],
    },
    patched('replace without a path: the name, with the read-only id beside it', DOCS, ['ada'], [renamed('New')], {
      displayName: 'New',
      members: ['ada'],
    }),
    patched('the name of the group as it is: no 409 against itself', DOCS, ['ada'], [renamed(NAME)], group('ada')),
    patched('the name in other letters', DOCS, ['ada'], [renamed(NAME.toUpperCase())], {
      displayName: NAME.toUpperCase(),
      members: ['ada'],
    }),
    patched('add', DOCS, [], [added('ada')], group('ada')),
    patched('add of one who is a member already', DOCS, ['ada'], [added('ada', 'bob')], group('ada', 'bob')),
    patched('add without a type', SDK(419), ['ada'], [added('bob')], group('ada', 'bob')),
    patched('remove by a value path', DOCS, ['ada', 'bob'], [removed('ada')], group('bob')),
    patched('remove and add in one request', DOCS, ['ada'], [removed('ada'), added('bob')], group('bob')),
    patched(
      'remove, add and replace in one request',
      ELIMITY,
      ['ada'],
      [removed('ada'), added('bob'), { op: 'replace', path: 'members', value: [member('bob'), member('ada')] }],
      group('ada', 'bob'),
    ),
    patched(
      'full push: replace of the whole list',
      DOCS,
      ['ada', 'bob'],
      [{ op: 'replace', path: 'members', value: [member('bob'), member('cleo')] }],
      group('bob', 'cleo'),
    ),
    patched(
      '"Push now" of an empty group',
      SDK(757),
      ['ada'],
      [{ op: 'replace', path: 'members', value: [] }],
      group(),
    ),
    patched(
      'members without a path',
      KEYCLOAK_SERVER,
      ['ada'],
      [{ op: 'replace', value: { members: [member('bob')] } }],
      group('bob'),
    ),
    patched(
      'members and the name without a path',
      KEYCLOAK_SERVER,
      ['ada'],
      [{ op: 'replace', value: { id: '{team}', displayName: 'New', members: [member('bob')] } }],
      { displayName: 'New', members: ['bob'] },
    ),
    patched(
      'an operation for each of several',
      DOCS,
      ['ada'],
      [removed('ada'), added('bob'), added('cleo')],
      group('bob', 'cleo'),
    ),
    {
      name: 'remove of somebody who is no member: 204, and the rest of the request is done (decision 4)',
      source: 'a lost answer is asked for again',
      given: PEOPLE,
      groups: { team: { displayName: NAME, members: [element('ada')] } },
      steps: [
        [
          patch('/Groups/{team}', renamed('New'), added('cleo'), removed('bob')),
          { status: 204, group: { ...group('ada', 'cleo'), displayName: 'New' } },
        ],
      ],
    },
    {
      name: 'a member whom Okta knows and the directory does not: 400 that lists the id, and nothing is done',
      source: DOCS,
      given: PEOPLE,
      groups: { team: { displayName: NAME, members: [element('ada')] } },
      steps: [
        [
          patch('/Groups/{team}', renamed('New'), {
            op: 'add',
            path: 'members',
            value: [member('bob'), { value: '00u-nobody', display: 'nobody@okta.example' }],
          }),
          { status: 400, error: 'invalidValue', detail: /00u-nobody/, group: group('ada') },
        ],
        [
          put('/Groups/{team}', { ...PUSHED, displayName: 'New', members: [{ value: '00u-nobody' }] }, CLIENT),
          { status: 400, error: 'invalidValue', detail: /00u-nobody/, group: group('ada') },
        ],
        [
          post(
            '/Groups',
            { ...PUSHED, displayName: 'Other', members: [member('ada'), { value: '00u-nobody' }] },
            CLIENT,
          ),
          { status: 400, error: 'invalidValue', detail: /00u-nobody/ },
        ],
        [lookUp('Other'), { status: 200, list: [] }],
      ],
    },
    {
      name: 'C9317: a group without members is pushed',
      source: OIN,
      steps: [[post('/Groups', PUSHED, CLIENT), { status: 201, group: group() }]],
    },
    {
      name: 'created with its members',
      source: DOCS,
      given: PEOPLE,
      steps: [
        [
          post('/Groups', { ...PUSHED, members: [member('ada'), member('bob')] }, CLIENT),
          { status: 201, group: group('ada', 'bob') },
        ],
      ],
    },
    {
      name: 'a user shows the group that was pushed, and no more once it is removed from it',
      source: 'RFC 7643 section 4.1.2',
      given: PEOPLE,
      groups: { team: { displayName: NAME, members: [element('ada')] } },
      steps: [
        [
          get('/Users/{ada}', CLIENT),
          { status: 200, contains: { groups: [{ value: '{team}', display: NAME, $ref: '{team.location}' }] } },
        ],
        [patch('/Groups/{team}', removed('ada')), { status: 204, group: group() }],
        [get('/Users/{ada}', CLIENT), { status: 200, absent: ['groups'] }],
      ],
    },
    {
      name: 'a stale `groups` in the PUT of a user is no change of membership',
      source: AIW,
      given: PEOPLE,
      groups: { team: { displayName: NAME, members: [element('ada')] } },
      steps: [
        [
          put('/Users/{ada}', { schemas: [USER], userName: 'ada@okta.example', groups: [] }, CLIENT),
          { status: 200, contains: { groups: [{ value: '{team}' }] } },
        ],
        [get('/Groups/{team}', CLIENT), { status: 200, group: group('ada') }],
        [
          put('/Users/{bob}', { schemas: [USER], userName: 'bob@okta.example', groups: [{ value: '{team}' }] }, CLIENT),
          { status: 200, absent: ['groups'] },
        ],
        [get('/Groups/{team}', CLIENT), { status: 200, group: group('ada') }],
      ],
    },
    {
      name: 'a deactivated user stays a member, as Okta sees it',
      source: DOCS,
      given: PEOPLE,
      groups: { team: { displayName: NAME, members: ['ada', 'bob'].map(element) } },
      steps: [
        [patch('/Users/{ada}', { op: 'replace', value: { active: false } }), { status: 200 }],
        [get('/Groups/{team}', CLIENT), { status: 200, group: group('ada', 'bob') }],
      ],
    },
    {
      name: 'the name of a group that is pushed already: 409, and the first one stays',
      source: DOCS,
      given: PEOPLE,
      groups: { team: { displayName: NAME, members: [element('ada')] }, other: { displayName: 'Other' } },
      steps: [
        [
          post('/Groups', { ...PUSHED, displayName: 'test scimv2 ' }, CLIENT),
          { status: 409, error: 'uniqueness', detail: /./ },
        ],
        [
          patch('/Groups/{other}', { op: 'replace', value: { id: '{other}', displayName: NAME } }),
          { status: 409, error: 'uniqueness', group: { displayName: 'Other', members: [] } },
        ],
        [
          put('/Groups/{other}', { ...PUSHED, members: [member('bob')] }, CLIENT),
          { status: 409, error: 'uniqueness', group: { displayName: 'Other', members: [] } },
        ],
      ],
    },
    {
      name: 'a group that the app has made is found by its name, and linked by a PUT',
      source: 'Okta docs, Group Push: "Find groups by name"',
      given: PEOPLE,
      appGroups: { team: { display_name: NAME, members: ['{ada}'] } },
      steps: [
        [lookUp(NAME), { status: 200, list: ['team'] }],
        [
          put('/Groups/{team}', { ...PUSHED, id: '{team}', members: [member('bob')] }, CLIENT),
          { status: 200, contains: { id: '{team}' }, group: group('bob') },
        ],
      ],
    },
    {
      name: 'a group that the app has made is taken over by a push of its name: same id, its members stay',
      source: 'Okta docs, Group Push: "Create group"',
      given: PEOPLE,
      appGroups: { team: { display_name: NAME, members: ['{ada}'] } },
      steps: [
        [
          post('/Groups', { ...PUSHED, displayName: ` ${NAME.toLowerCase()}` }, CLIENT),
          {
            status: 201,
            contains: { id: '{team}' },
            group: { displayName: ` ${NAME.toLowerCase()}`, members: ['ada'] },
          },
        ],
      ],
    },
    {
      name: 'the description, as an external name in its namespace',
      source: FRONT,
      given: PEOPLE,
      steps: [
        [
          post('/Groups', { ...PUSHED, [EXTENSION]: { description: 'First line' } }, CLIENT),
          {
            status: 201,
            body: {
              schemas: [GROUP, EXTENSION],
              displayName: NAME,
              [EXTENSION]: { description: 'First line' },
              members: [],
            },
            as: 'team',
          },
        ],
        [
          put('/Groups/{team}', { ...PUSHED, [EXTENSION]: { description: 'Second line' } }, CLIENT),
          { status: 200, group: { ...group(), description: 'Second line' } },
        ],
        [
          put('/Groups/{team}', { ...PUSHED, members: [member('ada')] }, CLIENT),
          { status: 200, group: { ...group('ada'), description: 'Second line' } },
        ],
        [
          put('/Groups/{team}', { ...PUSHED, [EXTENSION]: { description: '' } }, CLIENT),
          { status: 200, group: group() },
        ],
      ],
    },
    {
      name: 'unlink with "Delete the group in the target app", and a push of the same name afterwards',
      source: DOCS,
      given: PEOPLE,
      groups: { team: { displayName: NAME, members: [element('ada')] } },
      steps: [
        [remove('/Groups/{team}', CLIENT), { status: 204, group: null }],
        [get('/Groups/{team}', CLIENT), { status: 404, error: null }],
        [remove('/Groups/{team}', CLIENT), { status: 404, error: null }],
        [put('/Groups/{team}', PUSHED, CLIENT), { status: 404, error: null }],
        [patch('/Groups/{team}', added('ada')), { status: 404, error: null }],
        [get('/Users/{ada}', CLIENT), { status: 200, absent: ['groups'] }],
        [post('/Groups', PUSHED, CLIENT), { status: 201, group: group() }],
      ],
    },
    {
      name: 'an import reads groups in pages, in a stable order',
      source: DOCS,
      given: PEOPLE,
      groups: {
        one: { displayName: 'One', members: [element('ada')] },
        two: { displayName: 'Two' },
        three: { displayName: 'Three' },
      },
      steps: [
        [get('/Groups?startIndex=1&count=2', CLIENT), { status: 200, list: ['one', 'two'], total: 3 }],
        [get('/Groups?startIndex=3&count=2', CLIENT), { status: 200, list: ['three'], total: 3 }],
      ],
    },
    {
      name: 'find a group by name before the push: an empty list, not 404',
      source: DOCS,
      steps: [
        [
          query('/Groups', { filter: 'displayName eq "Patrick\'s \\"A\\" team"', startIndex: 1, count: 100 }, CLIENT),
          { status: 200, list: [] },
        ],
      ],
    },
    {
      name: 'quotation marks, an apostrophe, a plus and spaces in a name',
      source: DOCS,
      groups: { team: { displayName: 'Patrick\'s "A" + B team' } },
      steps: [
        [lookUp('Patrick\'s \\"A\\" + B team'), { status: 200, list: ['team'] }],
        [lookUp('Patrick\'s \\"A\\" B team'), { status: 200, list: [] }],
      ],
    },
  ],
};
