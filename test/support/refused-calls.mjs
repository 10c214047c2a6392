// A call of every route, about what is there or about what is not: for tests of callers who may not, and of routes.

import { readFileSync } from 'node:fs';
import { patchOp } from './scim.mjs';

const table = JSON.parse(readFileSync(new URL('./routes.json', import.meta.url), 'utf8'));

/** What a call can name. */
export const MISSING = {
  user: 'tea_01jmissing00000000000000000',
  userName: 'nobody@example.com',
  email: 'nobody.else@example.com',
  externalId: '00u-nobody',
  group: 'grp_01jmissing00000000000000000',
  groupName: 'Nobody',
  template: 'tea_01jmissing00000000000000001',
  company: 'cmp_01jmissing00000000000000000',
  connection: 'con_01jmissing00000000000000000',
  token: 'tok_01jmissing00000000000000000',
};

const ACTIVE = patchOp({ op: 'replace', value: { active: false } });
const encoded = (filter) => `?filter=${encodeURIComponent(filter)}`;
const operation = (method, path, data) => ({ method, path, data });

/** Answered to anybody. */
export const OPEN = [
  ...['Health', 'Ready', 'ServiceProviderConfig', 'ResourceTypes', 'ResourceType', 'Schemas', 'Schema'],
];

/** By operation: [what follows the route's path, body] of each call. */
const SCIM = {
  SearchEverything: (of) => [
    ['', { filter: `userName eq "${of.userName}" or displayName eq "${of.groupName}"` }],
    ['', { filter: `id eq "${of.user}"`, cursor: '' }],
  ],
  ListUsers: (of) => [
    [encoded(`userName eq "${of.userName}"`)],
    [encoded(`id eq "${of.user}"`)],
    [encoded(`externalId eq "${of.externalId}"`)],
    [encoded(`emails.value eq "${of.email}"`)],
    [encoded(`userName sw "${of.userName.slice(0, 6)}" and title pr`)],
    [encoded(`groups.value eq "${of.group}"`)],
    [`${encoded(`userName eq "${of.userName}"`)}&sortBy=title&count=1&cursor`],
    ['?sortBy=userName&count=1&cursor'],
    ['?sortBy=title&count=0'],
    ['?startIndex=2&count=1'],
  ],
  CreateUser: (of) => [
    ['', { userName: of.userName, emails: [{ value: of.email }] }],
    ['', { userName: 'newcomer@example.com', roles: [{ type: 'template', value: of.template }] }],
    ['', 'no JSON'],
  ],
  SearchUsers: (of) => [['', { filter: `userName eq "${of.userName}"`, sortBy: 'title', count: 1, cursor: '' }]],
  GetUser: () => [['']],
  ReplaceUser: (of) => [['', { userName: of.userName, active: false }]],
  PatchUser: () => [['', ACTIVE]],
  RemoveUser: () => [['']],
  ListGroups: (of) => [
    [encoded(`displayName eq "${of.groupName}"`)],
    [`${encoded(`displayName eq "${of.groupName}"`)}&excludedAttributes=members`],
    [encoded(`members.value eq "${of.user}"`)],
    [`${encoded(`id eq "${of.group}"`)}&sortBy=displayName&cursor&count=1`],
    ['?sortBy=displayName&count=1&cursor'],
    ['?count=0'],
  ],
  CreateGroup: (of) => [
    ['', { displayName: of.groupName }],
    ['', { displayName: 'Newcomers', members: [{ value: of.user }] }],
  ],
  SearchGroups: (of) => [
    ['', { filter: `displayName eq "${of.groupName}"`, sortBy: 'externalId', count: 1, cursor: '' }],
  ],
  GetGroup: () => [[''], ['?excludedAttributes=members']],
  ReplaceGroup: (of) => [['', { displayName: of.groupName, members: [{ value: of.user }] }]],
  PatchGroup: (of) => [
    ['', patchOp({ op: 'add', path: 'members', value: [{ value: of.user }] })],
    ['', patchOp({ op: 'replace', path: 'displayName', value: of.groupName })],
    ['', patchOp({ op: 'remove', path: 'members[display sw "R"]' })],
  ],
  RemoveGroup: () => [['']],
  Bulk: (of) => [
    ['', { Operations: [operation('PATCH', `/Users/${of.user}`, ACTIVE), operation('DELETE', `/Users/${of.user}`)] }],
    ['', { Operations: [{ ...operation('POST', '/Users', { userName: of.userName }), bulkId: 'a' }] }],
    ['', { Operations: [operation('DELETE', '/nothing')] }],
  ],
  Me: () => [['']],
};

/** Bodies of the operator's calls. */
const MANAGED = (of) => ({
  CreateCompany: { name: 'Another', plan: 'scale' },
  EditCompany: { seats: 5 },
  CreateConnection: { provider: 'okta' },
  EditConnection: { name: 'Renamed' },
  CreateToken: { name: 'Token', scopes: ['provisioning'] },
  CreateTemplate: { name: 'Template' },
  EditTemplate: { name: 'Renamed' },
  CreateTeammate: { user_name: of.userName },
  EditTeammate: { display_name: 'Renamed' },
  CreateTeammateGroup: { display_name: of.groupName },
  EditTeammateGroup: { display_name: 'Renamed' },
  ChangeMembers: { add: [of.user] },
  ReplaceMembers: { members: [of.user] },
});

/** Those of the routes of SCIM that somebody can be refused at. */
export function scimCalls(of) {
  return table
    .filter(({ base, operation }) => base === '/v2' && !OPEN.includes(operation))
    .flatMap(({ method, path, operation }) => {
      if (!SCIM[operation]) throw new Error(`There is a new route, ${operation}: say here how it is called.`);
      const id = path.startsWith('/Groups') ? of.group : of.user;
      return SCIM[operation](of).map(([suffix, body]) => {
        return { operation, method, path: `${path.replace('{id}', id)}${suffix}`, body };
      });
    });
}

/** Those of the routes of the management API. */
export function managementCalls(of) {
  const ids = {
    connections: of.connection,
    tokens: of.token,
    templates: of.template,
    teammates: of.user,
    groups: of.group,
  };
  const bodies = MANAGED(of);
  return table
    .filter(({ base }) => base === '/api/v1')
    .map(({ method, path, operation }) => ({
      operation,
      method,
      path: path
        .replace('{company_id}', of.company)
        .replace(/\/(\w+)\/\{id\}/, (_, resource) => `/${resource}/${known(ids, resource)}`),
      body: bodies[operation],
    }));
}

/** A group operation within a bulk request, which is refused by itself. */
export const bulkOfGroups = (of) => ({
  operation: 'Bulk',
  method: 'POST',
  path: '/Bulk',
  body: {
    Operations: [
      operation('PATCH', `/Groups/${of.group}`, patchOp({ op: 'add', path: 'members', value: [{ value: of.user }] })),
      operation('DELETE', `/Groups/${of.group}`),
    ],
  },
});

export const openCalls = () =>
  table
    .filter(({ operation }) => OPEN.includes(operation))
    .map(({ base, method, path, operation }) => ({
      operation,
      method,
      path: `${base}${path.replace('{name}', 'User').replace('{urn}', 'urn:ietf:params:scim:schemas:core:2.0:User')}`,
    }));

function known(ids, resource) {
  if (!ids[resource]) throw new Error(`There is a new kind of resource, ${resource}: say here which one exists.`);
  return ids[resource];
}
