// What waits at a company's object is written together. A command that can't be written fails alone, and what D1
// loses on the way is done once.

import { describe, expect, test } from 'vitest';
import { expectConsistent } from '../support/tables.mjs';
import { add, describedAs, groupCompany, id, removeOne, rename } from './group-company.mjs';

/**
 * Sends one command, and while D1 holds it the others, each when the one before is in the queue: they wait, and
 * are written together. `orders` steer D1 for that call.
 */
async function together(company, others, orders = {}) {
  const { faulty, steering } = company;
  await steering.tell({ hold: 'calls', forget: true });
  const answers = [faulty('PATCH', company.support, add(4))];
  await steering.untilHeld();
  for (const call of others) {
    answers.push(faulty(...call));
    await steering.untilArrived(answers.length);
  }
  await steering.tell({ release: 1 });
  await steering.untilHeld();
  const held = (await steering.writes()).at(-1);
  await steering.tell({ hold: null, ...orders });
  const [first, ...rest] = await Promise.all(answers);
  expect(first.status).toBe(204);
  // They were together, or the test has tried nothing.
  expect(held.commands).toBeGreaterThan(1);
  return rest;
}

const statuses = (answers) => answers.map(({ status }) => status);

describe.concurrent('of commands that wait', () => {
  const FIVE = [5, 6, 7, 8, 9];
  const addsTo = ({ support }) => FIVE.map((number) => ['PATCH', support, add(number)]);
  const added = FIVE.map((number) => ['group.members_added', [number], []]);

  /** All five are there, each by one event. */
  async function expectAddedOnce(company) {
    expect(await company.members(company.support)).toEqual([0, 1, 2, 3, 4, ...FIVE]);
    const events = await company.events(company.support);
    expect(events.filter(([, [number, ...others]]) => FIVE.includes(number) && others.length === 0)).toEqual(added);
    await expectConsistent(company);
  }

  test('all are written by one call to D1', async () => {
    const company = await groupCompany();
    expect(statuses(await together(company, addsTo(company)))).toEqual(FIVE.map(() => 204));
    expect((await company.steering.writes()).map(({ commands }) => commands)).toEqual([1, 5]);
    await expectAddedOnce(company);
  });

  test('each answer tells how many were before it', async () => {
    const company = await groupCompany();
    const alone = await company.faulty('PATCH', company.sales, add(1));
    const answers = [alone, ...(await together(company, addsTo(company)))];
    const behind = answers.map(({ headers }) => /queue;desc="behind=(\d+)"/.exec(headers.get('server-timing'))?.[1]);
    expect(behind).toEqual([undefined, '1', '2', '3', '4', '5']);
  });

  test('one that names nobody is refused, and the others are written', async () => {
    const company = await groupCompany();
    const unknown = { op: 'add', path: 'members', value: [{ value: id(10) }, { value: 'tea_nobody' }] };
    const calls = addsTo(company).toSpliced(2, 0, ['PATCH', company.support, { Operations: [unknown] }]);
    const answers = await together(company, calls);
    expect(statuses(answers)).toEqual([204, 204, 400, 204, 204, 204]);
    expect(answers[2].body).toMatchObject({ scimType: 'invalidValue', detail: expect.stringContaining('tea_nobody') });
    await expectAddedOnce(company);
  });

  test('one that removes who is no member changes nothing, and the others are written', async () => {
    const company = await groupCompany();
    const calls = addsTo(company).toSpliced(1, 0, ['PATCH', company.support, removeOne(20)]);
    const answers = await together(company, calls);
    expect(statuses(answers)).toEqual(Array(6).fill(204));
    await expectAddedOnce(company);
  });

  test('one that takes a name that is taken is refused, and the others are written', async () => {
    const company = await groupCompany();
    const calls = [['PATCH', company.sales, rename('SUPPORT')], ...addsTo(company)];
    const answers = await together(company, calls);
    expect(statuses(answers)).toEqual([409, 204, 204, 204, 204, 204]);
    expect(answers[0].body.scimType).toBe('uniqueness');
    await expectAddedOnce(company);
  });

  test('when D1 loses the call before it is done, each is done once', async () => {
    const company = await groupCompany();
    const answers = await together(company, addsTo(company), { faults: ['before'] });
    expect(statuses(answers)).toEqual(FIVE.map(() => 204));
    await expectAddedOnce(company);
  });

  test('when D1 loses the answer after the commit, none is done again', async () => {
    const company = await groupCompany();
    const answers = await together(company, addsTo(company), { faults: ['after'] });
    expect(statuses(answers)).toEqual(FIVE.map(() => 204));
    await expectAddedOnce(company);
  });

  test('when every call loses its answer for a while, none is done again', async () => {
    const company = await groupCompany();
    const answers = await together(company, addsTo(company), {
      faults: ['after', 'before', 'after', 'after', 'before'],
    });
    expect(statuses(answers)).toEqual(FIVE.map(() => 204));
    await expectAddedOnce(company);
  });

  test('when the call comes to D1 twice, each is done once', async () => {
    const company = await groupCompany();
    const answers = await together(company, addsTo(company), { faults: ['twice'] });
    expect(statuses(answers)).toEqual(FIVE.map(() => 204));
    await expectAddedOnce(company);
  });

  test('one that D1 never takes fails alone, with 503, and can be sent again', async () => {
    const company = await groupCompany();
    const description = 'this is what D1 chokes on';
    const poisonous = ['PATCH', company.sales, describedAs(description)];
    const calls = addsTo(company).toSpliced(3, 0, poisonous);
    const answers = await together(company, calls, { poison: description });
    expect(statuses(answers)).toEqual([204, 204, 204, 503, 204, 204]);
    expect(answers[3].headers.get('retry-after')).toBe('5');
    await expectAddedOnce(company);
    await company.steering.tell({ poison: null });
    expect((await company.faulty(...poisonous)).status).toBe(204);
    expect((await company.events(company.sales)).map(([type]) => type)).toEqual(['group.created', 'group.updated']);
    await expectConsistent(company);
  });
});

