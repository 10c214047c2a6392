// What the operator's calls about groups cost. Writes go through the company's object, which remembers the groups
// that it has written or read lately.

import { managed } from './management.mjs';
import { cost } from './cost.mjs';

const GROUP = '/groups';

/** A group of the company's, `name`, as the operator's app made it; of 50 members. */
const group = (company, name) => `${GROUP}/${company.appGroups[name]}`;

export const MANAGEMENT_GROUP_COSTS = {
  'Management API: groups': [
    ['page of 20 groups', 200, cost(1, 22, 0), (company) => managed(company, 'GET', `${GROUP}?limit=20`)],
    ['search for one group', 200, cost(1, 3, 0), (company) => managed(company, 'GET', `${GROUP}?search=read&limit=20`)],
    ['page of 20 deleted groups', 200, cost(1, 22, 0), (company) => managed(company, 'GET', `${GROUP}?state=deleted&limit=20`)],
    ['group', 200, cost(1, 2, 0), (company) => managed(company, 'GET', group(company, 'read'))],
    ['page of 20 members', 200, cost(1, 45, 0), (company) => managed(company, 'GET', `${group(company, 'read')}/members?limit=20`)],
    [
      'create a group',
      201,
      cost(2, 19, 7),
      (company) => managed(company, 'POST', GROUP, { display_name: 'Created' }),
    ],
    [
      'edit a group',
      200,
      cost(2, 20, 4),
      (company) => managed(company, 'PATCH', group(company, 'edited'), { description: 'Edited' }),
    ],
    [
      'add a member',
      200,
      cost(2, 33, 6),
      (company) => managed(company, 'PATCH', `${group(company, 'edited')}/members`, { add: [company.teammate(90).id] }),
    ],
    [
      'remove a member',
      200,
      cost(2, 34, 5),
      (company) => managed(company, 'PATCH', `${group(company, 'edited')}/members`, { remove: [company.teammate(90).id] }),
    ],
    ['delete a group', 204, cost(2, 21, 6), (company) => managed(company, 'DELETE', group(company, 'deleted'))],
    ['restore a group', 200, cost(2, 21, 7), (company) => managed(company, 'POST', `${group(company, 'deleted')}/restore`)],
  ],
};
