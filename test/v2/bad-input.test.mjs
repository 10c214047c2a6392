// Bodies that are wrong: a 400 that says what is wrong, nothing written, and never a 5xx.

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../support/client.mjs';
import { ENTERPRISE, ERROR, newUser, patchOp } from '../support/scim.mjs';
import { expectConsistent, writingNothing } from '../support/tables.mjs';

const bytes = (...parts) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)));

// One company for all that is refused: nothing of it may leave a trace there.
let company;
let id;
beforeAll(async () => {
  company = await newCompany();
  ({ id } = await newUser(company));
});

/** The answers to one body, sent in several ways that must write nothing. */
const refusals = (body, ...methods) =>
  writingNothing(company, () =>
    Promise.all(methods.map((method) => company.scim(method, method === 'POST' ? '/Users' : `/Users/${id}`, body))),
  );

const nested = (levels) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/**
 * Sent as POST, PUT and PATCH alike: what is no JSON object is wrong for each.
 *
 * @type {any[][]}
 */
const NO_OBJECT = [
  ['an empty body', '', /empty/],
  ['white space', ' \r\n ', /empty/],
  ['half an object', '{"userName":"rita', /not valid JSON/],
  ['something behind the object', '{"userName":"rita"} x', /not valid JSON/],
  ['single quotes', "{'userName':'rita'}", /not valid JSON/],
  ['a comment', '{"userName":"rita" /* him */}', /not valid JSON/],
  ['NaN', '{"userName":"rita","title":NaN}', /not valid JSON/],
  ['a number beyond any float', '{"userName":"rita","x":1e999}', /not valid JSON/],
  ['a raw line break in a string', '{"userName":"ri\nta"}', /not valid JSON/],
  ['XML', '<user><userName>rita</userName></user>', /not valid JSON/],
  ['a form', 'userName=rita', /not valid JSON/],
  ['an array', '[{"userName":"rita"}]', /has to be a JSON object/],
  ['a string', '"rita"', /has to be a JSON object/],
  ['a number', '7', /has to be a JSON object/],
  ['null', 'null', /has to be a JSON object/],
  ['100,000 levels', `{"userName":"rita","x":${nested(100_000)}}`, /nested more than 32 levels/],
  ['100,000 open brackets', '['.repeat(100_000), /nested more than 32 levels/],
  ['UTF-16', bytes([0xff, 0xfe], [0x7b, 0x00, 0x7d, 0x00]), /not UTF-8: byte 0/],
  ['Latin-1', bytes('{"userName":"Ren', [0xe9], '"}'), /not UTF-8: byte 16/],
  ['a surrogate in UTF-8', bytes('{"userName":"', [0xed, 0xa0, 0x80], '"}'), /not UTF-8/],
  ['an overlong encoding', bytes('{"userName":"', [0xc0, 0x80], '"}'), /not UTF-8/],
  ['an unpaired high surrogate', '{"userName":"rita\\ud83d"}', /not valid JSON/],
  ['an unpaired low surrogate', '{"userName":"rita\\ude00"}', /not valid JSON/],
  ['surrogates in the wrong order', '{"userName":"\\ude00\\ud83d"}', /not valid JSON/],
  ['an unpaired surrogate in a key', '{"userName":"rita","\\ud83d":1}', /not valid JSON/],
];

test.each(NO_OBJECT)('%s', async (_, body, detail) => {
  for (const answer of await refusals(body, 'POST', 'PUT', 'PATCH')) {
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      schemas: [ERROR],
      status: '400',
      scimType: 'invalidSyntax',
      detail: expect.stringMatching(detail),
    });
    expect(answer.body.detail.length).toBeLessThan(400);
  }
});

test('33 levels', async () => {
  // A PATCH of that body lacks its operations. Deep inside one, the value alone can't be used.
  for (const answer of await refusals(`{"userName":"rita","x":${nested(32)}}`, 'POST', 'PUT')) {
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax']);
    expect(answer.body.detail).toMatch(/nested more than 32 levels/);
  }
});

/**
 * Sent as POST and PUT.
 *
 * @type {any[][]}
 */
