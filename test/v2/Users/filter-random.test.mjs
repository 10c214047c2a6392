// GET /Users?filter=...: 200 random filters over 60 random users, against an evaluator of its own, written from
// RFC 7644 section 3.4.2.2 and not from Rollcall. (The host tests run thousands against SQLite; these run
// against D1.)

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { filtered, newUser } from '../../support/scim.mjs';

const FILTERS = 200;
const USERS = 60;
// Their lower case is their case folding, so that toLowerCase will do.
const TEXTS = ['a', 'A', 'ab', 'aB', 'b', 'É', 'é', 'éa', 'Ж', 'ж1', '5', 'x"y\\z'];

/** Mulberry32, so that a failure can be repeated: the seed is in every failure's message. */
function randomness(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { below, chance: (share) => next() < share, of: (list) => list[below(list.length)] };
}

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

const TEXT_OPERATORS = ['eq', 'eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const ATTRIBUTES = ['userName', 'displayName', 'title', 'externalId', 'name.givenName', 'emails.value', 'emails.type'];

function comparison(attributes) {
  const attribute = random.of(attributes);
  if (random.chance(0.1)) return { attribute, operator: 'pr' };
  if (random.chance(0.08)) return { attribute, operator: random.of(['eq', 'ne']), value: null };
  const text = attribute.endsWith('type') ? random.of(['Work', 'home']) : random.of(TEXTS);
  return { attribute, operator: random.of(TEXT_OPERATORS), value: text };
}

function randomFilter(depth = 3) {
  if (depth > 0 && random.chance(0.5)) {
    const parts = Array.from({ length: 2 + random.below(2) }, () => randomFilter(depth - 1));
    return random.chance(0.25) ? { not: parts[0] } : random.chance(0.5) ? { and: parts } : { or: parts };
  }
  if (random.chance(0.15)) return { attribute: 'active', operator: random.of(['eq', 'ne']), value: random.chance(0.5) };
  if (random.chance(0.2)) {
    const inside = [comparison(['value', 'type']), comparison(['value', 'type'])];
    return { element: random.chance(0.5) ? { and: inside } : { or: inside } };
  }
  return comparison(ATTRIBUTES);
}

function written(filter) {
  const joined = (parts, word) => `(${parts.map(written).join(` ${word} `)})`;
  if (filter.not) return `not (${written(filter.not)})`;
  if (filter.and) return joined(filter.and, 'and');
  if (filter.or) return joined(filter.or, 'or');
  if (filter.element) return `emails[${written(filter.element)}]`;
  const { attribute, operator, value } = filter;
  return operator === 'pr' ? `${attribute} pr` : `${attribute} ${operator} ${JSON.stringify(value)}`;
}

function holds(filter, thing) {
  if (filter.not) return !holds(filter.not, thing);
  if (filter.and) return filter.and.every((part) => holds(part, thing));
  if (filter.or) return filter.or.some((part) => holds(part, thing));
  if (filter.element) return (thing.emails ?? []).some((email) => holds(filter.element, email));
  const values = valuesOf(thing, filter.attribute.split('.'));
  return (values.length ? values : [null]).some((value) => passes(value, filter));
}

function valuesOf(thing, [name, ...rest]) {
  const values = [thing[name] ?? []].flat();
  return rest.length ? values.flatMap((value) => valuesOf(value, rest)) : values;
}

function passes(found, { attribute, operator, value }) {
  const fold = (text) => (typeof text === 'string' && attribute !== 'externalId' ? text.toLowerCase() : text);
  const [one, other] = [fold(found), fold(value)];
  if (operator === 'pr') return one !== null && one !== '';
  if (operator === 'eq') return one === other;
  if (operator === 'ne') return one !== other;
  if (one === null) return false;
  const order = Buffer.compare(Buffer.from(one), Buffer.from(other));
  return {
    co: one.includes(other),
    sw: one.startsWith(other),
    ew: one.endsWith(other),
    gt: order > 0,
    ge: order >= 0,
    lt: order < 0,
    le: order <= 0,
  }[operator];
}

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
