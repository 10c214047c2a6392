// RFC 7644 section 3.14 and RFC 9110 section 13: versions and preconditions.

import { get, patchWith, post, put, remove } from '../support/dialect-cases.mjs';
import { USER } from '../support/scim.mjs';

const source = 'RFC 7644 section 3.14';
const HTTP = 'RFC 9110 section 13.1';

const IDA = { userName: 'ida@x.example', title: 'Dr.' };
const given = { ida: IDA };
const TITLE = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'title', value: 'Prof.' }],
};
const WRITE = { schemas: [USER], ...IDA, title: 'Prof.' };
const NOTHING = { ...TITLE, Operations: [{ op: 'replace', path: 'title', value: 'Dr.' }] };
const WEAK = /^W\/"[^"]+"$/;
const ida = '/Users/{ida}';
const current = '{ida.meta.version}';
const unchanged = [get(ida), { status: 200, contains: { title: 'Dr.', meta: { version: current } } }];

export default {
  idp: 'RFC 7644 versions',
  cases: [
    {
      name: 'a create answers a weak version, in the header and in meta',
      source,
      steps: [
        [
          post('/Users', { schemas: [USER], ...IDA }),
          { status: 201, headers: { etag: WEAK }, matches: { 'meta.version': WEAK } },
        ],
      ],
    },
    {
      name: 'a read answers the same in both places',
      source,
      given,
      steps: [[get(ida), { status: 200, headers: { etag: current }, contains: { meta: { version: current } } }]],
    },
    {
      name: 'a list has the versions in meta',
      source,
      given,
      steps: [[get('/Users'), { status: 200, contains: { Resources: [{ meta: { version: current } }] } }]],
    },
    {
      name: 'If-None-Match of the current version: 304 without a body',
      source,
      given,
      steps: [[get(ida, { 'if-none-match': current }), { status: 304, headers: { etag: current } }]],
    },
    {
      name: 'If-None-Match of several, one of them current: 304',
      source: HTTP,
      given,
      steps: [[get(ida, { 'if-none-match': `W/"other", ${current}` }), { status: 304 }]],
    },
    {
      name: 'If-None-Match *: 304',
      source: HTTP,
      given,
      steps: [[get(ida, { 'if-none-match': '*' }), { status: 304 }]],
    },
    {
      name: 'If-None-Match of another version: 200',
      source,
      given,
      steps: [[get(ida, { 'if-none-match': 'W/"other"' }), { status: 200, contains: IDA }]],
    },
    {
      name: 'If-Match of the current version lets a PATCH through, and the version is a new one',
      source,
      given,
      steps: [
        [
          patchWith(ida, TITLE, { 'if-match': current }),
          { status: 200, contains: { title: 'Prof.' }, headers: { etag: WEAK }, as: 'after' },
        ],
        [get(ida, { 'if-none-match': current }), { status: 200, headers: { etag: '{after.meta.version}' } }],
      ],
    },
    {
      name: 'If-Match of another version stops a PATCH: 412, nothing changes',
      source,
      given,
      steps: [[patchWith(ida, TITLE, { 'if-match': 'W/"other"' }), { status: 412, error: null }], unchanged],
    },
    {
      name: 'If-Match of another version stops a PUT',
      source,
      given,
      steps: [[put(ida, WRITE, { 'if-match': 'W/"other"' }), { status: 412, error: null }], unchanged],
    },
    {
      name: 'If-Match of another version stops a DELETE',
      source,
      given,
      steps: [[remove(ida, { 'if-match': 'W/"other"' }), { status: 412, error: null }], unchanged],
    },
    {
      name: 'If-Match of the current version lets a PUT through',
      source,
      given,
      steps: [[put(ida, WRITE, { 'if-match': current }), { status: 200, contains: { title: 'Prof.' } }]],
    },
    {
      name: 'If-Match of the current version lets a DELETE through',
      source,
      given,
      steps: [
        [remove(ida, { 'if-match': current }), { status: 204 }],
        [get(ida), { status: 404, error: null }],
      ],
    },
    {
      name: 'If-Match of several, one of them current',
      source: HTTP,
      given,
      steps: [[patchWith(ida, TITLE, { 'if-match': `"x", ${current}` }), { status: 200 }]],
    },
    {
      name: 'If-Match *: whatever the version',
      source: HTTP,
      given,
      steps: [[patchWith(ida, TITLE, { 'if-match': '*' }), { status: 200 }]],
    },
    {
      name: 'a version that was current once: 412',
      source,
      given,
      steps: [
        [patchWith(ida, TITLE, { 'if-match': current }), { status: 200 }],
        [patchWith(ida, NOTHING, { 'if-match': current }), { status: 412, error: null }],
      ],
    },
    {
      name: 'a PATCH that changes nothing keeps the version',
      source: 'RFC 7644 section 3.5.2',
      given,
      steps: [
        [
          patchWith(ida, NOTHING),
          {
            status: 200,
            headers: { etag: current },
            contains: { meta: { version: current, lastModified: '{ida.meta.lastModified}' } },
          },
        ],
      ],
    },
    {
      name: 'If-Match of somebody who does not exist: 404 or 412, never a create',
      source: HTTP,
      steps: [
        [put('/Users/tea_none', WRITE, { 'if-match': '*' }), { status: 404, error: null }],
        [get('/Users'), { status: 200, list: [] }],
      ],
    },
    {
      name: 'a meta.version in the body is not a precondition',
      source: 'RFC 7643 section 3.1',
      given,
      steps: [[put(ida, { ...WRITE, meta: { version: 'W/"0"' } }), { status: 200, contains: { title: 'Prof.' } }]],
    },
    {
      name: 'the configuration advertises it',
      source: 'RFC 7643 section 5',
      steps: [[get('/ServiceProviderConfig'), { status: 200, contains: { etag: { supported: true } } }]],
    },
  ],
};
