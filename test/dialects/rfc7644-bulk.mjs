// RFC 7644 section 3.7: several operations in one request.

import { get, post } from '../support/dialect-cases.mjs';
import { ENTERPRISE, ERROR, USER } from '../support/scim.mjs';

const source = 'RFC 7644 section 3.7';
const REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const bulk = (Operations, more = {}) => post('/Bulk', { schemas: [REQUEST], ...more, Operations });
const create = (bulkId, userName, more = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { schemas: [USER], userName, ...more },
});
const managedBy = (value) => ({ [ENTERPRISE]: { manager: { value } } });
const answers = (...Operations) => ({ status: 200, contains: { schemas: [RESPONSE], Operations } });
const failed = (status, more = {}) => ({ status, response: { schemas: [ERROR], status }, ...more });
const given = { mei: { userName: 'mei@x.example' }, lin: { userName: 'lin@x.example' } };

export default {
  idp: 'RFC 7644 Bulk',
  cases: [
    {
      name: 'two creates: each answers with its bulkId, Location and status',
      source: `${source}.3`,
      steps: [
        [
          bulk([create('a', 'ada@x.example'), create('b', 'bea@x.example')]),
          {
            ...answers({ method: 'POST', bulkId: 'a', status: '201' }, { method: 'POST', bulkId: 'b', status: '201' }),
            matches: { 'Operations.0.location': /\/v2\/Users\/tea_/, 'Operations.1.location': /\/v2\/Users\/tea_/ },
          },
        ],
        [get('/Users'), { status: 200, contains: { totalResults: 2 } }],
      ],
    },
    {
      name: 'every method',
      source: `${source}.3`,
      given,
      steps: [
        [
          bulk([
            create('n', 'new@x.example'),
            { method: 'PUT', path: '/Users/{mei}', data: { schemas: [USER], userName: 'mei@x.example', title: 'Dr.' } },
            {
              method: 'PATCH',
              path: '/Users/{mei}',
              data: { schemas: [PATCH], Operations: [{ op: 'add', path: 'nickName', value: 'M' }] },
            },
            { method: 'DELETE', path: '/Users/{lin}' },
          ]),
          answers(
            { method: 'POST', bulkId: 'n', status: '201' },
            { method: 'PUT', location: '{mei.location}', status: '200' },
            { method: 'PATCH', location: '{mei.location}', status: '200' },
            { method: 'DELETE', location: '{lin.location}', status: '204' },
          ),
        ],
        [get('/Users/{mei}'), { status: 200, contains: { title: 'Dr.', nickName: 'M' } }],
        [get('/Users/{lin}'), { status: 404, error: null }],
      ],
    },
    {
      name: 'a reference to a bulkId before',
      source: `${source}.2`,
      steps: [
        [
          bulk([create('boss', 'boss@x.example'), create('w', 'worker@x.example', managedBy('bulkId:boss'))]),
          { ...answers({ status: '201' }, { status: '201' }) },
        ],
        [
          get('/Users?sortBy=userName'),
          {
            status: 200,
            contains: { Resources: [{ userName: 'boss@x.example' }, { userName: 'worker@x.example' }] },
            as: 'both',
          },
        ],
        [
          get('/Users/{both.Resources.1.id}'),
          { status: 200, contains: { [ENTERPRISE]: { manager: { value: '{both.Resources.0.id}' } } } },
        ],
      ],
    },
    {
      name: 'a forward reference',
      source: `${source}.2`,
      steps: [
        [
          bulk([create('w', 'worker@x.example', managedBy('bulkId:boss')), create('boss', 'boss@x.example')]),
          answers({ status: '201' }, { status: '201' }),
        ],
        [get('/Users?sortBy=userName'), { status: 200, contains: { totalResults: 2 }, as: 'both' }],
        [
          get('/Users/{both.Resources.1.id}'),
          {
            status: 200,
            contains: { userName: 'worker@x.example', [ENTERPRISE]: { manager: { value: '{both.Resources.0.id}' } } },
          },
        ],
      ],
    },
    {
      name: 'a cycle of references is refused: 409 for those in it',
      source: `${source}.1`,
      steps: [
        [
          bulk([create('a', 'a@x.example', managedBy('bulkId:b')), create('b', 'b@x.example', managedBy('bulkId:a'))]),
          answers(failed('409'), failed('409')),
        ],
      ],
    },
    {
      name: 'a bulkId in a path',
      source: `${source}.2`,
      steps: [
        [
          bulk([
            create('a', 'ada@x.example'),
            {
              method: 'PATCH',
              path: '/Users/bulkId:a',
              data: { schemas: [PATCH], Operations: [{ op: 'add', path: 'title', value: 'Dr.' }] },
            },
          ]),
          answers({ status: '201' }, { status: '200' }),
        ],
        [get('/Users'), { status: 200, contains: { totalResults: 1, Resources: [{ title: 'Dr.' }] } }],
      ],
    },
    {
      name: 'one that fails leaves the others alone, and answers a SCIM error',
      source: `${source}.3`,
      given,
      steps: [
        [
          bulk([create('a', 'ada@x.example'), create('m', 'MEI@x.example'), create('b', 'bea@x.example')]),
          answers({ status: '201' }, failed('409', { bulkId: 'm', method: 'POST' }), { status: '201' }),
        ],
        [get('/Users'), { status: 200, contains: { totalResults: 4 } }],
      ],
    },
    {
      name: 'failOnErrors: 1 stops at the first failure; what came before stays',
      source: `${source}.3`,
      given,
      steps: [
        [
          bulk([create('a', 'ada@x.example'), create('m', 'mei@x.example'), create('b', 'bea@x.example')], {
            failOnErrors: 1,
          }),
          answers({ status: '201' }, failed('409')),
        ],
        [get('/Users'), { status: 200, contains: { totalResults: 3 } }],
      ],
    },
    {
      name: 'failOnErrors: 2 stops at the second',
      source: `${source}.3`,
      given,
      steps: [
        [
          bulk(
            [
              create('m', 'mei@x.example'),
              create('a', 'ada@x.example'),
              create('l', 'lin@x.example'),
              create('b', 'bea@x.example'),
            ],
            { failOnErrors: 2 },
          ),
          answers(failed('409'), { status: '201' }, failed('409')),
        ],
      ],
    },
    {
      name: 'somebody who does not exist',
      source: `${source}.3`,
      steps: [[bulk([{ method: 'DELETE', path: '/Users/tea_none' }]), answers(failed('404'))]],
    },
    {
      name: 'a version that is not the current one',
      source: `${source}.3`,
      given,
      steps: [
        [
          bulk([
            {
              method: 'PATCH',
              path: '/Users/{mei}',
              version: 'W/"other"',
              data: { schemas: [PATCH], Operations: [{ op: 'add', path: 'title', value: 'x' }] },
            },
          ]),
          answers(failed('412')),
        ],
        [get('/Users/{mei}'), { status: 200, absent: ['title'] }],
      ],
    },
    {
      name: 'a version that is',
      source: `${source}.3`,
      given,
      steps: [
        [bulk([{ method: 'DELETE', path: '/Users/{mei}', version: '{mei.meta.version}' }]), answers({ status: '204' })],
      ],
    },
    {
      name: 'methods in small letters',
      source,
      steps: [[bulk([{ ...create('a', 'ada@x.example'), method: 'post' }]), answers({ status: '201', bulkId: 'a' })]],
    },
    {
      name: 'a POST without bulkId',
      source: `${source}: bulkId is required for POST`,
      steps: [
        [bulk([{ ...create(undefined, 'ada@x.example') }]), { status: 200, contains: { Operations: [failed('400')] } }],
      ],
    },
    {
      name: 'a path that there is not',
      source,
      steps: [
        [bulk([{ method: 'POST', path: '/Robots', bulkId: 'r', data: {} }]), answers(failed('404', { bulkId: 'r' }))],
      ],
    },
    {
      name: 'no Operations',
      source,
      steps: [[post('/Bulk', { schemas: [REQUEST] }), { status: 400, error: 'invalidSyntax', detail: /Operations/ }]],
    },
    { name: 'no JSON', source, steps: [[post('/Bulk', '{'), { status: 400, error: 'invalidSyntax' }]] },
    { name: 'GET of /Bulk', source, steps: [[get('/Bulk'), { status: 405, error: null, headers: { allow: /POST/ } }]] },
    {
      name: 'the configuration advertises it, with its limits',
      source: 'RFC 7643 section 5',
      steps: [
        [
          get('/ServiceProviderConfig'),
          {
            status: 200,
            contains: { bulk: { supported: true } },
            number: ['bulk.maxOperations', 'bulk.maxPayloadSize'],
          },
        ],
      ],
    },
    {
      name: 'without a token',
      source: 'RFC 7644 section 2',
      steps: [
        [
          { ...bulk([]), token: null },
          { status: 401, error: null },
        ],
      ],
    },
  ],
};
