// Each operation is done whole or not at all, with its own event and log line; its version is a precondition;
// bulk requests and single calls at once lose nothing.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, bulkRequest, newUser, newUsers, patchOp } from '../../support/scim.mjs';
import { expectConsistent, tablesOf, traced, writingNothing } from '../../support/tables.mjs';

const create = (userName, more) => ({ method: 'POST', path: '/Users', bulkId: userName, data: { userName, ...more } });
const patch = (id, version, ...operations) => ({
  method: 'PATCH',
  path: `/Users/${id}`,
  version,
  data: patchOp(...operations),
});
const title = (value) => ({ op: 'replace', path: 'title', value });
const field = (place) => ({ op: 'add', path: `${CUSTOM_FIELDS}:cf_${place}`, value: place });
const statuses = ({ body }) => body.Operations.map(({ status }) => status);

test('every operation has its own request id, event and log line, in the order of the work', async () => {
  const company = await newCompany();
  const [a, b] = await newUsers(company, ['a', 'b']);
  const operations = [
    patch(a.id, undefined, title('x')),
    create('c'),
    { method: 'DELETE', path: `/Users/${b.id}` },
    patch(a.id, undefined, title('x')),
  ];
  const { answer, events, log } = await traced(company, () =>
    company.scim('POST', '/Bulk', bulkRequest(operations), { 'user-agent': 'bulk-client/1' }),
  );
  expect(statuses(answer)).toEqual(['200', '201', '204', '200']);
  expect(events.map(({ type }) => type)).toEqual(['teammate.updated', 'teammate.created', 'teammate.removed']);
  const inOrder = log.toSorted((one, other) => (one.event_seq ?? Infinity) - (other.event_seq ?? Infinity));
  expect(
    inOrder.map(({ method, path, status, event_seq, user_agent }) => [method, path, status, event_seq, user_agent]),
  ).toEqual([
    ['PATCH', `/v2/Users/${a.id}`, 200, events[0].seq, 'bulk-client/1'],
    ['POST', '/v2/Users', 201, events[1].seq, 'bulk-client/1'],
    ['DELETE', `/v2/Users/${b.id}`, 204, events[2].seq, 'bulk-client/1'],
    ['PATCH', `/v2/Users/${a.id}`, 200, null, 'bulk-client/1'],
  ]);
  expect(new Set(log.map(({ id }) => id)).size).toBe(4);
  expect(log.map(({ id }) => id)).not.toContain(answer.headers.get('x-request-id'));
  await expectConsistent(company);
});

test('the log keeps the data of each operation as it came, and takes what Bulk made of it for no sign of a client', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const path = `/Users/${id}`;
  const ofTwo = [title('y'), { op: 'add', path: 'nickName', value: 'Rita' }];
  const operations = [
    { method: 'PATCH', path, data: title('x') },
    { method: 'PATCH', path, data: ofTwo },
    { method: 'PATCH', path, data: patchOp(title('z')) },
    { method: 'PUT', path, data: { userName: 'rita@example.com', password: 'hunter2' } },
    { method: 'DELETE', path },
  ];
  const { answer, log } = await traced(company, () => company.scim('POST', '/Bulk', bulkRequest(operations)));
  expect(statuses(answer)).toEqual(['200', '200', '200', '200', '204']);
  const lines = log.toSorted((one, other) => one.event_seq - other.event_seq);
  expect(lines.map(({ sent, quirks, dialect }) => [sent, quirks, dialect])).toEqual([
    [title('x'), [], 'unknown'],
    [ofTwo, [], 'unknown'],
    [patchOp(title('z')), [], 'unknown'],
    [{ userName: 'rita@example.com', password: '(not kept)' }, [{ quirk: 'password', at: 'password' }], 'unknown'],
    [null, expect.anything(), 'unknown'],
  ]);
});

test('a PATCH of which one part fails changes nothing, and the operations around it are done', async () => {
  const company = await newCompany();
  const [a] = await newUsers(company, ['a']);
  const answer = await company.scim(
    'POST',
    '/Bulk',
    bulkRequest([
      patch(a.id, undefined, field(1)),
      patch(a.id, undefined, field(2), { op: 'remove', path: 'emails[none eq "x"]' }),
      patch(a.id, undefined, field(3)),
    ]),
  );
  expect(statuses(answer)).toEqual(['200', '400', '200']);
  const { body } = await company.scim('GET', `/Users/${a.id}`);
  expect(body[CUSTOM_FIELDS]).toEqual({ cf_1: 1, cf_3: 3 });
  await expectConsistent(company);
});

