// GET /Users?filter=...: 200 random filters over 60 random users, against an evaluator of its own, written from
// RFC 7644 section 3.4.2.2 and not from Rollcall. (The host tests run thousands against SQLite; these run
// against D1.)

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { randomFilters, randomness } from '../../support/random-filters.mjs';
import { filtered, newUser } from '../../support/scim.mjs';

const FILTERS = 200;
const USERS = 60;
// Their lower case is their case folding, so that toLowerCase will do.
const TEXTS = ['a', 'A', 'ab', 'aB', 'b', 'É', 'é', 'éa', 'Ж', 'ж1', '5', 'x"y\\z'];

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const random = randomness(SEED);

function randomUser(i) {
  const user = { userName: `${random.of(TEXTS)}${random.of(TEXTS)}-${i}`, active: random.chance(0.7) };
  for (const name of ['displayName', 'title', 'externalId']) if (random.chance(0.5)) user[name] = random.of(TEXTS);
  if (random.chance(0.5)) user.name = { givenName: random.of(TEXTS) };
  user.emails = Array.from({ length: random.below(3) }, () => ({
    value: random.of(TEXTS),
    ...(random.chance(0.6) && { type: random.of(['work', 'home']) }),
  }));
  return user;
}

const { randomFilter, written, holds } = randomFilters(random, {
  attributes: ['userName', 'displayName', 'title', 'externalId', 'name.givenName', 'emails.value', 'emails.type'],
  list: 'emails',
  parts: ['value', 'type'],
  flags: ['active'],
  exact: ['externalId'],
  texts: (attribute) => (attribute.endsWith('type') ? ['Work', 'home'] : TEXTS),
});

let company;
const users = [];
beforeAll(async () => {
  company = await newCompany();
  for (let i = 0; i < USERS; i += 1) users.push(await newUser(company, randomUser(i)));
}, 60_000);

test(`${FILTERS} random filters find whom they describe (SEED=${SEED})`, async () => {
  let found = 0;
  for (let i = 0; i < FILTERS; i += 1) {
    const filter = randomFilter();
    const expected = users.filter((user) => holds(filter, user)).map(({ userName }) => userName);
    const { body } = await company.scim('GET', `${filtered(written(filter))}&count=${USERS}`);
    const actual = body.Resources?.map(({ userName }) => userName) ?? body;
    expect({ filter: written(filter), total: body.totalResults, actual }).toEqual({
      filter: written(filter),
      total: expected.length,
      actual: expected,
    });
    found += expected.length > 0 && expected.length < USERS ? 1 : 0;
  }
  // Filters that all or nobody meets would prove little.
  expect(found).toBeGreaterThan(FILTERS / 3);
}, 60_000);
