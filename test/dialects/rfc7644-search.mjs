// RFC 7644 sections 3.4.3 and 3.11: POST .search, and /Me.

import { get, patch, post, put, remove } from '../support/dialect-cases.mjs';
import { USER } from '../support/scim.mjs';

const source = 'RFC 7644 section 3.4.3';
const ME = 'RFC 7644 section 3.11';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

const given = {
  ada: { userName: 'ada@x.example', displayName: 'Smith, Ada', title: 'Dr.' },
  bea: { userName: 'bea@x.example', displayName: 'Smithers, Bea' },
  cleo: { userName: 'cleo@x.example', displayName: 'Kleopatra' },
};
const search = (body, path = '/Users/.search') => post(path, { schemas: [SEARCH], ...body });

export default {
  idp: 'RFC 7644 .search and /Me',
  cases: [
    {
      name: 'with a filter',
      source,
      given,
      steps: [[search({ filter: 'displayName sw "smith"' }), { status: 200, list: ['ada', 'bea'] }]],
    },
    {
      name: 'with a page',
      source,
      given,
      steps: [
        [
          search({ startIndex: 2, count: 1 }),
          { status: 200, list: ['bea'], total: 3, contains: { startIndex: 2, itemsPerPage: 1 } },
        ],
      ],
    },
    {
      name: 'sorted',
      source,
      given,
      steps: [[search({ sortBy: 'userName', sortOrder: 'descending' }), { status: 200, list: ['cleo', 'bea', 'ada'] }]],
    },
    {
      name: 'with attributes',
      source,
      given,
      steps: [
        [
          search({ attributes: ['displayName', 'userName'], filter: 'title pr' }),
          {
            status: 200,
            list: ['ada'],
            contains: {
              Resources: [{ schemas: [USER], id: '{ada}', displayName: 'Smith, Ada', userName: 'ada@x.example' }],
            },
            absent: ['Resources.0.title'],
          },
        ],
      ],
    },
    {
      name: 'with excludedAttributes',
      source,
      given,
      steps: [
        [
          search({ excludedAttributes: ['title'], filter: 'title pr' }),
          { status: 200, list: ['ada'], absent: ['Resources.0.title'] },
        ],
      ],
    },
    {
      name: 'with nothing: everybody',
      source,
      given,
      steps: [[search({}), { status: 200, list: ['ada', 'bea', 'cleo'] }]],
    },
    {
      name: 'with count 0: the total alone',
      source,
      given,
      steps: [[search({ count: 0 }), { status: 200, list: [], total: 3 }]],
    },
    {
      name: 'attributes as one text with commas, as in a query',
      source,
      given,
      steps: [
        [
          search({ attributes: 'userName,displayName', filter: 'title pr' }),
          { status: 200, list: ['ada'], absent: ['Resources.0.title'] },
        ],
      ],
    },
    {
      name: 'without schemas',
      source,
      given,
      steps: [[post('/Users/.search', { filter: 'title pr' }), { status: 200, list: ['ada'] }]],
    },
    {
      name: "a filter that can't be read",
      source,
      steps: [[search({ filter: 'title is "x"' }), { status: 400, error: 'invalidFilter' }]],
    },
    {
      name: 'a body that is no JSON',
      source,
      steps: [[post('/Users/.search', '{'), { status: 400, error: 'invalidSyntax' }]],
    },
    {
      name: 'at the root, over all types',
      source,
      given,
      steps: [[search({ filter: 'displayName sw "smith"' }, '/.search'), { status: 200, list: ['ada', 'bea'] }]],
    },
    {
      name: 'at the root, with attributes',
      source,
      given,
      steps: [
        [
          search({ attributes: ['userName'], filter: 'userName eq "ada@x.example"' }, '/.search'),
          { status: 200, list: ['ada'], absent: ['Resources.0.title'] },
        ],
      ],
    },
    {
      name: 'at the root, by resource type',
      source: 'RFC 7644 section 3.4.2.1',
      given,
      steps: [
        [search({ filter: 'meta.resourceType eq "User"' }, '/.search'), { status: 200, list: ['ada', 'bea', 'cleo'] }],
      ],
    },
    {
      name: 'of groups: an empty directory',
      source,
      given,
      steps: [[search({ filter: 'displayName eq "x"' }, '/Groups/.search'), { status: 200, list: [] }]],
    },
    {
      name: 'without a token',
      source: 'RFC 7644 section 2',
      steps: [
        [
          { ...search({}), token: null },
          { status: 401, error: null },
        ],
      ],
    },
    { name: 'GET /Me', source: ME, steps: [[get('/Me'), { status: 501, error: null }]] },
    { name: 'PUT /Me', source: ME, steps: [[put('/Me', {}), { status: 501, error: null }]] },
    {
      name: 'PATCH /Me',
      source: ME,
      steps: [[patch('/Me', { op: 'replace', path: 'title', value: 'x' }), { status: 501, error: null }]],
    },
    { name: 'POST /Me', source: ME, steps: [[post('/Me', {}), { status: 501, error: null }]] },
    { name: 'DELETE /Me', source: ME, steps: [[remove('/Me'), { status: 501, error: null }]] },
  ],
};
