// bulkId references (RFC 7644 sections 3.7.1 and 3.7.2): whatever the order they are sent in, and refused where
// there is nothing to refer to.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { ENTERPRISE, bulkRequest, newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent } from '../../support/tables.mjs';

const create = (userName, manager) => ({
  method: 'POST',
  path: '/Users',
  bulkId: userName,
  data: { userName, ...(manager && { [ENTERPRISE]: { manager: { value: `bulkId:${manager}` } } }) },
});
const idOf = ({ location }) => location.split('/').at(-1);
const bulk = async ({ scim }, operations, more) => {
  const { status, body } = await scim('POST', '/Bulk', bulkRequest(operations, more));
  expect(status).toBe(200);
  return body.Operations;
};
const managerOf = async ({ scim }, id) => (await scim('GET', `/Users/${id}`)).body[ENTERPRISE]?.manager?.value;
const outcome = ({ bulkId, status, response }) => [bulkId, status, response?.scimType, response?.detail];

test.each([
  ['backward', [create('boss'), create('rita', 'boss')], ['boss', 'rita']],
  ['forward', [create('rita', 'boss'), create('boss')], ['rita', 'boss']],
])('a %s reference', async (_, operations, names) => {
  const company = await newCompany();
  const results = await bulk(company, operations);
  expect(results.map(({ bulkId, status }) => [bulkId, status])).toEqual(names.map((name) => [name, '201']));
  const ids = Object.fromEntries(results.map((result) => [result.bulkId, idOf(result)]));
  expect(await managerOf(company, ids.rita)).toBe(ids.boss);
  await expectConsistent(company);
});

test('a chain of 20, sent from its end', async () => {
  const company = await newCompany();
  const names = Array.from({ length: 20 }, (_, place) => `user${place}`);
  const results = await bulk(
    company,
    names.map((name, place) => create(name, names[place + 1])),
  );
  expect(results.map(({ status }) => status)).toEqual(Array(20).fill('201'));
  for (const [place, result] of results.slice(0, -1).entries())
    expect(await managerOf(company, idOf(result))).toBe(idOf(results[place + 1]));
  // Ids sort by creation: the last of the chain came first.
  expect(results.map(idOf).toReversed()).toEqual(results.map(idOf).toSorted());
});

test('in a path, and in PUT and PATCH of one who was there before', async () => {
  const company = await newCompany();
  const rita = await newUser(company);
  const results = await bulk(company, [
    { method: 'PATCH', path: '/Users/bulkId:boss', data: patchOp({ op: 'add', path: 'title', value: 'Boss' }) },
    {
      method: 'PATCH',
      path: `/Users/${rita.id}`,
      data: patchOp({ op: 'Add', path: `${ENTERPRISE}:manager`, value: 'bulkId:boss' }),
    },
    create('boss'),
    { method: 'PUT', path: '/Users/bulkId:boss', data: { userName: 'boss', title: 'Chief' } },
    { method: 'DELETE', path: '/Users/bulkId:second' },
    create('second', 'boss'),
  ]);
  expect(results.map(({ method, status, version }) => [method, status, version])).toEqual([
    ['PATCH', '200', 'W/"2"'],
    ['PATCH', '200', 'W/"2"'],
    ['POST', '201', 'W/"1"'],
    ['PUT', '200', 'W/"3"'],
    ['DELETE', '204', undefined],
    ['POST', '201', 'W/"1"'],
  ]);
  const boss = idOf(results[2]);
  expect([idOf(results[0]), idOf(results[3])]).toEqual([boss, boss]);
  expect(await managerOf(company, rita.id)).toBe(boss);
  expect((await company.scim('GET', `/Users/${boss}`)).body.title).toBe('Chief');
  expect((await company.scim('GET', `/Users/${idOf(results[5])}`)).status).toBe(404);
  await expectConsistent(company);
});

test('circles are 409 for everybody in them, and the others are done', async () => {
  const company = await newCompany();
  const results = await bulk(company, [create('a', 'b'), create('b', 'a'), create('free'), create('self', 'self')]);
  const circular =
    'This operation refers to itself by bulkId, directly or by way of others. Create the resources without one of the references, and add it with a PATCH afterwards.';
  expect(results.map(outcome)).toEqual([
    ['a', '409', undefined, circular],
    ['b', '409', undefined, circular],
    ['free', '201', undefined, undefined],
    ['self', '409', undefined, circular],
  ]);
  expect((await company.scim('GET', '/Users')).body.totalResults).toBe(1);
  await expectConsistent(company);
});

test('what refers to a failure is not tried, and says which one it was', async () => {
  const company = await newCompany();
  await newUser(company, { userName: 'boss' });
  const results = await bulk(company, [create('rita', 'middle'), create('middle', 'boss'), create('boss')]);
  const failed = (name) =>
    `The operation with the bulkId "${name}", to which this one refers, failed, so this one was not tried. Mend that one and send both again.`;
  expect(results.map(outcome)).toEqual([
    ['rita', '409', undefined, failed('middle')],
    ['middle', '409', undefined, failed('boss')],
    ['boss', '409', 'uniqueness', expect.stringContaining('exists already')],
  ]);
  expect((await company.scim('GET', '/Users')).body.totalResults).toBe(1);
});

test('a reference to nothing is 400 by name', async () => {
  const company = await newCompany();
  const results = await bulk(company, [create('rita', 'nobody')]);
  expect(results.map(outcome)).toEqual([
    [
      'rita',
      '400',
      'invalidValue',
      '"bulkId:nobody" refers to no operation of this request that creates a resource. Add the POST with that bulkId, or send the resource\'s id.',
    ],
  ]);
});
