// What the operator's calls about groups cost. Writes go through the company's object, which remembers the company
// and the groups that it has lately written or read: each write here comes after one that changes nothing.

import { cost } from './cost.mjs';
import { managed } from './management.mjs';

/** A group that the operator's app made, of 50 members: see ../groups.mjs. */
const group = (company, name) => `/groups/${company.appGroups[name]}`;
const members = (company, name) => `${group(company, name)}/members`;

/** Restoring a group that is there changes nothing, and so does deleting one that is not. */
const known = (name) => (company) => managed(company, 'POST', `${group(company, name)}/restore`);
const knownAsDeleted = (name) => (company) => managed(company, 'DELETE', group(company, name));

export const MANAGEMENT_GROUP_COSTS = {
  'Management API: groups': [
    ['page of 20 groups', 200, cost(1, 22, 0), (company) => managed(company, 'GET', '/groups?limit=20')],
    ['search for one group', 200, cost(1, 3, 0), (company) => managed(company, 'GET', '/groups?search=read')],
    [
      'page of 20 deleted groups',
      200,
      cost(1, 22, 0),
      (company) => managed(company, 'GET', '/groups?state=deleted&limit=20'),
    ],
    ['group', 200, cost(1, 2, 0), (company) => managed(company, 'GET', group(company, 'read'))],
    [
      'page of 20 members',
      200,
      cost(1, 45, 0),
      (company) => managed(company, 'GET', `${members(company, 'read')}?limit=20`),
    ],
    [
      'create a group',
      201,
      cost(2, 20, 7),
      (company) => managed(company, 'POST', '/groups', { display_name: 'Created' }),
      known('read'),
    ],
    [
      'edit a group',
      200,
      cost(2, 21, 4),
      (company) => managed(company, 'PATCH', group(company, 'edited'), { description: 'Edited' }),
      known('edited'),
    ],
    [
      'add a member',
      200,
      cost(2, 34, 6),
      (company) => managed(company, 'PATCH', members(company, 'edited'), { add: [company.teammate(90).id] }),
      known('edited'),
    ],
    [
      'remove a member',
      200,
      cost(2, 33, 5),
      (company) => managed(company, 'PATCH', members(company, 'edited'), { remove: [company.teammate(90).id] }),
      known('edited'),
    ],
    [
      'delete a group',
      204,
      cost(2, 22, 6),
      (company) => managed(company, 'DELETE', group(company, 'deleted')),
      known('deleted'),
    ],
    [
      'restore a group',
      200,
      cost(2, 22, 7),
      (company) => managed(company, 'POST', `${group(company, 'deleted')}/restore`),
      knownAsDeleted('deleted'),
    ],
  ],
};
