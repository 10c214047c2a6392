// Microsoft Entra ID's group provisioning, without aadOptscim062020 and with it.

import { get, patch, patchWith, post, query, remove } from '../support/dialect-cases.mjs';
import { GROUP, GROUP_EXTENSION } from '../support/scim.mjs';

const DOCS = 'Microsoft docs, use SCIM to provision users and groups';
const FLAG = 'Microsoft docs, SCIM 2.0 compliance: aadOptscim062020';
const ELIMITY = 'elimity-com/scim, its fixtures of Entra';
const BITWARDEN = 'bitwarden/server, its handling of Entra';

const TYPE = { 'content-type': 'application/scim+json' };
const OLD_GROUP = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
const DESCRIPTION = `${GROUP_EXTENSION}:description`;

const OBJECT_ID = '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159';
const CREATED = {
  schemas: [GROUP, OLD_GROUP],
  externalId: OBJECT_ID,
  displayName: 'Sales',
  meta: { resourceType: 'Group' },
};
const PEOPLE = {
  ada: { userName: 'ada@contoso.example' },
  bob: { userName: 'bob@contoso.example' },
  cleo: { userName: 'cleo@contoso.example' },
};
const element = (name) => ({ value: `{${name}}` });
const sales = (...members) => ({ displayName: 'Sales', externalId: OBJECT_ID, members });

const Add = (path, value) => ({ op: 'Add', path, value });
const Replace = (path, value) => ({ op: 'Replace', path, value });
const Remove = (path, value) => ({ op: 'Remove', path, ...(value !== undefined && { value }) });
const chosen = (name) => `members[value eq "{${name}}"]`;
const nulled = (...names) => names.map((name) => ({ $ref: null, value: `{${name}}` }));

const settled = (members = []) => ({
  sales: { externalId: OBJECT_ID, displayName: 'Sales', members: members.map(element) },
});

/** One PATCH of Sales with these members, and what it is afterwards. */
const patched = (name, source, before, operations, after) => ({
  name,
  source,
  given: PEOPLE,
  groups: settled(before),
  steps: [[patch('/Groups/{sales}', ...operations), { status: 204, group: after }]],
});