describe.concurrent("two that wait and are in each other's way come one after the other", () => {
  test('two creates of one name: the second is 409', async () => {
    const company = await groupCompany();
    const make = (displayName) => ['POST', '/Groups', { displayName }];
    const answers = await together(company, [
      make('Night shift'),
      make('night SHIFT '),
      ['PATCH', company.support, add(5)],
    ]);
    expect(statuses(answers)).toEqual([201, 409, 204]);
    await expectConsistent(company);
  });

  test('two renames to one name: the second is 409', async () => {
    const company = await groupCompany();
    const answers = await together(company, [
      ['PATCH', company.sales, rename('Escalations')],
      ['PATCH', company.support, rename('Escalations')],
    ]);
    expect(statuses(answers)).toEqual([204, 409]);
    await expectConsistent(company);
  });

  test('two that remove one member by its path: the second has nothing to do', async () => {
    const company = await groupCompany();
    const answers = await together(company, [
      ['PATCH', company.support, removeOne(1)],
      ['PATCH', company.support, removeOne(1)],
    ]);
    expect(statuses(answers)).toEqual([204, 204]);
    const [first, second] = answers.map(({ headers }) => headers.get('etag'));
    expect(second).toBe(first);
    expect(await company.members(company.support)).toEqual([0, 2, 3, 4]);
    await expectConsistent(company);
  });

  test('a delete, and an add behind it: 404', async () => {
    const company = await groupCompany();
    const answers = await together(company, [
      ['DELETE', company.sales],
      ['PATCH', company.sales, add(5)],
      ['PATCH', company.support, add(5)],
    ]);
    expect(statuses(answers)).toEqual([204, 404, 204]);
    expect(await company.members(company.support)).toEqual([0, 1, 2, 3, 4, 5]);
    await expectConsistent(company);
  });

  test('adds and removes of one member, and a final list: the last word holds', async () => {
    const company = await groupCompany();
    const answers = await together(company, [
      ['PATCH', company.support, add(9)],
      ['PATCH', company.support, removeOne(9)],
      ['PUT', company.support, { displayName: 'Support', members: [{ value: id(2) }, { value: id(9) }] }],
      ['PATCH', company.support, add(3)],
    ]);
    expect(statuses(answers)).toEqual([204, 204, 200, 204]);
    expect(await company.members(company.support)).toEqual([2, 3, 9]);
    await expectConsistent(company);
  });
});
