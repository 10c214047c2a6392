// Many creates at once: one winner for each userName, and a sequence without gaps.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { expectConsistent, tablesOf } from '../../support/tables.mjs';

const times = (count, call) => Promise.all(Array.from({ length: count }, (_, place) => call(place)));

test('20 creates of one userName: exactly one 201, the others 409, one row', async () => {
  const company = await newCompany();
  const answers = await times(20, (place) =>
    company.scim('POST', '/Users', { userName: place % 2 ? 'Rita@example.com' : 'rita@EXAMPLE.com' }),
  );
  const [winner, ...more] = answers.filter(({ status }) => status === 201);
  expect(more).toEqual([]);
  const losers = answers.filter((answer) => answer !== winner);
  for (const { status, headers, body } of losers) {
    expect([status, body.scimType, headers.get('location')]).toEqual([409, 'uniqueness', winner.body.meta.location]);
  }
  expect((await tablesOf(company)).teammates).toHaveLength(1);
  await expectConsistent(company);
});

test('30 creates of different userNames: 30 events numbered on, and counters that a recount confirms', async () => {
  const company = await newCompany();
  const { company: row } = await tablesOf(company);
  const answers = await times(30, (place) => company.scim('POST', '/Users', { userName: `user${place}@example.com` }));
  expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(201));
  const { company: after, events } = await tablesOf(company);
  expect(events.slice(-30).map(({ seq }) => seq)).toEqual(
    Array.from({ length: 30 }, (_, place) => row.last_seq + 1 + place),
  );
  expect([after.active_teammates, after.listed_teammates]).toEqual([30, 30]);
  await expectConsistent(company);
});

test('creates while the settings change: none is lost, none is refused', async () => {
  const company = await newCompany();
  const [answers] = await Promise.all([
    times(12, (place) => company.scim('POST', '/Users', { userName: `user${place}@example.com` })),
    times(4, (place) => company.api('PATCH', '', { name: `Name ${place}` })),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
  await expectConsistent(company);
});

test('creates of one userName in two companies do not meet', async () => {
  const companies = [await newCompany(), await newCompany()];
  const answers = await Promise.all(
    companies.map(({ scim }) => scim('POST', '/Users', { userName: 'rita@example.com' })),
  );
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
});
