// PATCH /Users/{id} that can't be done: which scimType of RFC 7644 table 9 it is, and nothing is written.

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { USER, newUser, patchOp } from '../../support/scim.mjs';
import { writingNothing } from '../../support/tables.mjs';

// One company for all that is refused: nothing of it may leave a trace there.
let company;
let id;
beforeAll(async () => {
  company = await newCompany();
  ({ id } = await newUser(company, RITA));
});

const refused = (body, of = id) => writingNothing(company, () => company.scim('PATCH', `/Users/${of}`, body));

const RITA = { userName: 'rita@example.com', title: 'Analyst', emails: [{ value: 'rita@example.com', type: 'work' }] };

test.each([
  ['remove without a path', { op: 'remove' }, 'noTarget', /needs a path/],
  ['remove without a path but with a value', { op: 'remove', value: { title: 'Analyst' } }, 'noTarget', /needs a path/],
  [
    'a filter that describes no element',
    { op: 'replace', path: 'emails[type ne "work"].value', value: 'x' },
    'noTarget',
    /attribute eq value/,
  ],
  [
    'an attribute that users do not have',
    { op: 'replace', path: 'shoeSize', value: 43 },
    'invalidPath',
    /"shoeSize" is not an attribute/,
  ],
  [
    'an enterprise attribute under the core URN',
    { op: 'replace', path: `${USER}:department`, value: 'x' },
    'invalidPath',
    /enterprise:2\.0:User:department/,
  ],
  ['a sub-attribute that there is none of', { op: 'replace', path: 'title.value', value: 'x' }, 'invalidPath', /title/],
  [
    'a part that the attribute has not',
    { op: 'replace', path: 'name.firstName', value: 'x' },
    'invalidPath',
    /name has no part "firstName"; use one of name\.formatted, name\.familyName, name\.givenName, /,
  ],
  [
    'a part that the chosen element has not',
    { op: 'replace', path: 'emails[type eq "work"].nope', value: 'x' },
    'invalidPath',
    /emails has no part "nope"; use one of emails\.value, /,
  ],
  [
    'the same by a dotted key',
    { op: 'replace', value: { 'name.firstName': 'x' } },
    'invalidPath',
    /name has no part "firstName"/,
  ],
  [
    'a filter by a part that the attribute has not',
    { op: 'replace', path: 'emails[nope eq "x"].value', value: 'x' },
    'invalidFilter',
    /"nope" is no sub-attribute of emails: use one of emails\.value, /,
  ],
  [
    'a filter on a value without parts',
    { op: 'replace', path: 'title[value eq "x"]', value: 'x' },
    'invalidPath',
    /single value/,
  ],
  [
    'a filter that no single value can satisfy',
    { op: 'replace', path: 'manager[value eq "a" and value eq "b"].displayName', value: 'x' },
    'noTarget',
    /No element of manager matches .* as the filter says/,
  ],
  [
    'a filter that compares with another type, as in a list',
    { op: 'remove', path: 'emails[type eq 5]' },
    'invalidFilter',
    /^emails\.type has to be compared with a string in double quotes, such as emails\.type eq "5"\.$/,
  ],
  [
    'a filter by an order that there is none of',
    { op: 'remove', path: 'emails[primary gt false]' },
    'invalidFilter',
    /^emails\.primary is a boolean, where gt has no meaning: use eq or ne\.$/,
  ],
  ['an open bracket', { op: 'replace', path: 'emails[type eq "work"', value: 'x' }, 'invalidPath', /emails/],
  ['a path that is no string', { op: 'replace', path: ['title'], value: 'x' }, 'invalidPath', /has to be a string/],
  ['a read-only id by path', { op: 'replace', path: 'id', value: 'x' }, 'mutability', /id is read-only/],
  [
    'read-only groups by path',
    { op: 'add', path: 'groups', value: [{ value: 'x' }] },
    'mutability',
    /groups is read-only/,
  ],
  [
    'read-only meta by path',
    { op: 'replace', path: 'meta.created', value: '2001-01-01T00:00:00Z' },
    'mutability',
    /read-only/,
  ],
  ['remove of userName', { op: 'remove', path: 'userName' }, 'mutability', /userName is required/],
  ['a blank userName', { op: 'replace', path: 'userName', value: ' ' }, 'invalidValue', /userName/],
  ['a null userName', { op: 'replace', value: { userName: null } }, 'invalidValue', /userName/],
  [
    'a userName of another type',
    { op: 'replace', path: 'userName', value: { name: 7 } },
    'invalidValue',
    /userName has to be a string/,
  ],
  [
    'an active that is neither',
    { op: 'replace', path: 'active', value: 'perhaps' },
    'invalidValue',
    /active has to be true or false, but is .*perhaps/,
  ],
  ['replace without a value', { op: 'replace', path: 'title' }, 'invalidValue', /has no value/],
  ['a pathless value that is no object', { op: 'replace', value: 'x' }, 'invalidValue', /object of attributes/],
  ['an unknown op', { op: 'move', path: 'title', value: 'x' }, 'invalidSyntax', /"move" is not an operation/],
  ['no op', { path: 'title', value: 'x' }, 'invalidSyntax', /needs "op"/],
  ['an operation that is no object', 'replace', 'invalidSyntax', /has to be an object/],
])('%s', async (_, operation, scimType, detail) => {
  const answer = await refused(patchOp({ op: 'replace', path: 'title', value: 'Boss' }, operation));
  expect([answer.status, answer.body.status, answer.body.scimType]).toEqual([400, '400', scimType]);
  expect(answer.body.detail).toMatch(detail);
});

test.each([
  ['no Operations', {}, 'invalidSyntax'],
  ['null Operations', { Operations: null }, 'invalidSyntax'],
  ['empty Operations', patchOp(), 'invalidSyntax'],
  ['a string as Operations', { Operations: 'replace' }, 'invalidSyntax'],
  [
    'more than 1000 operations',
    patchOp(...Array(1001).fill({ op: 'replace', path: 'title', value: 'x' })),
    'invalidValue',
  ],
])('%s', async (_, body, scimType) => {
  const answer = await refused(body);
  expect([answer.status, answer.body.scimType]).toEqual([400, scimType]);
  expect(answer.body.detail).toMatch(/[Oo]perations/);
});

test('an unknown id is 404, whatever the operations', async () => {
  const answer = await refused(patchOp({ op: 'remove' }), 'tea_none');
  expect([answer.status, answer.body.scimType]).toEqual([404, undefined]);
});