test.each([
  ['PUT', { data: { userName: 'rita@example.com', title: 'x' } }],
  ['PATCH', { data: patchOp(title('x')) }],
  ['DELETE', {}],
])("%s: the operation's version is an If-Match", async (method, more) => {
  const company = await newCompany();
  const { id, meta } = await newUser(company);
  const operation = (version) => bulkRequest([{ method, path: `/Users/${id}`, version, ...more }]);
  const another = /^The resource has changed: its version is W\/"1", which If-Match \("version" of/;
  const none = /^If-Match \("version" of a bulk operation\) is not an entity tag. One has quotes, as in W\/"1", /;
  for (const [version, detail] of [
    ['W/"2"', another],
    ['1', none],
    ['W/1', none],
    ['', none],
  ]) {
    const { body } = await writingNothing(company, () => company.scim('POST', '/Bulk', operation(version)));
    expect(body.Operations).toEqual([
      {
        location: meta.location,
        method,
        status: '412',
        response: expect.objectContaining({
          status: '412',
          detail: expect.stringMatching(detail),
        }),
      },
    ]);
  }
  const done = await company.scim('POST', '/Bulk', operation(meta.version));
  expect(statuses(done)).toEqual([method === 'DELETE' ? '204' : '200']);
});

test('headers of the request are no conditions of its operations', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  // A create has no version that it could be made for.
  const operations = bulkRequest([patch(id, undefined, title('x')), { ...create('new'), version: 'W/"9"' }]);
  const answer = await company.scim('POST', '/Bulk', operations, { 'if-match': 'W/"9"', 'if-none-match': '*' });
  expect([answer.status, statuses(answer)]).toEqual([200, ['200', '201']]);
});

test('20 bulk requests with the same version at once: one of the changes is done', async () => {
  const company = await newCompany();
  const { id, meta } = await newUser(company);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, place) =>
      company.scim('POST', '/Bulk', bulkRequest([patch(id, meta.version, field(place))])),
    ),
  );
  expect(answers.flatMap(statuses).sort()).toEqual(['200', ...Array(19).fill('412')]);
  const { body } = await company.scim('GET', `/Users/${id}`);
  expect([Object.keys(body[CUSTOM_FIELDS]).length, body.meta.version]).toEqual([1, 'W/"2"']);
  await expectConsistent(company);
});

test('bulk requests and single calls on the same teammates at once: all are done, nothing is lost', async () => {
  const company = await newCompany();
  const users = await newUsers(company, ['a', 'b', 'c']);
  const bulk = (round) =>
    company.scim('POST', '/Bulk', bulkRequest(users.map(({ id }) => patch(id, undefined, field(round)))));
  const single = (round) => company.scim('PATCH', `/Users/${users[round % 3].id}`, patchOp(field(100 + round)));
  const rounds = Array.from({ length: 8 }, (_, place) => place);
  const answers = await Promise.all([...rounds.map(bulk), ...rounds.map(single)]);
  expect(answers.slice(0, 8).flatMap(statuses)).toEqual(Array(24).fill('200'));
  expect(answers.slice(8).map(({ status }) => status)).toEqual(Array(8).fill(200));
  for (const [place, { id }] of users.entries()) {
    const { body } = await company.scim('GET', `/Users/${id}`);
    const expected = [...rounds, ...rounds.filter((round) => round % 3 === place).map((round) => 100 + round)];
    expect(Object.keys(body[CUSTOM_FIELDS]).sort()).toEqual(expected.map((round) => `cf_${round}`).sort());
  }
  await expectConsistent(company);
});

test('D1 loses answers and calls: each operation is told as it is, once', async () => {
  const company = await newCompany();
  const operations = bulkRequest([create('a'), create('b'), create('c')]);
  // From now on the isolate knows the token, and has kept that it was used.
  await company.faultyScim([], 'GET', '/Users');
  // a is committed, its answer is lost, and the log tells. b is lost before it is done, twice. c is done.
  const faults = ['after', 'ok', 'before', 'ok', 'before', 'ok'];
  const answer = await company.faultyScim(faults, 'POST', '/Bulk', operations);
  expect([answer.status, statuses(answer)]).toEqual([200, ['201', '503', '201']]);
  const { teammates } = await tablesOf(company);
  expect(teammates.map(({ user_name }) => user_name)).toEqual(['a', 'c']);
  await expectConsistent(company);
});

test('where D1 fails before it is known who calls, the whole is 503', async () => {
  const company = await newCompany();
  const answer = await writingNothing(company, () =>
    company.faultyScim(['before'], 'POST', '/Bulk', bulkRequest([create('a'), create('b')])),
  );
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
});
