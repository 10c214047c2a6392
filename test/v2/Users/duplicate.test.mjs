// POST /Users of a userName that is taken: 409 with the way to the one that has it, and nothing written.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { filtered, newUser } from '../../support/scim.mjs';
import { writingNothing } from '../../support/tables.mjs';

test('the same userName again answers 409 uniqueness, with the Location of the one that exists', async () => {
  const company = await newCompany();
  const { meta } = await newUser(company);
  const answer = await writingNothing(company, () => company.scim('POST', '/Users', { userName: 'rita@example.com' }));
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "A teammate with the userName "rita@example.com" exists already, with the id "tea_1". Link to that one, or choose another userName.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "scimType": "uniqueness",
        "status": "409",
      },
      "headers": {
        "content-type": "application/scim+json",
        "location": "https://host/v2/Users/tea_1",
      },
      "status": 409,
    }
  `);
  expect(answer.headers.get('location')).toBe(meta.location);
});

// Unicode case folding, not ASCII: RFC 7643 section 4.1.1 has userName caseExact false. And as RFC 7644 section 5 asks (PRECIS),
// so that spellings which nobody can tell apart are one person.
test.each([
  ['rita@example.com', 'RITA@Example.COM'],
  ['élodie@example.com', 'ÉLODIE@example.com'],
  ['ÅSA@example.com', 'åsa@example.com'],
  ['strauß@example.com', 'STRAUSS@example.com'],
  ['ΣΊΣΥΦΟΣ@example.com', 'σίσυφος@example.com'],
  ['жанна@example.com', 'ЖАННА@example.com'],
  ['ﬁona@example.com', 'FIONA@example.com'],
  ['jos\u00e9@example.com', 'JOSE\u0301@example.com'],
  ['jose\u0301@example.com', 'jos\u00e9@example.com'],
  ['rita@example.com', 'rita@example.com '],
  [' \u00a0rita@example.com', 'rita@example.com'],
  ['rita@example.com', 'ｒｉｔａ＠ｅｘａｍｐｌｅ．ｃｏｍ'],
  ['rita@example.com', '\ufeffri\u200bta@exam\u00adple.com\u200e'],
  ['ガ@example.com', 'ｶﾞ@example.com'],
])('%s and %s are the same userName', async (first, second) => {
  const company = await newCompany();
  const { id } = await newUser(company, { userName: first });
  const answer = await writingNothing(company, () => company.scim('POST', '/Users', { userName: second }));
  expect([answer.status, answer.body.scimType]).toEqual([409, 'uniqueness']);
  const found = await company.scim('GET', filtered(`userName eq "${second}"`));
  expect(found.body.Resources).toMatchObject([{ id, userName: first }]);
});

test.each([
  ['rita@example.com', 'rita@example.org'],
  ['elodie@example.com', 'élodie@example.com'],
  ['o@example.com', 'ø@example.com'],
  ['rita@example.com', 'ri ta@example.com'],
  ['jose@example.com', 'jose\u0301@example.com'],
  ['ann@example.com', '\u0430nn@example.com'],
])('%s and %s are two', async (first, second) => {
  const company = await newCompany();
  const one = await newUser(company, { userName: first });
  const other = await newUser(company, { userName: second });
  expect(other.id).not.toBe(one.id);
});

test('one that was made in the app before SCIM holds its userName too', async () => {
  const company = await newCompany();
  const { body } = await company.api('POST', '/teammates', { user_name: 'rita@example.com' });
  const answer = await writingNothing(company, () => company.scim('POST', '/Users', { userName: 'Rita@example.com' }));
  expect(answer.status).toBe(409);
  expect(answer.headers.get('location')).toMatch(new RegExp(`/v2/Users/${body.id}$`));
});

test('another company may have the same userName', async () => {
  await newUser(await newCompany());
  const user = await newUser(await newCompany());
  expect(user.userName).toBe('rita@example.com');
});

test('the same externalId and the same e-mail address are no conflict', async () => {
  const company = await newCompany();
  const same = { externalId: 'E-1', emails: [{ value: 'team@example.com' }] };
  await newUser(company, { userName: 'one@example.com', ...same });
  const second = await newUser(company, { userName: 'two@example.com', ...same });
  expect(second).toMatchObject(same);
});
