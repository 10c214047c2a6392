// RFC 7643 and RFC 7644, for groups.

import { get, patch, patchWith, post, put, query, remove } from '../support/dialect-cases.mjs';
import { GROUP, GROUP_EXTENSION, USER, patchOp } from '../support/scim.mjs';

const rfc7643 = (section) => `RFC 7643 section ${section}`;
const rfc7644 = (section) => `RFC 7644 section ${section}`;
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

const PEOPLE = {
  babs: { userName: 'bjensen@example.com', displayName: 'Babs Jensen' },
  mandy: { userName: 'mpepperidge@example.com', displayName: 'Mandy Pepperidge' },
  jim: { userName: 'jsmith@example.com' },
};
const element = (name) => ({ value: `{${name}}` });
const GUIDES = { schemas: [GROUP], displayName: 'Tour Guides' };
const guides = (...members) => ({ displayName: 'Tour Guides', members });
const groups = { guides: { ...GUIDES, members: ['babs', 'mandy'].map(element) } };
const BOTH = guides('babs', 'mandy');

const search = (more) => post('/.search', { schemas: [SEARCH], ...more });

/** One PATCH of the Tour Guides, and what they are afterwards. */
const patched = (name, section, operations, after) => ({
  name,
  source: rfc7644(section),
  given: PEOPLE,
  groups,
  steps: [[patch('/Groups/{guides}', ...operations), { status: 204, group: after }]],
});
const refused = (name, section, operations, error, detail = /./) => ({
  name,
  source: section,
  given: PEOPLE,
  groups,
  steps: [[patch('/Groups/{guides}', ...operations), { status: 400, error, detail, group: BOTH }]],
});
/** A POST with these members, and who they are. */
const created = (name, members, after) => ({
  name: `members: ${name}`,
  source: rfc7643('4.2'),
  given: PEOPLE,
  steps: [[post('/Groups', { ...GUIDES, members }), { status: 201, group: guides(...after) }]],
});
const notCreated = (name, members, detail) => ({
  name: `members: ${name}: 400`,
  source: rfc7643('4.2'),
  given: PEOPLE,
  steps: [
    [post('/Groups', { ...GUIDES, members }), { status: 400, error: 'invalidValue', detail }],
    [get('/Groups'), { status: 200, list: [] }],
  ],
});

