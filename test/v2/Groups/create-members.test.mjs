// POST /Groups, and what its body says of members.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { batch } from '../../support/database.mjs';
import { person, populate } from '../../support/population.mjs';
import { named, newGroup, newIds, refusedPost, rowOf, shown } from '../../support/pushed-groups.mjs';
import { expectConsistent, tablesOf, traced } from '../../support/tables.mjs';

describe('members', () => {
  test('who are unknown: 400 that lists them, and nothing is applied', async () => {
    const company = await newCompany();
    const [ann] = await newIds(company, 'ann');
    expect(await refusedPost(company, { displayName: 'x', members: named('tea_2', ann, 'tea_1') })).toEqual([
      400,
      'invalidValue',
      'No teammate has the id "tea_1", "tea_2". Provision the users first, or take them out of the group in your identity provider; nothing was changed.',
    ]);
  });

  test('101 unknown ones: the first hundred are listed', async () => {
    const company = await newCompany();
    const ids = Array.from({ length: 101 }, (_, number) => `tea_${String(number).padStart(3, '0')}`);
    const [status, , detail] = await refusedPost(company, { displayName: 'x', members: named(...ids) });
    expect(status).toBe(400);
    expect(detail).toContain('"tea_099", and 1 more. Provision');
    expect(detail).not.toContain('tea_100');
  });

  test.each([
    ['a type', { type: 'Group' }],
    ['a type in lower case', { Type: 'group' }],
    ['a $ref', { $ref: 'https://host/v2/Groups/grp_2' }],
    ['a relative $ref', { $ref: '../Groups/grp_2' }],
  ])('which are groups, by %s: a clear 400', async (_, more) => {
    const company = await newCompany();
    const { id } = await newGroup(company, 'Inner');
    expect(await refusedPost(company, { displayName: 'Outer', members: [{ value: id, ...more }] })).toEqual([
      400,
      'invalidValue',
      `members may refer to User alone, but "${id}" is a Group: groups are not nested here. Take it out of the group in the identity provider, and assign its users directly.`,
    ]);
  });

  test('a group by its bare id is no teammate', async () => {
    const company = await newCompany();
    const { id } = await newGroup(company, 'Inner');
    const [status, scimType, detail] = await refusedPost(company, { displayName: 'Outer', members: named(id) });
    expect([status, scimType, detail.startsWith(`No teammate has the id "${id}".`)]).toEqual([
      400,
      'invalidValue',
      true,
    ]);
  });

  test.each([
    ['a single object', (id) => ({ value: id })],
    ['texts', (id) => [id]],
    ['upper case names', (id) => [{ VALUE: id }]],
    ['with nulls around it', (id) => [null, { value: id, display: null }]],
    ['with parts that nobody knows', (id) => [{ value: id, primary: true, badge: 7 }]],
  ])('spelled otherwise: %s', async (_, spelled) => {
    const company = await newCompany();
    const [ann] = await newIds(company, 'ann');
    const group = await newGroup(company, 'Support', { members: spelled(ann) });
    expect(group.members).toEqual(shown([ann]));
  });

  test.each([
    ['[]', []],
    ['null', null],
    ['absent', undefined],
    ['[null]', [null]],
  ])('%s: nobody', async (_, members) => {
    const company = await newCompany();
    const group = await newGroup(company, 'Support', { members });
    expect(group.members).toEqual([]);
  });

  test.each([
    ['no value', [{}], 'An element of members has no value. Each needs the id of the resource as its value.'],
    [
      'a null value',
      [{ value: null }],
      'An element of members has no value. Each needs the id of the resource as its value.',
    ],
    [
      'a blank value',
      [{ value: ' ' }],
      'An element of members has no value. Each needs the id of the resource as its value.',
    ],
    ['an empty text', [''], 'An element of members has no value. Each needs the id of the resource as its value.'],
    ['a number', [{ value: 7 }], /^members\.value has to be a string, but is /],
    ['a list', [[{ value: 'x' }]], /^members has to be /],
  ])('that say nothing, with %s: 400', async (_, members, detail) => {
    const company = await newCompany();
    const expected = typeof detail === 'string' ? detail : expect.stringMatching(detail);
    expect(await refusedPost(company, { displayName: 'x', members })).toEqual([400, 'invalidValue', expected]);
  });

  test.each([
    ['a NUL', 'tea_\u0000', 'invalidValue'],
    ['quotes and SQL', `"'; DROP TABLE groups; --?1`, 'invalidValue'],
    ['a lone surrogate', '\ud800', undefined],
    ['emoji', '👩‍🚀'.repeat(50), 'invalidValue'],
    ['300 characters', 'x'.repeat(300), 'invalidValue'],
    ['3,000,000 characters', 'x'.repeat(3_000_000), 'invalidValue'],
    ['1,000,000 characters that JSON escapes', '"'.repeat(1_000_000), 'invalidValue'],
  ])('whose ids are strange, %s: 400 and no more', async (_, id, scimType) => {
    const company = await newCompany();
    const [ann] = await newIds(company, 'ann');
    const [status, type, detail] = await refusedPost(company, { displayName: 'x', members: named(ann, id) });
    expect(status).toBe(400);
    if (scimType) expect(['invalidValue', 'invalidSyntax']).toContain(type);
    // The detail stays a detail.
    expect(detail.length).toBeLessThan(500);
  });

  test.each([199, 2000])('a thousand ids of %i characters that nobody has: 400, listed short', async (length) => {
    const company = await newCompany();
    const ids = Array.from({ length: 1000 }, (_, number) => `${number}`.padStart(length, '"'));
    const [status, type] = await refusedPost(company, { displayName: 'x', members: named(...ids) });
    expect([status, type]).toEqual([400, 'invalidValue']);
  });

  test('ids of 20 MB together: 400, before D1 is asked', async () => {
    const company = await newCompany();
    const members = Array.from({ length: 100_000 }, (_, number) => ({ value: `${number}`.padStart(190, 'x') }));
    const [status, scimType, detail] = await refusedPost(company, { displayName: 'x', members });
    expect([status, scimType, detail.startsWith('The ids of the members have more than')]).toEqual([
      400,
      'invalidValue',
      true,
    ]);
  });

  test('blocked teammates are members; removed and deleted ones are unknown', async () => {
    const company = await newCompany();
    const [ann, bob, eve] = await newIds(company, 'ann', 'bob', 'eve');
    await company.api('POST', `/teammates/${ann}/block`);
    await company.scim('DELETE', `/Users/${bob}`);
    await company.api('DELETE', `/teammates/${eve}`);
    const [status, , detail] = await refusedPost(company, { displayName: 'x', members: named(ann, bob, eve) });
    expect([status, detail.includes(bob), detail.includes(eve), detail.includes(ann)]).toEqual([
      400,
      true,
      true,
      false,
    ]);
    expect((await newGroup(company, 'x', { members: named(ann) })).members).toEqual(shown([ann]));
  });
});

test('what a group costs in the feed stays small: 1,000 of 1,500 who came are named', async () => {
  const company = await newCompany();
  await batch(populate(company.companyId, 1500));
  const ids = Array.from({ length: 1500 }, (_, number) => person(number).id);
  const { events, answer } = await traced(company, () =>
    company.scim('POST', '/Groups?excludedAttributes=members', { displayName: 'All', members: named(...ids) }),
  );
  const [{ data }] = events;
  expect([data.after.member_count, data.members_added.count, data.members_added.ids]).toEqual([
    1500,
    1500,
    ids.slice(0, 1000),
  ]);
  expect((await rowOf(company, answer.body)).member_count).toBe(1500);
  expect((await tablesOf(company)).memberships).toHaveLength(1500);
  await expectConsistent(company);
});
