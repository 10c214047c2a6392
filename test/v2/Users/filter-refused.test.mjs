// GET /Users?filter=...: what is no filter, or makes no sense of an attribute, is 400 invalidFilter and never
// an empty list.

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, USER, scimError, filtered } from '../../support/scim.mjs';
import { writingNothing } from '../../support/tables.mjs';

let company;
beforeAll(async () => {
  company = await newCompany();
});

const unknown = (name) =>
  `"${name}" is no attribute of the User schemas. GET /Schemas lists them; attributes of an extension are named with its URN in front.`;

// Each says what to write instead; none is answered with an empty list.
test.each([
  ['nope eq "a"', unknown('nope')],
  ['userName eq "a" or nope pr', unknown('nope')],
  ['emails.nope eq "a"', unknown('emails.nope')],
  ['userName.value eq "a"', unknown('userName.value')],
  [`${USER}:manager eq "7"`, unknown(`${USER}:manager`)],
  [`${ENTERPRISE}:badge eq "7"`, unknown(`${ENTERPRISE}:badge`)],
  ['urn:own:2.0:User:badge eq "7"', unknown('urn:own:2.0:User:badge')],
  ['password eq "secret"', 'password is write-only: nothing can be found or sorted by it.'],
  ['userName eq true', 'userName has to be compared with a string in double quotes, such as userName eq "true".'],
  ['userName eq 5', 'userName has to be compared with a string in double quotes, such as userName eq "5".'],
  ['active eq "yes"', 'active has to be compared with true or false, such as active eq true.'],
  ['active gt true', 'active is a boolean, where gt has no meaning: use eq or ne.'],
  ['x509Certificates.value gt "a"', 'x509Certificates.value is binary, where gt has no meaning: use eq or ne.'],
  [
    'meta.created co "2026-11-21T09:30:00Z"',
    'meta.created is a date and time, where co has no meaning: use eq, ne, gt, ge, lt or le.',
  ],
  [
    'meta.lastModified gt "today"',
    'meta.lastModified has to be compared with a date and time in double quotes, such as meta.lastModified gt "2026-11-21T09:30:00Z".',
  ],
  [
    'meta.location eq "https://x/v2/Users/1"',
    'meta.location depends on the URL of the request: use id, which it ends with.',
  ],
  [
    'addresses eq "a"',
    "addresses has parts and can't be compared as a whole: use one of addresses.formatted, addresses.streetAddress, addresses.locality, addresses.region, addresses.postalCode, addresses.country, addresses.type, addresses.primary.",
  ],
  [
    'title[value eq "a"]',
    '"title" has no sub-attributes that a filter in brackets could look at: compare it without brackets.',
  ],
  [
    'emails[nope eq "a"]',
    '"nope" is no sub-attribute of emails: use one of emails.value, emails.display, emails.type, emails.primary, without what stands in front of the dot.',
  ],
  [
    Array(81).fill('title pr').join(' or '),
    'The filter makes 81 comparisons; at most 80 are taken. Ask in several requests.',
  ],
  [
    Array.from({ length: 41 }, (_, i) => `${CUSTOM_FIELDS}:f${i} eq ${i}`).join(' or '),
    'The filter compares with 82 different values; at most 80 are taken. Ask in several requests.',
  ],
])('can not be asked: %s', async (filter, detail) => {
  const answer = await writingNothing(company, () => company.scim('GET', filtered(filter)));
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual(scimError(400, detail, 'invalidFilter'));
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