export default {
  idp: 'Entra groups',
  cases: [
    {
      name: 'groups are matched by name without their members: nothing there is 200',
      source: DOCS,
      steps: [
        [
          query('/Groups', { excludedAttributes: 'members', filter: 'displayName eq "Sales"' }),
          { status: 200, list: [] },
        ],
        [
          query('/Groups', {
            filter: `externalId eq "${OBJECT_ID}"`,
            excludedAttributes: 'members',
          }),
          { status: 200, list: [] },
        ],
      ],
    },
    {
      name: 'a first sync: look-up, create without members, members, another look-up',
      source: DOCS,
      given: PEOPLE,
      steps: [
        [
          query('/Groups', { excludedAttributes: 'members', filter: 'displayName eq "Sales"' }),
          { status: 200, list: [] },
        ],
        [
          post('/Groups', CREATED, TYPE),
          {
            status: 201,
            body: { schemas: [GROUP], externalId: OBJECT_ID, displayName: 'Sales', members: [] },
            headers: { 'content-type': 'application/scim+json', location: /\/v2\/Groups\/grp_/ },
            group: sales(),
            as: 'sales',
          },
        ],
        [patch('/Groups/{sales}', Add('members', nulled('ada'))), { status: 204, group: sales('ada') }],
        [patch('/Groups/{sales}', Add('members', nulled('bob'))), { status: 204, group: sales('ada', 'bob') }],
        [
          query('/Groups', { excludedAttributes: 'members', filter: 'displayName eq "Sales"' }),
          {
            status: 200,
            list: ['sales'],
            contains: { Resources: [{ externalId: OBJECT_ID, displayName: 'Sales' }] },
            absent: ['Resources.0.members'],
          },
        ],
        [
          get('/Groups/{sales}?excludedAttributes=members'),
          {
            status: 200,
            body: { schemas: [GROUP], externalId: OBJECT_ID, displayName: 'Sales' },
          },
        ],
        [patch('/Groups/{sales}', Remove('members', nulled('ada'))), { status: 204, group: sales('bob') }],
        [remove('/Groups/{sales}'), { status: 204, group: null }],
      ],
    },
    {
      name: 'create with the core schema alone',
      source: ELIMITY,
      steps: [[post('/Groups', { ...CREATED, schemas: [GROUP] }, TYPE), { status: 201, group: sales() }]],
    },
    {
      name: 'matching by externalId, which is compared letter by letter',
      source: DOCS,
      groups: settled(),
      steps: [
        [
          query('/Groups', { filter: `externalId eq "${OBJECT_ID}"`, excludedAttributes: 'members' }),
          { status: 200, list: ['sales'], absent: ['Resources.0.members'] },
        ],
        [
          query('/Groups', { filter: `externalId eq "${OBJECT_ID.toUpperCase()}"`, excludedAttributes: 'members' }),
          { status: 200, list: [] },
        ],
      ],
    },
    {
      name: 'matching by displayName in other letters',
      source: 'Microsoft SCIM Validator, filter for an existing group with different case',
      groups: settled(),
      steps: [[query('/Groups', { filter: 'displayName eq "SALES"' }), { status: 200, list: ['sales'] }]],
    },
    {
      name: 'with the flag in every URL, as the base',
      source: FLAG,
      given: PEOPLE,
      steps: [
        [post('/Groups?aadOptscim062020', CREATED, TYPE), { status: 201, group: sales(), as: 'sales' }],
        [
          patch('/Groups/{sales}?aadOptscim062020', { op: 'add', path: 'members', value: [element('ada')] }),
          { status: 204, group: sales('ada') },
        ],
        [
          patch('/Groups/{sales}/?aadOptscim062020', { op: 'remove', path: chosen('ada') }),
          { status: 204, group: sales() },
        ],
        [
          get(`/Groups/?aadOptscim062020&filter=externalId%20eq%20%22${OBJECT_ID}%22`),
          { status: 200, list: ['sales'] },
        ],
      ],
    },
    patched('Add of one member, $ref null', DOCS, [], [Add('members', nulled('ada'))], sales('ada')),
    patched('Add of several', DOCS, ['ada'], [Add('members', nulled('bob', 'cleo'))], sales('ada', 'bob', 'cleo')),
    patched('Add of a member by a single object', DOCS, [], [Add('members', element('ada'))], sales('ada')),
    patched('Add of a member by a bare string', BITWARDEN, [], [Add('members', '{ada}')], sales('ada')),
    patched(
      'Add of all others again after one was removed',
      BITWARDEN,
      ['ada', 'bob', 'cleo'],
      [Remove('members', nulled('ada')), Add('members', nulled('bob', 'cleo'))],
      sales('bob', 'cleo'),
    ),
    patched(
      'the same member a hundred times',
      DOCS,
      [],
      [
        Add(
          'members',
          Array.from({ length: 100 }, () => element('ada')),
        ),
      ],
      sales('ada'),
    ),
    patched(
      'Remove with a value, no flag: those only',
      FLAG,
      ['ada', 'bob', 'cleo'],
      [Remove('members', nulled('ada', 'cleo'))],
      sales('bob'),
    ),
    patched(
      'Remove with a value of somebody who is no member any more, as on a repeat',
      FLAG,
      ['ada'],
      [Remove('members', nulled('bob'))],
      sales('ada'),
    ),
    patched(
      'Remove with a value of somebody whom the directory does not know',
      FLAG,
      ['ada'],
      [Remove('members', [{ $ref: null, value: '5e5a1c0e-9a55-4c80-8a3c-0a0a0a0a0a0a' }])],
      sales('ada'),
    ),
    patched('Remove with an empty list', FLAG, ['ada'], [Remove('members', [])], sales('ada')),
    patched(
      'remove by value paths, with the flag',
      FLAG,
      ['ada', 'bob', 'cleo'],
      [
        { op: 'remove', path: chosen('ada') },
        { op: 'remove', path: chosen('bob') },
      ],
      sales('cleo'),
    ),
    patched('Remove of all members', 'RFC 7644 section 3.5.2.2', ['ada', 'bob'], [Remove('members')], sales()),
    patched('Replace of the members', DOCS, ['ada'], [Replace('members', nulled('bob'))], sales('bob')),
    patched('Replace of the name', DOCS, ['ada'], [Replace('displayName', 'Sales EMEA')], {
      ...sales('ada'),
      displayName: 'Sales EMEA',
    }),
    patched('Replace of externalId', FLAG, ['ada'], [Replace('externalId', 'other')], {
      ...sales('ada'),
      externalId: 'other',
    }),
    patched('externalId emptied', FLAG, ['ada'], [Replace('externalId', '')], {
      displayName: 'Sales',
      members: ['ada'],
    }),
    patched(
      'several operations in one call, no flag',
      DOCS,
      ['ada', 'bob'],
      [
        Replace('displayName', 'Sales EMEA'),
        Replace('externalId', 'other'),
        Remove('members', nulled('ada')),
        Add('members', nulled('cleo')),
        Add(DESCRIPTION, 'Sells'),
      ],
      { displayName: 'Sales EMEA', externalId: 'other', description: 'Sells', members: ['bob', 'cleo'] },
    ),
    patched(
      'several attributes with the flag: one value without a path',
      FLAG,
      ['ada'],
      [{ op: 'replace', value: { displayName: 'Sales EMEA', externalId: 'other', [DESCRIPTION]: 'Sells' } }],
      { displayName: 'Sales EMEA', externalId: 'other', description: 'Sells', members: ['ada'] },
    ),
    patched(
      'Remove, Add and Replace of members in their order',
      DOCS,
      ['ada'],
      [Remove('members', nulled('ada')), Add('members', nulled('bob')), Replace('members', nulled('cleo'))],
      sales('cleo'),
    ),
    patched(
      'Add and Remove of one member in one call',
      DOCS,
      [],
      [Add('members', nulled('ada')), Remove('members', nulled('ada'))],
      sales(),
    ),
    ...['ADD', 'add', 'aDd'].map((op) =>
      patched(`the operation as ${op}`, FLAG, [], [{ op, path: 'members', value: nulled('ada') }], sales('ada')),
    ),
    patched(
      'paths in other letters',
      'RFC 7643 section 2.1',
      ['ada'],
      [
        { op: 'REMOVE', path: 'Members[Value EQ "{ada}"]' },
        { op: 'Add', path: 'MEMBERS', value: [{ Value: '{bob}' }] },
        { op: 'Replace', path: 'DISPLAYNAME', value: 'Sales EMEA' },
      ],
      { ...sales('bob'), displayName: 'Sales EMEA' },
    ),
    {
      name: 'a PATCH that changes nothing keeps the version, so that a repeat is no event',
      source: 'Entra repeats what it had no answer to',
      given: PEOPLE,
      groups: settled(['ada']),
      steps: [
        [
          patch('/Groups/{sales}', Add('members', nulled('ada')), Replace('displayName', 'Sales')),
          { status: 204, headers: { etag: '{sales.meta.version}' }, group: sales('ada') },
        ],
      ],
    },
    {
      name: 'a PATCH that asks for a part of the group gets it: 200',
      source: 'RFC 7644 section 3.5.2',
      given: PEOPLE,
      groups: settled(['ada']),
      steps: [
        [
          patch('/Groups/{sales}?excludedAttributes=members', Add('members', nulled('bob'))),
          {
            status: 200,
            body: { schemas: [GROUP], externalId: OBJECT_ID, displayName: 'Sales' },
            group: sales('ada', 'bob'),
          },
        ],
        [
          patch('/Groups/{sales}?attributes=displayName', Replace('displayName', 'S')),
          { status: 200, body: { schemas: [GROUP], displayName: 'S', id: '{sales}' } },
        ],
      ],
    },
    {
      name: 'a member who is not there yet: 400 that lists the ids, nothing is done, and the next cycle succeeds',
      source: 'Entra creates users and groups in the same cycle',
      given: PEOPLE,
      groups: settled(['ada']),
      steps: [
        [
          patch(
            '/Groups/{sales}',
            Replace('displayName', 'S'),
            Add('members', [...nulled('bob'), { value: 'tea_one' }, { value: 'tea_two' }]),
          ),
          { status: 400, error: 'invalidValue', detail: /tea_one.*tea_two/, group: sales('ada') },
        ],
        [patch('/Groups/{sales}', Add('members', nulled('bob'))), { status: 204, group: sales('ada', 'bob') }],
      ],
    },
    ...[
      ['its type', (id) => ({ value: id, type: 'Group' })],
      ['its $ref', (id) => ({ value: id, $ref: `https://host.example/scim/v2/Groups/${id}` })],
      ['a relative $ref', (id) => ({ value: id, $ref: `../Groups/${id}` })],
    ].map((/** @type {any[]} */ [by, of]) => ({
      name: `a nested group, told by ${by}: a clear 400, and nothing is done`,
      source: 'Microsoft docs, scoping: nested groups are not read',
      given: PEOPLE,
      groups: { ...settled(['ada']), inner: { displayName: 'Inner' } },
      steps: [
        [
          patch('/Groups/{sales}', Replace('displayName', 'S'), Add('members', [element('bob'), of('{inner}')])),
          { status: 400, error: 'invalidValue', detail: /groups are not nested/, group: sales('ada') },
        ],
        [
          post('/Groups', { ...CREATED, displayName: 'Outer', members: [of('{inner}')] }, TYPE),
          { status: 400, error: 'invalidValue', detail: /groups are not nested/ },
        ],
      ],
    })),
    {
      name: 'a nested group without a word that it is one: the id is no user',
      source: 'Microsoft docs, scoping: nested groups are not read',
      given: PEOPLE,
      groups: { ...settled(['ada']), inner: { displayName: 'Inner' } },
      steps: [
        [
          patch('/Groups/{sales}', Add('members', [element('inner')])),
          { status: 400, error: 'invalidValue', detail: /\{inner\}|grp_/, group: sales('ada') },
        ],
      ],
    },
    {
      name: 'the name of another pushed group: 409, by POST and by PATCH',
      source: DOCS,
      given: PEOPLE,
      groups: { ...settled(['ada']), other: { displayName: 'Other' } },
      steps: [
        [post('/Groups', { ...CREATED, displayName: 'SALES' }, TYPE), { status: 409, error: 'uniqueness' }],
        [
          patch('/Groups/{other}', Replace('displayName', 'sales')),
          { status: 409, error: 'uniqueness', group: { displayName: 'Other', members: [] } },
        ],
      ],
    },
    {
      name: 'a rename frees the old name',
      source: DOCS,
      given: PEOPLE,
      groups: settled(['ada']),
      steps: [
        [
          patch('/Groups/{sales}', Replace('displayName', 'Sales EMEA')),
          { status: 204, group: { ...sales('ada'), displayName: 'Sales EMEA' } },
        ],
        [post('/Groups', CREATED, TYPE), { status: 201, group: sales() }],
      ],
    },
    {
      name: 'a group that the app has made is matched by name, and taken over by its first PATCH: the old members stay',
      source: DOCS,
      given: PEOPLE,
      appGroups: { sales: { display_name: 'Sales', members: ['{ada}'] } },
      steps: [
        [
          query('/Groups', { excludedAttributes: 'members', filter: 'displayName eq "Sales"' }),
          { status: 200, list: ['sales'] },
        ],
        [patch('/Groups/{sales}', Add('externalId', OBJECT_ID)), { status: 204, group: sales('ada') }],
        [patch('/Groups/{sales}', Add('members', nulled('bob'))), { status: 204, group: sales('ada', 'bob') }],
      ],
    },
    {
      name: 'a user that is deleted is in no group, and is back in it when it is back',
      source: 'Microsoft docs, how provisioning works',
      given: PEOPLE,
      groups: settled(['ada', 'bob']),
      steps: [
        [remove('/Users/{ada}'), { status: 204 }],
        [get('/Groups/{sales}'), { status: 200, group: sales('bob') }],
        [post('/Users', { userName: 'ada@contoso.example' }), { status: 201, contains: { id: '{ada}' } }],
        [get('/Groups/{sales}'), { status: 200, group: sales('ada', 'bob') }],
      ],
    },
    {
      name: 'a disabled user stays a member',
      source: DOCS,
      given: PEOPLE,
      groups: settled(['ada', 'bob']),
      steps: [
        [patch('/Users/{ada}', Replace('active', 'False')), { status: 200 }],
        [get('/Groups/{sales}'), { status: 200, group: sales('ada', 'bob') }],
        [patch('/Groups/{sales}', Add('members', nulled('cleo'))), { status: 204, group: sales('ada', 'bob', 'cleo') }],
      ],
    },
    {
      name: 'a group that does not exist: 404 for every method',
      source: DOCS,
      given: PEOPLE,
      steps: [
        [get('/Groups/40734ae655284ad3abcc?excludedAttributes=members'), { status: 404, error: null }],
        [patch('/Groups/40734ae655284ad3abcc', Add('members', nulled('ada'))), { status: 404, error: null }],
        [remove('/Groups/40734ae655284ad3abcc'), { status: 404, error: null }],
      ],
    },
    {
      name: 'a PATCH with the names of its message in other letters, and without schemas',
      source: ELIMITY,
      given: PEOPLE,
      groups: settled(),
      steps: [
        [
          patchWith('/Groups/{sales}', { operations: [{ Op: 'Add', Path: 'members', Value: nulled('ada') }] }, TYPE),
          { status: 204, group: sales('ada') },
        ],
      ],
    },
    {
      name: 'group writes with the switch off are 403 that names it; reads answer',
      source: 'the switch "Teammate group sync"',
      settings: { group_sync_enabled: false },
      given: PEOPLE,
      appGroups: { sales: { display_name: 'Sales', members: ['{ada}'] } },
      steps: [
        [post('/Groups', CREATED, TYPE), { status: 403, error: null, detail: /group sync/i }],
        [
          patch('/Groups/{sales}', Add('members', nulled('bob'))),
          { status: 403, error: null, detail: /group sync/i, group: { displayName: 'Sales', members: ['ada'] } },
        ],
        [remove('/Groups/{sales}'), { status: 403, error: null, detail: /group sync/i }],
        [query('/Groups', { filter: 'displayName eq "Sales"' }), { status: 200, list: ['sales'] }],
      ],
    },
  ],
};
