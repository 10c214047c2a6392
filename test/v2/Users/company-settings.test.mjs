// What a company asks of userName: the domains it allows, and that it is the primary e-mail.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { scimError, newUser, patchOp } from '../../support/scim.mjs';
import { traced, writingNothing } from '../../support/tables.mjs';

const create = (company, user) => () => company.scim('POST', '/Users', { userName: 'rita@example.com', ...user });
const replace = (path, value) => patchOp({ op: 'replace', path, value });
const MISMATCH =
  'userName "rita@example.com" is not the primary e-mail "rm@example.com", which this company requires. Map both to the same value in your ' +
  'identity provider.';

test('a primary e-mail that differs from userName is accepted, and the log warns', async () => {
  const company = await newCompany();
  const { answer, log } = await traced(
    company,
    create(company, { emails: [{ value: 'home@example.com' }, { value: 'rm@example.com', primary: true }] }),
  );
  expect(answer.status).toBe(201);
  expect(log[0].notes).toEqual(['userName "rita@example.com" differs from the primary e-mail "rm@example.com"']);
});

test('the warning comes when one of the two changes, and not with every later write', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, { emails: [{ value: 'rm@example.com' }] });
  const title = await traced(company, () => company.scim('PATCH', `/Users/${id}`, replace('title', 'Boss')));
  expect(title.log[0].notes).toEqual([]);
  const email = await traced(company, () =>
    company.scim('PATCH', `/Users/${id}`, replace('emails[value eq "rm@example.com"].value', 'r@example.com')),
  );
  expect(email.log[0].notes).toEqual(['userName "rita@example.com" differs from the primary e-mail "r@example.com"']);
});

test('user_name_must_be_primary_email refuses a create, and nothing is written', async () => {
  const company = await newCompany({ user_name_must_be_primary_email: true });
  const answer = await writingNothing(
    company,
    create(company, { emails: [{ value: 'rm@example.com', primary: true }] }),
  );
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual(scimError(400, MISMATCH, 'invalidValue'));
});

test.each([
  ['the same address in another letter case', { emails: [{ value: 'Rita@Example.com', primary: 'True' }] }],
  [
    'another address that is not primary',
    { emails: [{ value: 'rita@example.com', primary: true }, { value: 'rm@example.com' }] },
  ],
  ['no e-mail at all', {}],
])('user_name_must_be_primary_email accepts %s', async (_, user) => {
  const company = await newCompany({ user_name_must_be_primary_email: true });
  expect((await create(company, user)()).status).toBe(201);
});

test('user_name_must_be_primary_email refuses a PATCH and a PUT that part the two', async () => {
  const company = await newCompany({ user_name_must_be_primary_email: true });
  const user = await newUser(company, { emails: [{ value: 'rita@example.com', primary: true }] });
  for (const [method, body] of [
    ['PATCH', replace('emails[primary eq true].value', 'rm@example.com')],
    ['PUT', { ...user, emails: [{ value: 'rm@example.com', primary: true }] }],
  ]) {
    const answer = await writingNothing(company, () => company.scim(method, `/Users/${user.id}`, body));
    expect([answer.status, answer.body.detail]).toEqual([400, MISMATCH]);
  }
});

test('turned on later, it does not lock out those who differ already', async () => {
  const company = await newCompany();
  const user = await newUser(company, { emails: [{ value: 'rm@example.com' }] });
  await company.api('PATCH', '', { user_name_must_be_primary_email: true });
  expect((await company.scim('PUT', `/Users/${user.id}`, { ...user, active: false })).status).toBe(200);
});

test('allowed_domains refuses a userName outside them, and says which are allowed', async () => {
  const company = await newCompany({ allowed_domains: ['example.com', '@Example.ORG'] });
  const answer = await writingNothing(company, create(company, { userName: 'rita@example.net' }));
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual(
    scimError(
      400,
      'userName "rita@example.net" is outside the domains that this company allows (example.com, example.org). Correct the user name mapping, ' +
        'or have the domain added to allowed_domains.',
      'invalidValue',
    ),
  );
});

test.each([
  'rita@example.com',
  'RITA@EXAMPLE.COM',
  'rita@example.org',
  'a@b@example.com',
  ' rita@example.com\u200b',
  'rita＠ｅｘａｍｐｌｅ．org',
])('allowed_domains accepts %s', async (userName) => {
  const company = await newCompany({ allowed_domains: ['example.com', '@Example.ORG'] });
  expect((await create(company, { userName })()).status).toBe(201);
});

test.each([
  'rita',
  'example.com',
  'rita@sub.example.com',
  'rita@notexample.com',
  'rita@example.com.evil.test',
  'rita@example.com@evil.test',
  'rita@ example.com',
  'rita@example.com\u200b@evil.test',
])('allowed_domains refuses %s', async (userName) => {
  const company = await newCompany({ allowed_domains: ['example.com'] });
  const answer = await writingNothing(company, create(company, { userName }));
  expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
});

test('allowed_domains holds for a rename, and lets those outside change otherwise', async () => {
  const company = await newCompany();
  const user = await newUser(company, { userName: 'rita@old.example' });
  await company.api('PATCH', '', { allowed_domains: ['example.com'] });
  expect((await company.scim('PATCH', `/Users/${user.id}`, replace('title', 'Boss'))).status).toBe(200);
  const answer = await writingNothing(company, () =>
    company.scim('PATCH', `/Users/${user.id}`, replace('userName', 'rm@old.example')),
  );
  expect(answer.status).toBe(400);
  expect((await company.scim('PATCH', `/Users/${user.id}`, replace('userName', 'rita@example.com'))).status).toBe(200);
});

test('a setting counts from the next call on, though this isolate remembers who may call', async () => {
  const company = await newCompany();
  await newUser(company);
  await company.api('PATCH', '', { allowed_domains: ['example.org'] });
  const answer = await writingNothing(company, create(company, { userName: 'late@example.com' }));
  expect(answer.status).toBe(400);
});
