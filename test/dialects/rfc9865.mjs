// RFC 9865: pages by cursor.

import { get, patch, post, remove } from '../support/dialect-cases.mjs';
import { USER } from '../support/scim.mjs';

const rfc = (section) => `RFC 9865 section ${section}`;
const given = Object.fromEntries(
  ['ada', 'bea', 'cleo', 'dora', 'emmy'].map((name) => [
    name,
    { userName: `${name}@x.example`, title: name < 'd' ? 'early' : 'late' },
  ]),
);
// Unreserved characters of RFC 3986: a cursor goes into a URL as it is.
const OPAQUE = /^[A-Za-z0-9._~-]+$/;

const page = (list, next, more = {}) => ({
  status: 200,
  list,
  total: 5,
  ...(next ? { matches: { nextCursor: OPAQUE }, as: next } : { absent: ['nextCursor'] }),
  ...more,
});

export default {
  idp: 'RFC 9865 cursors',
  cases: [
    {
      name: 'a walk from an empty cursor to the end',
      source: rfc('2'),
      given,
      steps: [
        [get('/Users?cursor&count=2'), page(['ada', 'bea'], 'one')],
        [get('/Users?cursor={one.nextCursor}&count=2'), page(['cleo', 'dora'], 'two')],
        [get('/Users?cursor={two.nextCursor}&count=2'), page(['emmy'])],
      ],
    },
    {
      name: 'cursor= is an empty cursor too',
      source: rfc('2'),
      given,
      steps: [
        [get('/Users?cursor=&count=4'), page(['ada', 'bea', 'cleo', 'dora'], 'one')],
        [get('/Users?count=4&cursor={one.nextCursor}'), page(['emmy'])],
      ],
    },
    {
      name: 'and back by previousCursor',
      source: rfc('2'),
      given,
      steps: [
        [get('/Users?cursor&count=2'), page(['ada', 'bea'], 'one', { absent: ['previousCursor'] })],
        [
          get('/Users?cursor={one.nextCursor}&count=2'),
          { ...page(['cleo', 'dora'], 'two'), matches: { nextCursor: OPAQUE, previousCursor: OPAQUE } },
        ],
        [get('/Users?cursor={two.previousCursor}&count=2'), { status: 200, list: ['ada', 'bea'], total: 5 }],
      ],
    },
    {
      name: 'a page that holds all has no nextCursor',
      source: rfc('2'),
      given,
      steps: [[get('/Users?cursor&count=5'), page(['ada', 'bea', 'cleo', 'dora', 'emmy'])]],
    },
    {
      name: 'an empty result has no nextCursor',
      source: rfc('2'),
      steps: [[get('/Users?cursor&count=5'), { status: 200, list: [], absent: ['nextCursor', 'previousCursor'] }]],
    },
    {
      name: 'without a cursor pages are by index',
      source: rfc('2.4'),
      given,
      steps: [[get('/Users?count=2'), { status: 200, list: ['ada', 'bea'], total: 5, contains: { startIndex: 1 } }]],
    },
    {
      name: 'with a filter',
      source: rfc('2'),
      given,
      steps: [
        [
          get('/Users?filter=title%20eq%20%22early%22&cursor&count=2'),
          { status: 200, list: ['ada', 'bea'], total: 3, matches: { nextCursor: OPAQUE }, as: 'one' },
        ],
        [
          get('/Users?filter=title%20eq%20%22early%22&cursor={one.nextCursor}&count=2'),
          { status: 200, list: ['cleo'], total: 3, absent: ['nextCursor'] },
        ],
      ],
    },
    {
      name: 'sorted, backwards',
      source: rfc('2.2'),
      given,
      steps: [
        [get('/Users?sortBy=userName&sortOrder=descending&cursor&count=3'), page(['emmy', 'dora', 'cleo'], 'one')],
        [get('/Users?sortBy=userName&sortOrder=descending&cursor={one.nextCursor}&count=3'), page(['bea', 'ada'])],
      ],
    },
    {
      name: 'who is created, removed and changed meanwhile makes nobody skipped or repeated',
      source: rfc('2'),
      given,
      steps: [
        [get('/Users?cursor&count=2'), page(['ada', 'bea'], 'one')],
        [remove('/Users/{ada}'), { status: 204 }],
        [patch('/Users/{dora}', { op: 'replace', path: 'title', value: 'changed' }), { status: 200 }],
        [post('/Users', { schemas: [USER], userName: 'zoe@x.example' }), { status: 201, as: 'zoe' }],
        [get('/Users?cursor={one.nextCursor}&count=2'), page(['cleo', 'dora'], 'two')],
        [get('/Users?cursor={two.nextCursor}&count=2'), page(['emmy', 'zoe'])],
      ],
    },
    {
      name: 'the user that a cursor stands on may go',
      source: rfc('2'),
      given,
      steps: [
        [get('/Users?cursor&count=2'), page(['ada', 'bea'], 'one')],
        [remove('/Users/{bea}'), { status: 204 }],
        [get('/Users?cursor={one.nextCursor}&count=2'), page(['cleo', 'dora'], 'two', { total: 4 })],
        [get('/Users?cursor={two.nextCursor}&count=2'), page(['emmy'], undefined, { total: 4 })],
      ],
    },
    {
      name: 'one that nobody gave out',
      source: rfc('2.1'),
      steps: [[get('/Users?cursor=bm9uc2Vuc2U&count=2'), { status: 400, error: 'invalidCursor' }]],
    },
    {
      name: 'one with something added',
      source: rfc('2.1'),
      given,
      steps: [
        [get('/Users?cursor&count=2'), page(['ada', 'bea'], 'one')],
        [get('/Users?cursor={one.nextCursor}x&count=2'), { status: 400, error: 'invalidCursor' }],
      ],
    },
    {
      name: 'one of another query',
      source: rfc('2.1'),
      given,
      steps: [
        [get('/Users?cursor&count=2'), page(['ada', 'bea'], 'one')],
        [get('/Users?filter=title%20pr&cursor={one.nextCursor}&count=2'), { status: 400, error: 'invalidCursor' }],
      ],
    },
    {
      name: 'another count than at first',
      source: rfc('2.1'),
      given,
      steps: [
        [get('/Users?cursor&count=2'), page(['ada', 'bea'], 'one')],
        [get('/Users?cursor={one.nextCursor}&count=3'), { status: 400, error: 'invalidCount' }],
      ],
    },
    {
      name: 'by POST .search',
      source: rfc('3'),
      given,
      steps: [
        [post('/Users/.search', { cursor: '', count: 3 }), page(['ada', 'bea', 'cleo'], 'one')],
        [post('/Users/.search', { cursor: '{one.nextCursor}', count: 3 }), page(['dora', 'emmy'])],
      ],
    },
    {
      name: 'the configuration advertises it',
      source: rfc('4'),
      steps: [
        [
          get('/ServiceProviderConfig'),
          {
            status: 200,
            contains: { pagination: { cursor: true, index: true } },
            number: ['pagination.defaultPageSize', 'pagination.maxPageSize'],
          },
        ],
      ],
    },
  ],
};
