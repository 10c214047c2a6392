// Walking the groups by cursors (RFC 9865): whatever is written meanwhile, each that is there throughout is met once.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { named, newGroup } from '../../support/groups.mjs';
import { newUser, patchOp } from '../../support/scim.mjs';

const NAMES = ['d', 'a', 'e', 'b', 'c', 'f'];

async function ofSix() {
  const company = await newCompany();
  const { id: member } = await newUser(company);
  const groups = [];
  for (const name of NAMES) groups.push(await newGroup(company, name, { members: named(member) }));
  return { ...company, groups };
}

/** The ids of all pages from the first to the last; `between` runs after each page. */
async function walk({ scim }, query, between = async (_page) => {}) {
  const ids = [];
  for (let cursor = '', page = 1; cursor !== undefined; page += 1) {
    const { status, body } = await scim('GET', `/Groups?cursor=${cursor}&${query}`);
    expect([status, body.detail]).toEqual([200, undefined]);
    ids.push(...body.Resources.map(({ id }) => id));
    cursor = body.nextCursor;
    await between(page);
  }
  return ids;
}

const QUERIES = ['count=2', 'count=2&excludedAttributes=members'];

test.each(QUERIES)('%s: groups that come, go and change meanwhile', async (query) => {
  const company = await ofSix();
  const { scim, groups } = company;
  const ids = await walk(company, query, async (page) => {
    if (page !== 1) return;
    await scim('DELETE', `/Groups/${groups[0].id}`);
    await scim('DELETE', `/Groups/${groups[3].id}`);
    await scim('PATCH', `/Groups/${groups[4].id}`, patchOp({ op: 'replace', path: 'displayName', value: '0' }));
    await newGroup(company, 'late');
  });
  const known = groups.map(({ id }) => id);
  expect(ids.filter((id) => known.includes(id))).toEqual([0, 1, 2, 4, 5].map((i) => known[i]));
  expect(ids).toHaveLength(6);
});

test.each(QUERIES.map((query) => `${query}&sortBy=displayName`))('%s: names that change meanwhile', async (query) => {
  const company = await ofSix();
  const { scim, groups } = company;
  const inOrder = [...groups].sort((one, other) => (one.displayName < other.displayName ? -1 : 1));
  const ids = await walk(company, query, async (page) => {
    if (page !== 1) return;
    // From the front to the back, and the other way round.
    await scim('PATCH', `/Groups/${inOrder[0].id}`, patchOp({ op: 'replace', path: 'displayName', value: 'z' }));
    await scim('PATCH', `/Groups/${inOrder[5].id}`, patchOp({ op: 'replace', path: 'displayName', value: '0' }));
  });
  expect(ids).toEqual(inOrder.map(({ id }) => id));
});

test('a cursor of users is none of groups', async () => {
  const company = await ofSix();
  await newUser(company, { userName: 'b@example.com' });
  const { body } = await company.scim('GET', '/Users?cursor&count=1');
  const refused = await company.scim('GET', `/Groups?cursor=${body.nextCursor}&count=1`);
  expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidCursor']);
});
