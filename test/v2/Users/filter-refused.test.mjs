// GET /Users?filter=...: what is no filter, or not supported yet, is 400 invalidFilter and never an empty list.

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { scimError, filtered } from '../../support/scim.mjs';
import { writingNothing } from '../../support/tables.mjs';

let company;
beforeAll(async () => {
  company = await newCompany();
});

const NOT_YET =
  'This filter is not supported yet. Filters of the form attribute eq "value" are, on userName, externalId, id and emails.value.';

test.each([
  'userName sw "rita"',
  'userName ne "rita"',
  'userName pr',
  'userName eq "a" and active eq true',
  'userName eq "a" or userName eq "b"',
  'not (userName eq "a")',
  'displayName eq "Rita"',
  'active eq true',
  'userName eq true',
  'externalId eq null',
  'emails[type eq "work"].value eq "rita@example.com"',
  'emails[type eq "work"]',
  'name.familyName eq "Marley"',
  'meta.lastModified gt "2011-05-13T04:42:34Z"',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "7"',
])('not supported yet: %s', async (filter) => {
  const answer = await writingNothing(company, () => company.scim('GET', filtered(filter)));
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual(scimError(400, NOT_YET, 'invalidFilter'));
});

test.each([
  ['no operator', 'userName'],
  ['no value', 'userName eq'],
  ['no quotes', 'userName eq rita'],
  ['an open string', 'userName eq "rita'],
  ['an unknown operator', 'userName is "rita"'],
  ['the sides swapped', '"rita" eq userName'],
  ['no attribute', 'eq "rita"'],
  ['something behind', 'userName eq "rita" extra'],
  ['a wrong escape', 'userName eq "\\x"'],
  ['an open parenthesis', '(userName eq "rita"'],
  ['half a conjunction', 'userName eq "a" and'],
  ['an open bracket', 'emails[value eq "a"'],
  ['brackets the wrong way', ']['],
  ['NUL', '\u0000'],
  ['NUL in a value', 'userName eq "a\\u0000b"'],
  ['5000 parentheses', `${'('.repeat(5000)}userName pr${')'.repeat(5000)}`],
  ['9000 characters', `userName eq "${'x'.repeat(9000)}"`],
])('broken: %s', async (_, filter) => {
  const { status, body } = await company.scim('GET', filtered(filter));
  expect([status, body.status, body.scimType]).toEqual([400, '400', 'invalidFilter']);
  expect(body.detail).toMatch(/^The filter is not valid: ./);
  expect(body.detail.length).toBeLessThan(400);
});

test('why is told to those alone who may call: a broken filter without a token is 401', async () => {
  const { status } = await company.scim('GET', filtered('userName'), undefined, { authorization: 'Bearer x' });
  expect(status).toBe(401);
});