const NO_USER = [
  ['no userName', {}, /^userName is missing or blank/],
  ['a null userName', { userName: null }, /^userName is missing or blank/],
  ['an empty userName', { userName: '' }, /^userName is missing or blank/],
  ['a blank userName', { userName: ' \t\n ' }, /^userName is missing or blank/],
  ['a userName of too many digits', '{"userName":123456789012345678901}', /^userName has to be a string/],
  ['userName as an object', { userName: { value: 'rita' } }, /^userName has to be a string/],
  ['userName as a list of two', { userName: ['a', 'b'] }, /^userName has to be a string/],
  ['a userName of 1025 characters', { userName: 'é'.repeat(1025) }, /^userName is longer than 1024 characters/],
  [
    'an externalId of 1025 characters',
    { userName: 'x', externalId: 'x'.repeat(1025) },
    /^externalId is longer than 1024 characters/,
  ],
  [
    'an e-mail of 1025 characters',
    { userName: 'x', emails: [{ value: 'x'.repeat(1025) }] },
    /^emails.value is longer than 1024 characters/,
  ],
  ['a NUL in userName', { userName: 'ri\u0000ta' }, /^"userName" contains a NUL/],
  ['a NUL deep in an extension', { userName: 'x', 'urn:x:y': { a: [{ b: '\u0000' }] } }, /NUL/],
  ['a NUL in a name', { userName: 'x', 'urn:x:y': { 'a\u0000b': 1 } }, /NUL/],
  ['a NUL in a password', { userName: 'x', password: '\u0000' }, /NUL/],
  ['a number as active', { userName: 'x', active: 2 }, /^active has to be true or false, but is/],
  ['a word as active', { userName: 'x', active: 'maybe' }, /^active has to be true or false, but is/],
  ['a string as name', { userName: 'x', name: 'Rita' }, /^name has to be an object/],
  ['an object as givenName', { userName: 'x', name: { givenName: { text: 7 } } }, /^name.givenName has to be a string/],
  ['two numbers as givenName', { userName: 'x', name: { givenName: [7, 8] } }, /^name.givenName has to be a string/],
  [
    'a number of too many digits',
    '{"userName":"x","title":123456789012345678901}',
    /^title has to be a string, but is a number/,
  ],
  ['an object as title', { userName: 'x', title: {} }, /^title has to be a string/],
  ['a list of a list of a number as emails', { userName: 'x', emails: [[7]] }, /^emails/],
  ['a list of lists as emails', { userName: 'x', emails: [[{ value: 'x' }]] }, /^emails/],
  ['an object as an e-mail value', { userName: 'x', emails: [{ value: {} }] }, /^emails.value has to be a string/],
  ['a string as addresses', { userName: 'x', addresses: 'here' }, /^addresses/],
  ['1001 roles', { userName: 'x', roles: Array(1001).fill({ value: 'x' }) }, /^roles has 1001 values; at most 1000/],
  [
    '201 parts of a name',
    { userName: 'x', name: Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`p${n}`, 1])) },
    /^name has 201 values/,
  ],
  [
    'a string as the enterprise extension',
    { userName: 'x', [ENTERPRISE]: 'Sales' },
    /^urn:.*:User has to be an object/,
  ],
  ['an object as department', { userName: 'x', [ENTERPRISE]: { department: {} } }, /department has to be a string/],
  [
    '200 extensions',
    { userName: 'x', ...Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`urn:x:${n}`, { a: 1 }])) },
    /too many extensions/,
  ],
];

test.each(NO_USER)('%s', async (_, body, detail) => {
  for (const answer of await refusals(body, 'POST', 'PUT')) {
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      schemas: [ERROR],
      status: '400',
      scimType: 'invalidValue',
      detail: expect.stringMatching(detail),
    });
    expect(answer.body.detail.length).toBeLessThan(400);
  }
});

test.each([
  ['a byte order mark', `\ufeff{"userName":"rita@example.com"}`, 'rita@example.com'],
  ['a paired surrogate', '{"userName":"\\ud83d\\ude00@example.com"}', '😀@example.com'],
  ['1024 characters beyond ASCII', JSON.stringify({ userName: 'é'.repeat(1024) }), 'é'.repeat(1024)],
  ['control characters', '{"userName":"a\\u0001\\u001fb\\u007f"}', 'a\u0001\u001fb\u007f'],
  ['quotes and SQL', JSON.stringify({ userName: `'"; DROP TABLE teammates; --` }), `'"; DROP TABLE teammates; --`],
  [
    'right-to-left and zero-width characters',
    JSON.stringify({ userName: '\u202eevil\u200b@example.com' }),
    '\u202eevil\u200b@example.com',
  ],
  ['__proto__ as an attribute', '{"userName":"proto","__proto__":{"x":1},"constructor":1}', 'proto'],
])('fine, and kept as sent: %s', async (_, body, userName) => {
  const company = await newCompany();
  const { status, body: created } = await company.scim('POST', '/Users', body);
  expect([status, created.userName]).toEqual([201, userName]);
  const { body: found } = await company.scim(
    'GET',
    `/Users?filter=${encodeURIComponent(`userName eq ${JSON.stringify(userName)}`)}`,
  );
  expect(found.Resources).toEqual([created]);
  await expectConsistent(company);
});

test('a NUL that a filter in a path spells is refused too', async () => {
  const operation = { op: 'replace', path: 'emails[type eq "a\\u0000b"].value', value: 'x@example.com' };
  const [answer] = await refusals(patchOp(operation), 'PATCH');
  expect(answer.status).toBe(400);
  expect(answer.body.detail).toMatch(/NUL/);
});