export default {
  idp: 'RFC 7643 and 7644, groups',
  cases: [
    {
      name: 'a group of two, each with its id, URL, type and name',
      source: rfc7643('8.4'),
      given: PEOPLE,
      steps: [
        [
          post('/Groups', {
            ...GUIDES,
            members: [
              { value: '{babs}', $ref: '{babs.location}', display: 'Babs Jensen' },
              { value: '{mandy}', $ref: '{mandy.location}', display: 'Mandy Pepperidge' },
            ],
          }),
          { status: 201, group: BOTH, headers: { etag: /^W\// }, as: 'guides' },
        ],
        [
          get('/Groups/{guides}'),
          {
            status: 200,
            body: {
              ...GUIDES,
              members: [
                { value: '{babs}', $ref: '{babs.location}', type: 'User', display: 'Babs Jensen' },
                { value: '{mandy}', $ref: '{mandy.location}', type: 'User', display: 'Mandy Pepperidge' },
              ],
            },
            contains: { meta: { resourceType: 'Group', location: '{guides.location}' } },
          },
        ],
      ],
    },
    created('an empty list', [], []),
    created('null', null, []),
    created('a single object', { value: '{babs}' }, ['babs']),
    created('a bare string', '{babs}', ['babs']),
    created('a list of strings', ['{babs}', '{mandy}'], ['babs', 'mandy']),
    created('nulls between them', [null, element('babs'), null], ['babs']),
    created('the same one twice', [element('babs'), { ...element('babs'), display: 'again' }], ['babs']),
    created('a wrong display, which is read-only', [{ value: '{babs}', display: 'Somebody else' }], ['babs']),
    created('null in every other part', [{ value: '{babs}', display: null, type: null, $ref: null }], ['babs']),
    created('the type in other letters', [{ value: '{babs}', type: 'user' }], ['babs']),
    created('names of parts in other letters', [{ VALUE: '{babs}', Type: 'User' }], ['babs']),
    created('parts that there are not', [{ value: '{babs}', primary: true, email: 'babs@example.com' }], ['babs']),
    notCreated('an element without a value', [{ display: 'Babs' }], /value/),
    notCreated('an empty value', [{ value: '' }], /value/),
    notCreated('a number', [7], /members/),
    notCreated('a value that is an object', [{ value: { id: '{babs}' } }], /members\.value/),
    notCreated('a userName in place of the id', [{ value: 'bjensen@example.com' }], /bjensen@example\.com/),
    notCreated('an id in other letters', [{ value: 'TEA_0' }], /TEA_0/),
    notCreated(
      'unknown ids, which are all named',
      [element('babs'), { value: 'tea_1' }, { value: 'tea_2' }],
      /tea_1.*tea_2/,
    ),
    notCreated('a group, by its type', [{ value: '{babs}', type: 'Group' }], /not nested/),
    notCreated(
      'a group, by its $ref',
      [{ value: 'grp_1', $ref: 'https://host.example/v2/Groups/grp_1' }],
      /not nested/,
    ),
    {
      name: 'displayName is required',
      source: rfc7643('4.2'),
      given: PEOPLE,
      groups,
      steps: [
        [post('/Groups', { schemas: [GROUP] }), { status: 400, error: 'invalidValue', detail: /displayName/ }],
        [
          post('/Groups', { ...GUIDES, displayName: '  ' }),
          { status: 400, error: 'invalidValue', detail: /displayName/ },
        ],
        [
          put('/Groups/{guides}', { schemas: [GROUP], members: [] }),
          { status: 400, error: 'invalidValue', detail: /displayName/, group: BOTH },
        ],
      ],
    },
    refused(
      'displayName can not be removed',
      rfc7644('3.5.2.2'),
      [{ op: 'remove', path: 'displayName' }],
      'mutability',
    ),
    {
      name: 'id, meta and unknown core attributes of a body are ignored, an extension is kept',
      source: rfc7644('3.3'),
      steps: [
        [
          post('/Groups', { ...GUIDES, id: 'mine', meta: { version: 'W/"9"' }, owner: 'babs', 'urn:x:y': { a: 1 } }),
          {
            status: 201,
            body: { ...GUIDES, schemas: [GROUP, 'urn:x:y'], members: [], 'urn:x:y': { a: 1 } },
            group: guides(),
          },
        ],
      ],
    },
    patched(
      'add, with display and $ref',
      '3.5.2.1',
      [{ op: 'add', path: 'members', value: [{ display: 'Jim', $ref: '{jim.location}', value: '{jim}' }] }],
      guides('babs', 'mandy', 'jim'),
    ),
    patched(
      'add without a path',
      '3.5.2.1',
      [{ op: 'add', value: { members: [element('jim')] } }],
      guides('babs', 'mandy', 'jim'),
    ),
    patched(
      'remove one by a filter',
      '3.5.2.2',
      [{ op: 'remove', path: 'members[value eq "{babs}"]' }],
      guides('mandy'),
    ),
    patched(
      'remove two by a filter',
      '3.5.2.2',
      [{ op: 'remove', path: 'members[value eq "{babs}" or value eq "{mandy}"]' }],
      guides(),
    ),
    patched(
      'remove one by its id and type',
      '3.5.2.2',
      [{ op: 'remove', path: 'members[value eq "{babs}" and type eq "User"]' }],
      guides('mandy'),
    ),
    patched('remove all users', '3.5.2.2', [{ op: 'remove', path: 'members[type eq "User"]' }], guides()),
    patched('remove all who have an id', '3.5.2.2', [{ op: 'remove', path: 'members[value pr]' }], guides()),
    patched(
      'remove one by its URI',
      '3.5.2.2',
      [{ op: 'remove', path: 'members[$ref eq "{babs.location}"]' }],
      guides('mandy'),
    ),
    patched(
      'remove all but one',
      '3.5.2.2',
      [{ op: 'remove', path: 'members[not (value eq "{babs}")]' }],
      guides('babs'),
    ),
    patched('remove all', '3.5.2.2', [{ op: 'remove', path: 'members' }], guides()),
    patched(
      'remove one and add another in one request',
      '3.5.2.2',
      [
        { op: 'remove', path: 'members[value eq "{babs}"]' },
        { op: 'add', path: 'members', value: [{ display: 'Jim', value: '{jim}' }] },
      ],
      guides('mandy', 'jim'),
    ),
    patched(
      'remove all and add others in one request',
      '3.5.2.2',
      [
        { op: 'remove', path: 'members' },
        { op: 'add', path: 'members', value: [element('jim'), element('babs')] },
      ],
      guides('jim', 'babs'),
    ),
    patched(
      'replace all',
      '3.5.2.3',
      [{ op: 'replace', path: 'members', value: [element('mandy'), element('jim')] }],
      guides('mandy', 'jim'),
    ),
    patched(
      'a path with the core URN',
      '3.10',
      [{ op: 'replace', path: `${GROUP}:members`, value: [element('jim')] }],
      guides('jim'),
    ),
    patched(
      'add by a filter that matches nobody',
      '3.5.2.1',
      [{ op: 'add', path: 'members[value eq "{jim}"]', value: element('jim') }],
      guides('babs', 'mandy', 'jim'),
    ),
    patched(
      'remove by a filter that matches nobody changes nothing (decision 4)',
      '3.5.2.2',
      [{ op: 'remove', path: 'members[value eq "{jim}"]' }],
      guides('babs', 'mandy'),
    ),
    refused('remove without a path', rfc7644('3.5.2.2'), [{ op: 'remove' }], 'noTarget'),
    refused(
      'a member is not changed into another',
      rfc7643('4.2'),
      [{ op: 'replace', path: 'members[value eq "{babs}"].value', value: '{jim}' }],
      'mutability',
    ),
    refused(
      'members have no other parts to be chosen by',
      rfc7644('3.5.2'),
      [{ op: 'remove', path: 'members[colour eq "red"]' }],
      'invalidFilter',
    ),
    refused(
      'a path that is no attribute',
      rfc7644('3.5.2'),
      [{ op: 'add', path: 'owners', value: 'x' }],
      'invalidPath',
    ),
    refused(
      'a path that can not be read',
      rfc7644('3.5.2'),
      [{ op: 'add', path: 'members[', value: 'x' }],
      'invalidPath',
    ),
    refused(
      'the operations before one that fails are not applied',
      rfc7644('3.5.2'),
      [
        { op: 'replace', path: 'displayName', value: 'Guides' },
        { op: 'add', path: 'members', value: [element('jim')] },
        { op: 'replace', path: 'id', value: 'x' },
      ],
      'mutability',
    ),
    {
      name: 'a PUT replaces; members and description that it does not name stay',
      source: rfc7644('3.5.1'),
      given: PEOPLE,
      groups: {
        guides: { ...groups.guides, externalId: 'g-1', [GROUP_EXTENSION]: { description: 'Show the way' } },
      },
      steps: [
        [put('/Groups/{guides}', GUIDES), { status: 200, group: { ...BOTH, description: 'Show the way' } }],
        [
          put('/Groups/{guides}', {
            ...GUIDES,
            externalId: 'g-2',
            members: [],
            [GROUP_EXTENSION]: { description: null },
          }),
          { status: 200, group: { ...guides(), externalId: 'g-2' } },
        ],
      ],
    },
    {
      name: 'versions: If-Match of the current one, of an old one, and If-None-Match',
      source: rfc7644('3.14'),
      given: PEOPLE,
      groups,
      steps: [
        [get('/Groups/{guides}', { 'if-none-match': '{guides.meta.version}' }), { status: 304 }],
        [
          patchWith('/Groups/{guides}', patchOp({ op: 'add', path: 'members', value: [element('jim')] }), {
            'if-match': '{guides.meta.version}',
          }),
          { status: 204, headers: { etag: /^W\// }, group: guides('babs', 'mandy', 'jim') },
        ],
        [
          put('/Groups/{guides}', { ...GUIDES, members: [] }, { 'if-match': '{guides.meta.version}' }),
          { status: 412, error: null, group: guides('babs', 'mandy', 'jim') },
        ],
        [remove('/Groups/{guides}', { 'if-match': '{guides.meta.version}' }), { status: 412, error: null }],
        [get('/Groups/{guides}', { 'if-none-match': '{guides.meta.version}' }), { status: 200, as: 'guides' }],
        [remove('/Groups/{guides}', { 'if-match': '{guides.meta.version}' }), { status: 204, group: null }],
      ],
    },
    {
      name: 'attributes and excludedAttributes in the answers to a GET, a list, a POST and a PUT',
      source: rfc7644('3.9'),
      given: PEOPLE,
      groups,
      steps: [
        [get('/Groups/{guides}?attributes=displayName'), { status: 200, body: { ...GUIDES, id: '{guides}' } }],
        [
          get('/Groups/{guides}?attributes=members.value'),
          {
            status: 200,
            contains: { members: [element('babs'), element('mandy')] },
            absent: ['displayName', 'members.0.$ref'],
          },
        ],
        [
          get('/Groups?attributes=displayName'),
          { status: 200, list: ['guides'], absent: ['Resources.0.members', 'Resources.0.meta'] },
        ],
        [
          post('/Groups?excludedAttributes=members', {
            schemas: [GROUP],
            displayName: 'Other',
            members: [element('jim')],
          }),
          {
            status: 201,
            absent: ['members'],
            contains: { displayName: 'Other' },
            group: { displayName: 'Other', members: ['jim'] },
          },
        ],
        [
          put('/Groups/{guides}?attributes=displayName', { ...GUIDES, members: [element('jim')] }),
          { status: 200, absent: ['members'], group: guides('jim') },
        ],
      ],
    },
    {
      name: 'filters: by a member, by name, by both; and .search',
      source: rfc7644('3.4.2.2'),
      given: PEOPLE,
      groups: { ...groups, other: { displayName: 'Other', members: [element('jim')] } },
      steps: [
        [query('/Groups', { filter: 'members.value eq "{jim}"' }), { status: 200, list: ['other'] }],
        [query('/Groups', { filter: 'members[value eq "{babs}"]' }), { status: 200, list: ['guides'] }],
        [query('/Groups', { filter: 'members eq "{babs}"' }), { status: 200, list: ['guides'] }],
        [query('/Groups', { filter: 'displayName sw "tour" and members.value eq "{jim}"' }), { status: 200, list: [] }],
        [
          query('/Groups', { filter: 'displayName co "e"', sortBy: 'displayName' }),
          { status: 200, list: ['other', 'guides'] },
        ],
        [
          post('/Groups/.search', { schemas: [SEARCH], filter: 'displayName eq "other"' }),
          { status: 200, list: ['other'] },
        ],
        [query('/Groups', { filter: 'displayName' }), { status: 400, error: 'invalidFilter' }],
      ],
    },
    {
      name: 'a search at the root finds users and groups, in one list',
      source: rfc7644('3.4.3'),
      given: PEOPLE,
      groups,
      steps: [
        [search({}), { status: 200, list: ['babs', 'mandy', 'jim', 'guides'] }],
        [search({ startIndex: 3, count: 5 }), { status: 200, list: ['jim', 'guides'], total: 4 }],
        [
          search({ filter: '(meta.resourceType eq "User") or (meta.resourceType eq "Group")', count: 4 }),
          { status: 200, list: ['babs', 'mandy', 'jim', 'guides'] },
        ],
        [search({ filter: 'meta.resourceType eq "Group"' }), { status: 200, list: ['guides'] }],
        [search({ filter: 'displayName co "e"' }), { status: 200, list: ['babs', 'mandy', 'guides'] }],
        [
          search({ filter: 'userName pr or members pr', attributes: ['displayName'] }),
          {
            status: 200,
            list: ['babs', 'mandy', 'jim', 'guides'],
            absent: ['Resources.0.userName', 'Resources.3.members'],
          },
        ],
      ],
    },
    {
      name: 'a group and the user in it, made in one bulk request',
      source: rfc7644('3.7.2'),
      steps: [
        [
          post('/Bulk', {
            schemas: [BULK],
            Operations: [
              { method: 'POST', path: '/Users', bulkId: 'qwerty', data: { schemas: [USER], userName: 'Alice' } },
              {
                method: 'POST',
                path: '/Groups',
                bulkId: 'ytrewq',
                data: { ...GUIDES, members: [{ type: 'User', value: 'bulkId:qwerty' }] },
              },
            ],
          }),
          {
            status: 200,
            contains: {
              Operations: [
                { bulkId: 'qwerty', status: '201' },
                { bulkId: 'ytrewq', status: '201' },
              ],
            },
            matches: { 'Operations.1.location': /\/v2\/Groups\/grp_/ },
          },
        ],
        [
          query('/Groups', { filter: 'displayName eq "Tour Guides"' }),
          { status: 200, contains: { totalResults: 1, Resources: [{ members: [{ type: 'User' }] }] } },
        ],
      ],
    },
    {
      name: 'every method in one bulk request',
      source: rfc7644('3.7.3'),
      given: PEOPLE,
      groups: { ...groups, other: { displayName: 'Other' } },
      steps: [
        [
          post('/Bulk', {
            schemas: [BULK],
            Operations: [
              {
                method: 'PATCH',
                path: '/Groups/{guides}',
                data: patchOp({ op: 'remove', path: 'members[value eq "{babs}"]' }),
              },
              { method: 'PUT', path: '/Groups/{guides}', data: { ...GUIDES, externalId: 'g-1' } },
              { method: 'DELETE', path: '/Groups/{other}' },
              { method: 'PATCH', path: '/Groups/{other}', data: patchOp({ op: 'remove', path: 'members' }) },
            ],
          }),
          {
            status: 200,
            contains: {
              Operations: [
                { method: 'PATCH', location: '{guides.location}', status: '204' },
                { method: 'PUT', location: '{guides.location}', status: '200' },
                { method: 'DELETE', location: '{other.location}', status: '204' },
                { method: 'PATCH', status: '404' },
              ],
            },
          },
        ],
        [get('/Groups/{guides}'), { status: 200, group: { ...guides('mandy'), externalId: 'g-1' } }],
      ],
    },
  ],
};
