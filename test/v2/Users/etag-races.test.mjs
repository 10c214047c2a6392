// The condition and the write are one: of many writes of the same version, exactly one is done. Those that set no
// condition never lose an update and never see a conflict.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, newUser, patchOp } from '../../support/scim.mjs';
import { steer } from '../../support/steer.mjs';
import { expectConsistent, tablesOf } from '../../support/tables.mjs';

const times = (count, call) => Promise.all(Array.from({ length: count }, (_, place) => call(place)));
const field = (place) => patchOp({ op: 'add', path: `${CUSTOM_FIELDS}:cf_${place}`, value: place });
const fields = (...places) => Object.fromEntries(places.map((place) => [`cf_${place}`, place]));

test.each([
  ['PATCH', field],
  ['PUT', (place) => ({ userName: 'rita@example.com', [CUSTOM_FIELDS]: { [`cf_${place}`]: place } })],
])('20 %s of one version at once: one is done, 19 are told that they came late', async (method, body) => {
  const company = await newCompany();
  const { id, meta } = await newUser(company);
  const answers = await times(20, (place) =>
    company.scim(method, `/Users/${id}`, body(place), { 'if-match': meta.version }),
  );
  const done = answers.flatMap(({ status }, place) => (status === 200 ? [place] : []));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(412)]);
  const { body: after } = await company.scim('GET', `/Users/${id}`);
  expect([after[CUSTOM_FIELDS], after.meta.version]).toEqual([fields(...done), 'W/"2"']);
  const { events } = await tablesOf(company);
  expect(events.filter(({ type }) => type === 'teammate.updated')).toHaveLength(1);
  await expectConsistent(company);
});

describe.each([
  ['PATCH', field(1), 200],
  ['PUT', { userName: 'rita@example.com', [CUSTOM_FIELDS]: { cf_1: 1 } }, 200],
  ['DELETE', undefined, 204],
])('%s that is overtaken between its look and its write', (method, body, done) => {
  /** The answer to a call about the user, whose write comes to D1 after one that adds cf_2. */
  async function overtaken(company, id, ...call) {
    const steering = steer(company);
    await steering.tell({ hold: 'marked' });
    const late = company.faultyScim(['ok', 'held'], ...call);
    await steering.untilHeld();
    expect((await company.scim('PATCH', `/Users/${id}`, field(2))).headers.get('etag')).toBe('W/"2"');
    await steering.tell({ hold: null });
    return late;
  }

  test('is 412 for the version that has passed, and changes nothing', async () => {
    const company = await newCompany();
    const { id, meta } = await newUser(company);
    const answer = await overtaken(company, id, method, `/Users/${id}`, body, { 'if-match': meta.version });
    expect([answer.status, answer.headers.get('etag')]).toEqual([412, 'W/"2"']);
    const { body: after } = await company.scim('GET', `/Users/${id}`);
    expect([after[CUSTOM_FIELDS], after.meta.version]).toEqual([fields(2), 'W/"2"']);
    await expectConsistent(company);
  });

  test('is 412 in a bulk request, too', async () => {
    const company = await newCompany();
    const { id, meta } = await newUser(company);
    const operation = { method, path: `/Users/${id}`, version: meta.version, data: body };
    const answer = await overtaken(company, id, 'POST', '/Bulk', { Operations: [operation] });
    expect(answer.body.Operations.map(({ status }) => status)).toEqual(['412']);
    expect((await company.scim('GET', `/Users/${id}`)).headers.get('etag')).toBe('W/"2"');
    await expectConsistent(company);
  });

  test('is done on what is there then, where it sets no condition', async () => {
    const company = await newCompany();
    const { id } = await newUser(company);
    expect((await overtaken(company, id, method, `/Users/${id}`, body)).status).toBe(done);
    const { body: after } = await company.scim('GET', `/Users/${id}`);
    // A PUT means the whole user, so that only the PATCH has to keep what came in between.
    const expected = { PATCH: fields(2, 1), PUT: fields(1), DELETE: undefined };
    expect(after[CUSTOM_FIELDS]).toEqual(expected[method]);
    await expectConsistent(company);
  });
});

test('10 rounds of 8 that each add a field to the version before: a chain without a gap', async () => {
  const company = await newCompany();
  const { id, meta } = await newUser(company);
  const done = [];
  let version = meta.version;
  for (let round = 0; round < 10; round += 1) {
    const answers = await times(8, (place) =>
      company.scim('PATCH', `/Users/${id}`, field(round * 8 + place), { 'if-match': version }),
    );
    const winners = answers.flatMap(({ status }, place) => (status === 200 ? [place] : []));
    expect(winners).toHaveLength(1);
    done.push(round * 8 + winners[0]);
    version = answers[winners[0]].headers.get('etag');
  }
  const { body } = await company.scim('GET', `/Users/${id}`);
  expect([body[CUSTOM_FIELDS], body.meta.version]).toEqual([fields(...done), 'W/"11"']);
  await expectConsistent(company);
});

test('DELETE and PATCH of one version at once: one of them is done', async () => {
  for (let round = 0; round < 5; round += 1) {
    const company = await newCompany();
    const { id, meta } = await newUser(company);
    const condition = { 'if-match': meta.version };
    const [removed, patched] = await Promise.all([
      company.scim('DELETE', `/Users/${id}`, undefined, condition),
      company.scim('PATCH', `/Users/${id}`, field(1), condition),
    ]);
    // Late for a teammate that is gone is 404.
    expect([
      [204, 404],
      [412, 200],
    ]).toContainEqual([removed.status, patched.status]);
    await expectConsistent(company);
  }
});

test('conditional and unconditional writes at once: the latter are all done, and none of the former over them', async () => {
  const company = await newCompany();
  const { id, meta } = await newUser(company);
  const answers = await times(30, (place) =>
    company.scim('PATCH', `/Users/${id}`, field(place), place % 3 === 0 ? { 'if-match': meta.version } : {}),
  );
  const done = answers.flatMap(({ status }, place) => (status === 200 ? [place] : []));
  answers.forEach(({ status }, place) => {
    expect(place % 3 === 0 ? [200, 412] : [200], `call ${place}`).toContain(status);
  });
  // At most one condition named the version that was there.
  expect(done.filter((place) => place % 3 === 0).length).toBeLessThanOrEqual(1);
  const { body } = await company.scim('GET', `/Users/${id}`);
  expect([body[CUSTOM_FIELDS], body.meta.version]).toEqual([fields(...done), `W/"${done.length + 1}"`]);
  await expectConsistent(company);
});

test('If-Match: * sets no version: 20 at once are all done', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const answers = await times(20, (place) => company.scim('PATCH', `/Users/${id}`, field(place), { 'if-match': '*' }));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  const { body } = await company.scim('GET', `/Users/${id}`);
  expect(body[CUSTOM_FIELDS]).toEqual(fields(...Array(20).keys()));
  // Each answer showed a version of its own.
  expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(20);
  await expectConsistent(company);
});

test('a conditional write whose answer D1 loses is told as it is', async () => {
  const company = await newCompany();
  const { id, meta } = await newUser(company);
  // Done, though its answer was lost: not refused for the version that it has made itself.
  const lost = await company.faultyScim(['ok', 'after'], 'PATCH', `/Users/${id}`, field(1), {
    'if-match': meta.version,
  });
  expect([lost.status, lost.headers.get('etag')]).toEqual([200, 'W/"2"']);
  const again = await company.scim('PATCH', `/Users/${id}`, field(2), { 'if-match': meta.version });
  expect(again.status).toBe(412);
  await expectConsistent(company);
});
