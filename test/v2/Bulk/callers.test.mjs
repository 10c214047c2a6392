// Who may send bulk requests, and where: as with every other call, and a bad token is told before anything else.

import { expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { bulkRequest, newUser, scimError } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

const create = (userName) => ({ method: 'POST', path: '/Users', bulkId: userName, data: { userName } });
const UNKNOWN = { method: 'DELETE', path: '/Nope/1' };

const UNUSABLE = [
  ['what could be done', bulkRequest([create('a')])],
  ['a body that is no JSON', '{'],
  ['no operations', bulkRequest([])],
  ['more operations than are taken', bulkRequest(Array(201).fill(UNKNOWN))],
  ['nothing but operations that fail unasked', bulkRequest([UNKNOWN, { method: 'GET', path: '/Users' }])],
  ['one that fails unasked before one that could be done', bulkRequest([UNKNOWN, create('a')])],
  ['one that can not be read before one that could be done', bulkRequest([create(''), create('a')])],
  ['a group', bulkRequest([{ method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'x' } }])],
];

test.each(UNUSABLE)('a missing, wrong or revoked token is 401 for the whole: %s', async (_, body) => {
  const company = await newCompany();
  const revoked = await company.newToken();
  await company.api('DELETE', `/tokens/${revoked.id}`);
  for (const token of [null, 'rc_nonsense', `${company.token.slice(0, -43)}${'A'.repeat(43)}`, revoked.token]) {
    const answer = await writingNothing(company, () => scimWith(token, 'POST', '/Bulk', body));
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(answer.body).toEqual(scimError(401, expect.stringMatching(/^The bearer token is missing, wrong/)));
  }
});

test.each(UNUSABLE)('a paused connection and a plan without SCIM are 403 for the whole: %s', async (_, body) => {
  const company = await newCompany();
  await company.api('PATCH', `/connections/${company.connectionId}`, { paused: true });
  const paused = await writingNothing(company, () => company.scim('POST', '/Bulk', body));
  expect([paused.status, paused.body.detail]).toEqual([403, expect.stringMatching(/^This connection is paused/)]);
  const starter = await newCompany({ plan: 'starter' });
  const answer = await writingNothing(starter, () => starter.scim('POST', '/Bulk', body));
  expect([answer.status, answer.body.detail]).toEqual([403, expect.stringContaining('"scim"')]);
});

test("without a group's scope, the groups are refused and the users are created", async () => {
  const company = await newCompany();
  const { token } = await company.newToken(['auto_provisioning']);
  const group = { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'x' } };
  const { status, body } = await scimWith(token, 'POST', '/Bulk', bulkRequest([group, create('a')]));
  expect([status, body.Operations.map((one) => [one.status, one.response?.detail])]).toEqual([
    200,
    [
      ['403', expect.stringContaining('"provisioning"')],
      ['201', undefined],
    ],
  ]);
  await expectConsistent(company);
});

test("at a connection's own endpoint: its locations, and paths of its own base alone", async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const base = `${inject('rollcall').baseUrl}/scim/${company.connectionId}/v2`;
  const put = (path) => ({ method: 'PUT', path, data: { userName: 'rita@example.com', title: path } });
  const operations = [create('a'), put(`/Users/${id}`), put(`${base}/Users/${id}`), put(`/v2/Users/${id}`)];
  const { answer, log } = await traced(company, () =>
    scimWith(company.token, 'POST', '/Bulk', bulkRequest(operations), {}, base),
  );
  expect(answer.body.Operations.map(({ status }) => status)).toEqual(['201', '200', '200', '404']);
  for (const { location } of answer.body.Operations.slice(0, 3))
    expect(location.startsWith(`${base}/Users/tea_`)).toBe(true);
  expect(log.map(({ method, path }) => [method, path])).toEqual([
    ['POST', `/scim/${company.connectionId}/v2/Users`],
    ['PUT', `/scim/${company.connectionId}/v2/Users/${id}`],
    ['PUT', `/scim/${company.connectionId}/v2/Users/${id}`],
  ]);
});

test('ids of another company are 404 in every operation', async () => {
  const [company, other] = [await newCompany(), await newCompany()];
  const { id } = await newUser(other);
  const operations = [
    { method: 'PUT', path: `/Users/${id}`, data: { userName: 'x' } },
    { method: 'PATCH', path: `/Users/${id}`, data: [{ op: 'replace', path: 'active', value: false }] },
    { method: 'DELETE', path: `/Users/${id}` },
  ];
  const { body } = await writingNothing(other, () => company.scim('POST', '/Bulk', bulkRequest(operations)));
  expect(body.Operations.map(({ status }) => status)).toEqual(['404', '404', '404']);
});
