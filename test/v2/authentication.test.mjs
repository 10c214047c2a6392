// Who may call: whatever is wrong with a token, the answer is the same 401 and says nothing of what it was.

import { beforeAll, expect, inject, test } from 'vitest';
import { newCompany, operator, scimWith } from '../support/client.mjs';
import { batch } from '../support/database.mjs';
import { readableAnswer } from '../support/readable.mjs';
import { filtered, newUser, patchOp, scimError } from '../support/scim.mjs';
import { tablesOf, writingNothing } from '../support/tables.mjs';

const REFUSED = scimError(
  401,
  'The bearer token is missing, wrong, expired or revoked. Check the token that is configured in your identity provider, or ask a company admin for a new one.',
);

const baseOf = (connectionId) => `${inject('rollcall').baseUrl}/scim/${connectionId}/v2`;
const get = (token, base) => scimWith(token, 'GET', '/Users', undefined, {}, base);

function expectRefused({ status, headers, body }) {
  expect([status, headers.get('www-authenticate'), headers.get('content-type')]).toEqual([
    401,
    'Bearer',
    'application/scim+json',
  ]);
  expect(body).toEqual(REFUSED);
}

// A token that is never used as it is.
let token;
beforeAll(async () => {
  ({ token } = await newCompany());
});

test('no token', async () => {
  const answer = await scimWith(null, 'GET', '/Users');
  expectRefused(answer);
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "The bearer token is missing, wrong, expired or revoked. Check the token that is configured in your identity provider, or ask a company admin for a new one.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "status": "401",
      },
      "headers": {
        "content-type": "application/scim+json",
        "www-authenticate": "Bearer",
      },
      "status": 401,
    }
  `);
});

test.each([
  ["no scheme (step 11 of Okta's SPEC test)", () => 'non-token'],
  ['Basic with the token as user name', (token) => `Basic ${btoa(`${token}:`)}`],
  ['Basic with a part of the token', (token) => `Basic ${btoa(`user:${token.slice(0, -1)}`)}`],
  ['Basic without base64', (token) => `Basic user:${token}`],
  ['Basic of Bearer', (token) => `Bearer Basic ${btoa(`user:${token}`)}`],
  ['three schemes', (token) => `Bearer Bearer Bearer ${token}`],
  ['another scheme with the right token', (token) => `Token ${token}`],
  ['the scheme alone', () => 'Bearer'],
  ['an empty token', () => 'Bearer '],
  ['a token that is none of ours', () => 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x'],
  ['the prefix alone', () => 'Bearer rc_'],
  ['a shortened token', (token) => `Bearer ${token.slice(0, -1)}`],
  ['a lengthened token', (token) => `Bearer ${token}A`],
  ['another secret', (token) => `Bearer ${token.slice(0, -43)}${'A'.repeat(43)}`],
  ['a token in capitals', (token) => `Bearer ${token.toUpperCase()}`],
  ['a token twice', (token) => `Bearer ${token} ${token}`],
  ['a token of 20,000 characters', (token) => `Bearer ${token}${'A'.repeat(20_000 / 2)}`],
  ['a token of a company that never was', (token) => `Bearer rc_${'0'.repeat(26)}_${token.slice(-43)}`],
  ['SQL', () => "Bearer rc_x' OR '1'='1_x"],
  ['the operator key', () => `Bearer ${inject('rollcall').operatorKey}`],
])('%s', async (_, authorization) => {
  expectRefused(await scimWith(null, 'GET', '/Users', undefined, { authorization: authorization(token) }));
});

test.each([
  ['bearer', (token) => `bearer ${token}`],
  ['BEARER', (token) => `BEARER ${token}`],
  ['spaces around the token', (token) => `Bearer   ${token}  `],
  ['a tab', (token) => `Bearer\t${token}`],
  ["the token without a scheme (Okta's HTTP Header mode)", (token) => token],
  ['Bearer twice (the same, with the scheme typed in front)', (token) => `Bearer Bearer ${token}`],
  ['bearer BEARER', (token) => `bearer BEARER  ${token}`],
  ['Basic with the token as password', (token) => `Basic ${btoa(`okta:${token}`)}`],
  ['Basic without a user name', (token) => `basic ${btoa(`:${token}`)}`],
  ['Basic without padding', (token) => `BASIC  ${btoa(`ab:${token}`).replace(/=+$/, '')}`],
])('%s is taken', async (_, authorization) => {
  const { status } = await scimWith(null, 'GET', '/Users', undefined, { authorization: authorization(token) });
  expect(status).toBe(200);
});

test.each([
  ['POST', '/Users', { userName: 'x@example.com' }],
  ['POST', '/Users', 'no JSON'],
  ['GET', '/Users/tea_1', undefined],
  ['GET', filtered('broken'), undefined],
  ['GET', '/Users?startIndex=x', undefined],
  ['PUT', '/Users/tea_1', { userName: 'x@example.com' }],
  ['PATCH', '/Users/tea_1', patchOp({ op: 'remove' })],
  ['DELETE', '/Users/tea_1', undefined],
  ['GET', '/Groups', undefined],
  ['POST', '/Groups', { displayName: 'x' }],
  ['GET', '/Groups/grp_1', undefined],
  ['PUT', '/Groups/grp_1', {}],
  ['PATCH', '/Groups/grp_1', {}],
  ['DELETE', '/Groups/grp_1', undefined],
])('%s %s without a token', async (method, path, body) => {
  expectRefused(await scimWith(null, method, path, body));
});

test('a body of a wrong media type or size without a token', async () => {
  expectRefused(await scimWith(null, 'POST', '/Users', '<user/>', { 'content-type': 'text/xml' }));
  expectRefused(await scimWith(null, 'POST', '/Users', `{"userName":"${'x'.repeat(600_000)}"}`));
});

test('an expired token', async () => {
  const company = await newCompany();
  const { id, token } = await company.newToken(['provisioning'], {
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
  });
  expect((await scimWith(token, 'POST', '/Users', { userName: 'early@example.com' })).status).toBe(201);
  await batch([
    {
      sql: 'UPDATE tokens SET expires_at = ? WHERE company_id = ? AND id = ?',
      params: [Date.now() - 60_000, company.companyId, id],
    },
  ]);
  expectRefused(await writingNothing(company, () => get(token)));
  expectRefused(
    await writingNothing(company, () => scimWith(token, 'POST', '/Users', { userName: 'late@example.com' })),
  );
});

test('a revoked token, at once: though it has just created teammates, and this isolate remembers it', async () => {
  const company = await newCompany();
  for (const userName of ['a', 'b', 'c']) await newUser(company, { userName });
  expect((await company.api('DELETE', `/tokens/${company.tokenId}`)).status).toBe(204);
  expectRefused(await writingNothing(company, () => company.scim('POST', '/Users', { userName: 'd' })));
  expectRefused(await writingNothing(company, () => get(company.token)));
});

test('creates while their token is revoked: each is done and answered 201, or refused and not done', async () => {
  const company = await newCompany();
  await newUser(company);
  const creates = Array.from({ length: 10 }, (_, place) =>
    company.scim('POST', '/Users', { userName: `user${place}` }),
  );
  const [answers] = await Promise.all([Promise.all(creates), company.api('DELETE', `/tokens/${company.tokenId}`)]);
  answers.filter(({ status }) => status !== 201).forEach(expectRefused);
  const { teammates } = await tablesOf(company);
  expect(teammates).toHaveLength(1 + answers.filter(({ status }) => status === 201).length);
});

test('another token of the company goes on when one is revoked', async () => {
  const company = await newCompany();
  const { token } = await company.newToken();
  await company.api('DELETE', `/tokens/${company.tokenId}`);
  expect((await get(token)).status).toBe(200);
});

test('a token of a deleted company, that has just been used', async () => {
  const company = await newCompany();
  await newUser(company);
  expect((await operator('DELETE', `/companies/${company.companyId}`)).status).toBe(204);
  expectRefused(await get(company.token));
  expectRefused(await company.scim('POST', '/Users', { userName: 'late@example.com' }));
  expect((await tablesOf(company)).teammates).toEqual([]);
});

test("a token at another connection's endpoint, at another company's, at one that never was", async () => {
  const company = await newCompany();
  const { body: second } = await company.api('POST', '/connections', { provider: 'okta' });
  const other = await newCompany();
  for (const connectionId of [second.id, other.connectionId, 'con_none', '%20', '*'])
    expectRefused(await get(company.token, baseOf(connectionId)));
});

test('a token without a connection at the endpoint of another company', async () => {
  const company = await newCompany();
  const { token } = await company.newToken(['auto_provisioning'], { connection_id: null });
  const other = await newCompany();
  expectRefused(await writingNothing(other, () => get(token, baseOf(other.connectionId))));
});

test('a token whose connection was deleted, and any token at its endpoint', async () => {
  const company = await newCompany();
  const { token } = await company.newToken(['auto_provisioning'], { connection_id: null });
  await newUser(company);
  await company.api('DELETE', `/connections/${company.connectionId}`);
  expectRefused(await get(company.token));
  expectRefused(await writingNothing(company, () => company.scim('POST', '/Users', { userName: 'late@example.com' })));
  expectRefused(await get(token, baseOf(company.connectionId)));
  expect((await get(token)).status).toBe(200);
});
