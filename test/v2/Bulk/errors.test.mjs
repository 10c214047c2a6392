// Requests that can't be understood as a whole are refused as a whole; failOnErrors; the limits that the
// ServiceProviderConfig states.

import { expect, inject, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { batch } from '../../support/database.mjs';
import { person, populate } from '../../support/population.mjs';
import { rawSend } from '../../support/raw-http.mjs';
import { bulkRequest, patchOp, scimError } from '../../support/scim.mjs';
import { expectConsistent, tablesOf, traced, writingNothing } from '../../support/tables.mjs';

const create = (userName) => ({ method: 'POST', path: '/Users', bulkId: userName, data: { userName } });
const creates = (count) => Array.from({ length: count }, (_, place) => create(`user${place}@example.com`));
const statuses = ({ body }) => body.Operations.map(({ bulkId, status }) => [bulkId, status]);

test.each([
  ['no body', undefined, 'invalidSyntax'],
  ['no JSON', '{"Operations":', 'invalidSyntax'],
  ['a list', [create('a')], 'invalidSyntax'],
  ['no Operations', { schemas: [] }, 'invalidSyntax'],
  ['empty Operations', bulkRequest([]), 'invalidSyntax'],
  ['Operations of strings', bulkRequest([create('a'), 'x']), 'invalidSyntax'],
  ['an operation without a method', bulkRequest([create('a'), { path: '/Users' }]), 'invalidSyntax'],
  ['a bulkId that is a number', bulkRequest([{ ...create('a'), bulkId: 1 }]), 'invalidSyntax'],
  ['a bulkId twice', bulkRequest([create('a'), { ...create('b'), bulkId: 'a' }]), 'invalidValue'],
  ['failOnErrors 1.5', bulkRequest([create('a')], { failOnErrors: 1.5 }), 'invalidValue'],
  ['failOnErrors "all"', bulkRequest([create('a')], { failOnErrors: 'all' }), 'invalidValue'],
  ['a NUL beside the operations', { ...bulkRequest([create('a')]), failOnErrors: '1\u0000' }, 'invalidValue'],
])('%s is 400, and nothing is done', async (_, body, scimType) => {
  const company = await newCompany();
  const answer = await writingNothing(company, () => company.scim('POST', '/Bulk', body));
  expect(answer.body).toEqual(scimError(400, expect.stringMatching(/\w/), scimType));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/scim+json']);
});

test('a NUL in one operation refuses that one alone', async () => {
  const company = await newCompany();
  const { status, body } = await company.scim('POST', '/Bulk', bulkRequest([create('a'), create('b\u0000')]));
  expect([status, body.Operations.map((operation) => operation.status)]).toEqual([200, ['201', '400']]);
  expect(body.Operations[1].response.detail).toMatch(/NUL/);
});

test('another media type is 415', async () => {
  const { scim } = await newCompany();
  expect((await scim('POST', '/Bulk', '<x/>', { 'content-type': 'text/xml' })).status).toBe(415);
});

test('failOnErrors ends the request after that many errors; the rest is neither done nor answered', async () => {
  const operations = [create('a'), create('A'), create('b'), create('B'), create('c')];
  for (const [failOnErrors, expected] of [
    [/** @type {any} */ (1), /** @type {any} */ (['201', '409'])],
    [2, ['201', '409', '201', '409']],
    [3, ['201', '409', '201', '409', '201']],
    ['1', ['201', '409']],
    // No limit: what serialisers print of a number that is not set.
    [0, ['201', '409', '201', '409', '201']],
    [-1, ['201', '409', '201', '409', '201']],
    [null, ['201', '409', '201', '409', '201']],
    [undefined, ['201', '409', '201', '409', '201']],
  ]) {
    const company = await newCompany();
    const answer = await company.scim('POST', '/Bulk', bulkRequest(operations, { failOnErrors }));
    expect(statuses(answer)).toEqual(expected.map((status, place) => [operations[place].bulkId, status]));
    const { teammates } = await tablesOf(company);
    expect(teammates).toHaveLength(expected.filter((status) => status === '201').length);
    await expectConsistent(company);
  }
});

test('200 creates in one request, the most that is stated: 200 teammates, events and log lines', async () => {
  const company = await newCompany();
  const { body: config } = await company.scim('GET', '/ServiceProviderConfig');
  expect(config.bulk).toEqual({ supported: true, maxOperations: 200, maxPayloadSize: 1024 * 1024 });
  const { answer, events, log, after } = await traced(company, () =>
    company.scim('POST', '/Bulk', bulkRequest(creates(config.bulk.maxOperations))),
  );
  expect(answer.status).toBe(200);
  expect(answer.body.Operations.map(({ status }) => status)).toEqual(Array(200).fill('201'));
  expect([events.length, log.length, after.teammates.length]).toEqual([200, 200, 200]);
  expect(new Set(answer.body.Operations.map(({ location }) => location)).size).toBe(200);
  await expectConsistent(company);
});

test('200 changes stay below the 1,000 queries that D1 takes of one invocation', async () => {
  const company = await newCompany();
  await batch(populate(company.companyId, 200));
  // The isolate's first call with this token keeps that it was used, and is not counted.
  await company.meteredScim('GET', '/Users');
  const operations = Array.from({ length: 200 }, (_, place) => ({
    method: 'PATCH',
    path: `/Users/${person(place).id}`,
    data: patchOp({ op: 'replace', path: 'title', value: `${place}` }),
  }));
  const { cost, body } = await company.meteredScim('POST', '/Bulk', bulkRequest(operations));
  expect(body.Operations.map(({ status }) => status)).toEqual(Array(200).fill('200'));
  expect([cost.calls, cost.statements]).toEqual([400, 600]);
});

test('one more is 413 with the figures, and nothing is done', async () => {
  const company = await newCompany();
  const answer = await writingNothing(company, () => company.scim('POST', '/Bulk', bulkRequest(creates(201))));
  expect([answer.status, answer.body]).toEqual([
    413,
    scimError(
      413,
      'The request has 201 operations, more than the 200 that one bulk request may have (bulk.maxOperations in the ServiceProviderConfig). Send them in several requests; nothing was changed.',
    ),
  ]);
});

const inChunks = (text) => text.match(/[\s\S]{1,65536}/g);

test.each([
  ['with a declared length', (text) => text],
  ['streamed without one', inChunks],
])('the stated bytes are taken, one more is 413: %s', async (_, sent) => {
  const company = await newCompany();
  const post = (body) =>
    rawSend('POST', inject('rollcall').baseUrl, '/v2/Bulk', {
      headers: {
        authorization: `Bearer ${company.token}`,
        'content-type': 'application/scim+json',
        ...(typeof body === 'string' && { 'content-length': Buffer.byteLength(body) }),
      },
      body,
    });
  const text = JSON.stringify(bulkRequest([create('rita@example.com')]));
  const tooLarge = await writingNothing(company, () => post(sent(text.padEnd(1024 * 1024 + 1))));
  expect([tooLarge.status, tooLarge.body]).toEqual([
    413,
    scimError(413, 'The body is larger than 1048576 bytes, the most that is taken here. Nothing was changed.'),
  ]);
  expect((await post(sent(text.padEnd(1024 * 1024)))).status).toBe(200);
});

test('one operation may bring what a call of its own may: more is its own 413', async () => {
  const company = await newCompany();
  const large = (bulkId, size) => ({
    ...create(bulkId),
    // Nothing of it is kept: no schema declares it.
    data: { userName: bulkId, undeclared: 'x'.repeat(size) },
  });
  const operations = [large('large', 500_000), create('small')];
  const taken = await company.scim('POST', '/Bulk', bulkRequest(operations));
  expect(statuses(taken)).toEqual([
    ['large', '201'],
    ['small', '201'],
  ]);
  const answer = await company.scim('POST', '/Bulk', bulkRequest([large('larger', 525_000), create('other')]));
  expect(statuses(answer)).toEqual([
    ['larger', '413'],
    ['other', '201'],
  ]);
  expect(answer.body.Operations[0].response.detail).toMatch(/larger than 524288 bytes/);
  await expectConsistent(company);
});

test('seats are counted from operation to operation', async () => {
  const company = await newCompany({ seats: 2 });
  const operations = [create('a'), create('b'), create('c')];
  const answer = await company.scim('POST', '/Bulk', bulkRequest(operations));
  expect(statuses(answer)).toEqual([
    ['a', '201'],
    ['b', '201'],
    ['c', '403'],
  ]);
  expect(answer.body.Operations[2].response.detail).toMatch(/^No seat is left: 2 of 2 are in use\./);
  await expectConsistent(company);
});
