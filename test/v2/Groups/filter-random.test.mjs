// GET /Groups?filter=...: 200 random filters over 40 random groups, against an evaluator of its own. (The host tests run
// thousands against SQLite; these run against D1.)

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { GROUP_EXTENSION, groupsWhere, named, newGroup } from '../../support/groups.mjs';
import { randomFilters, randomness } from '../../support/random-filters.mjs';
import { newUser } from '../../support/scim.mjs';

const FILTERS = 200;
const GROUPS = 40;
const USERS = 5;
// Their lower case is their case folding, so that toLowerCase will do.
const TEXTS = ['a', 'A', 'ab', 'aB', 'b', 'É', 'é', 'éa', 'Ж', 'ж1', '5', 'x"y\\z'];

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const random = randomness(SEED);

const people = [];
const { randomFilter, written, holds } = randomFilters(random, {
  attributes: ['displayName', 'externalId', 'members.value', 'members.display', 'members.type', 'description', 'id'],
  list: 'members',
  parts: ['value', 'display', 'type'],
  exact: ['externalId', 'members.value', 'value', 'id'],
  texts: (attribute) => {
    if (attribute.endsWith('type')) return ['user', 'USER', 'Group'];
    if (attribute.endsWith('value')) return people.map(({ id }) => id);
    return attribute === 'id' ? groups.map(({ id }) => id) : TEXTS;
  },
});

/** The extension's attribute by its full name, which the evaluator has without. */
const asSent = (filter) => written(filter).replaceAll('description', `${GROUP_EXTENSION}:description`);

let company;
const groups = [];
beforeAll(async () => {
  company = await newCompany();
  for (let i = 0; i < USERS; i += 1)
    people.push(await newUser(company, { userName: `u${i}`, ...(i > 0 && { displayName: random.of(TEXTS) }) }));
  for (let i = 0; i < GROUPS; i += 1) {
    const name = `${random.of(TEXTS)}${random.of(TEXTS)}-${i}`;
    const members = people.filter(() => random.chance(0.4)).map(({ id }) => id);
    const more = random.chance(0.5) ? { externalId: random.of(TEXTS) } : {};
    if (random.chance(0.5)) more[GROUP_EXTENSION] = { description: random.of(TEXTS) };
    const group = await newGroup(company, name, { members: named(...members), ...more });
    groups.push({ ...group, description: group[GROUP_EXTENSION]?.description });
  }
}, 60_000);

test(`${FILTERS} random filters find what they describe (SEED=${SEED})`, async () => {
  let found = 0;
  for (let i = 0; i < FILTERS; i += 1) {
    const filter = randomFilter();
    const expected = groups.filter((group) => holds(filter, group)).map(({ displayName }) => displayName);
    const query = `${groupsWhere(asSent(filter))}&count=${GROUPS}${random.chance(0.5) ? '&attributes=displayName' : ''}`;
    const { body } = await company.scim('GET', query);
    // More comparisons with members than are taken: what is refused finds nothing.
    if (/at most 5 are taken/.test(body.detail)) continue;
    const actual = body.Resources?.map(({ displayName }) => displayName) ?? body;
    expect({ filter: asSent(filter), total: body.totalResults, actual }).toEqual({
      filter: asSent(filter),
      total: expected.length,
      actual: expected,
    });
    found += expected.length > 0 && expected.length < GROUPS ? 1 : 0;
  }
  // Filters that all or nothing meets would prove little.
  expect(found).toBeGreaterThan(FILTERS / 4);
}, 60_000);
