// What the operator's calls cost.

import { NOTHING, cost } from './cost.mjs';

export const managed = ({ companyId, operatorKey }, method, path, body) => ({
  method,
  path: `/api/v1/companies/${companyId}${path}`,
  body,
  authorization: `Bearer ${operatorKey}`,
});

export const MANAGEMENT_COSTS = {
  'Management API: reads': [
    [
      'page of one company',
      200,
      cost(1, 2, 0),
      ({ operatorKey }) => ({
        method: 'GET',
        path: '/api/v1/companies?limit=1',
        authorization: `Bearer ${operatorKey}`,
      }),
    ],
    ['company', 200, cost(1, 1, 0), (company) => managed(company, 'GET', '')],
    ['connections', 200, cost(1, 3, 0), (company) => managed(company, 'GET', '/connections')],
    ['connection', 200, cost(1, 2, 0), (company) => managed(company, 'GET', `/connections/${company.connectionId}`)],
    ['tokens', 200, cost(1, 5, 0), (company) => managed(company, 'GET', '/tokens')],
    ['token', 200, cost(1, 2, 0), (company) => managed(company, 'GET', `/tokens/${company.tokenId}`)],
    ['templates', 200, cost(1, 3, 0), (company) => managed(company, 'GET', '/templates')],
    ['template', 200, cost(1, 2, 0), (company) => managed(company, 'GET', `/templates/${company.template}`)],
    ['page of 20 teammates', 200, cost(1, 22, 0), (company) => managed(company, 'GET', '/teammates?limit=20')],
    [
      'page of 20 active teammates',
      200,
      cost(1, 22, 0),
      (company) => managed(company, 'GET', '/teammates?limit=20&state=active'),
    ],
    [
      'search for one teammate',
      200,
      cost(1, 3, 0),
      (company) => managed(company, 'GET', `/teammates?search=${company.teammate(0).userName}`),
    ],
    ['teammate', 200, cost(1, 2, 0), (company) => managed(company, 'GET', `/teammates/${company.teammate(0).id}`)],
    [
      'anything without the operator key',
      401,
      NOTHING,
      (company) => ({ ...managed(company, 'GET', '/teammates'), authorization: 'Bearer wrong' }),
    ],
  ],
  'Management API: writes': [
    [
      'create a teammate',
      201,
      cost(2, 10, 11),
      (company) => managed(company, 'POST', '/teammates', { user_name: 'app@example.com' }),
    ],
    [
      'edit a teammate',
      200,
      cost(2, 8, 6),
      (company) => managed(company, 'PATCH', `/teammates/${company.teammate(9).id}`, { display_name: 'Renamed' }),
    ],
    [
      'block a teammate',
      200,
      cost(2, 10, 8),
      (company) => managed(company, 'POST', `/teammates/${company.teammate(10).id}/block`),
    ],
    [
      'delete a teammate',
      204,
      cost(2, 18, 9),
      (company) => managed(company, 'DELETE', `/teammates/${company.teammate(11).id}`),
    ],
    [
      'edit a connection',
      200,
      cost(2, 9, 5),
      (company) => managed(company, 'PATCH', `/connections/${company.connectionId}`, { name: 'Renamed' }),
    ],
    [
      'create a token',
      201,
      cost(1, 5, 5),
      (company) => managed(company, 'POST', '/tokens', { name: 'Another', scopes: ['provisioning'] }),
    ],
    [
      'edit a template',
      200,
      cost(2, 9, 6),
      (company) => managed(company, 'PATCH', `/templates/${company.template}`, { name: 'Renamed' }),
    ],
    ['edit the company', 200, cost(2, 6, 4), (company) => managed(company, 'PATCH', '', { seats: 20_000 })],
  ],
};
