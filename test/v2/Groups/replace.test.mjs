// PUT /Groups/{id}: what the body says is how the group is afterwards; what it does not speak of stays (RFC 7644
// section 3.5.1).

import { describe, expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import {
  came,
  membersOf,
  named,
  newAppGroup,
  newGroup,
  newIds,
  NOBODY,
  rowOf,
  shown,
} from '../../support/pushed-groups.mjs';
import { GROUP, GROUP_EXTENSION, scimError } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

/** A company with Ann, Bob and Eve; Ann and Bob are in the pushed group "Support". */
async function withGroup(
  /** @type {object} */ more = { externalId: 'x', [GROUP_EXTENSION]: { description: 'First line' } },
) {
  const company = await newCompany();
  const [ann, bob, eve] = await newIds(company, 'ann', 'bob', 'eve');
  const group = await newGroup(company, 'Support', { members: named(ann, bob), ...more });
  const path = `/Groups/${group.id}`;
  return { company, group, path, ann, bob, eve, put: (body, headers) => company.scim('PUT', path, body, headers) };
}

test('everything at once: 200 with the group as it is now, one event, one line', async () => {
  const { company, group, path, put, ann, bob, eve } = await withGroup();
  const body = {
    schemas: [GROUP, GROUP_EXTENSION],
    displayName: 'Help',
    externalId: 'y',
    [GROUP_EXTENSION]: { description: 'Second line' },
    members: named(eve, bob),
  };
  const { answer, events, log } = await traced(company, () => put(body));
  const { meta } = answer.body;
  expect([answer.status, answer.headers.get('etag'), answer.body]).toEqual([
    200,
    'W/"2"',
    {
      ...body,
      id: group.id,
      members: shown([bob, eve]),
      meta: { ...group.meta, version: 'W/"2"', lastModified: meta.lastModified },
    },
  ]);
  expect((await company.scim('GET', path)).body).toEqual(answer.body);
  expect(events.map(({ type, data }) => [type, data.members_added, data.members_removed])).toEqual([
    ['group.renamed', came(eve), came(ann)],
  ]);
  expect(log).toMatchObject([
    {
      method: 'PUT',
      path: `/v2${path}`,
      status: 200,
      resource_id: group.id,
      event_seq: events[0].seq,
      sent: body,
      notes: [],
    },
  ]);
  await expectConsistent(company);
});

describe('what the body does not speak of', () => {
  test('members and the description stay; the externalId goes, as of any core attribute', async () => {
    const { put, ann, bob } = await withGroup();
    const { status, body } = await put({ displayName: 'Support' });
    expect([status, body.members, body[GROUP_EXTENSION], body.externalId]).toEqual([
      200,
      shown([ann, bob]),
      { description: 'First line' },
      undefined,
    ]);
  });

  test.each([
    ['[]', []],
    ['null', null],
  ])('members that are %s are none', async (spelled, members) => {
    const { company, put, group, ann, bob } = await withGroup();
    const { events } = await traced(company, () => put({ displayName: 'Support', externalId: 'x', members }));
    const left = await membersOf(company, group);
    // Null is as good as absent (RFC 7643 section 2.5), unless the list is there to say so.
    if (spelled === '[]') {
      expect(left).toEqual([]);
      expect(events.map(({ type, data }) => [type, data.members_removed])).toEqual([
        ['group.members_removed', came(...[ann, bob].sort())],
      ]);
    } else expect([[], [ann, bob]]).toContainEqual(left);
    await expectConsistent(company);
  });

  test.each([
    ['null', null],
    ['an empty text', ''],
    ['an empty object', {}],
  ])('a description that is %s', async (spelled, sent) => {
    const { put, company, group } = await withGroup();
    const value = spelled === 'an empty object' ? {} : { description: sent };
    expect((await put({ displayName: 'Support', externalId: 'x', [GROUP_EXTENSION]: value })).status).toBe(200);
    expect((await rowOf(company, group)).description).toBe(spelled === 'an empty object' ? 'First line' : null);
  });
});

test('our own GET, sent back as Okta does, changes nothing: 200, a line, no event', async () => {
  const { company, path, put } = await withGroup();
  const { body: whole } = await company.scim('GET', path);
  const { answer, events, log } = await traced(company, () => put(whole));
  expect([answer.status, answer.body, events]).toEqual([200, whole, []]);
  expect(log).toMatchObject([{ status: 200, event_seq: null }]);
});

test('a GET without members, sent back, keeps them', async () => {
  const { company, path, put, ann, bob } = await withGroup();
  const { body: part } = await company.scim('GET', `${path}?excludedAttributes=members`);
  const { events, answer } = await traced(company, () => put({ ...part, displayName: 'Help' }));
  expect([events.map(({ type, data }) => [type, data.members_removed]), answer.body.members]).toEqual([
    [['group.renamed', NOBODY]],
    shown([ann, bob]),
  ]);
});

test('an id and meta of others in the body are passed over', async () => {
  const { company, put, group } = await withGroup();
  const other = await newGroup(company, 'Other');
  const { status, body } = await put({ ...other, displayName: 'Help' });
  expect([status, body.id, body.meta.location]).toEqual([200, group.id, group.meta.location]);
  expect((await rowOf(company, other)).display_name).toBe('Other');
});

test('members alone: the event says what really came of them', async () => {
  const { company, put, ann, bob, eve } = await withGroup({});
  const members = async (...ids) => {
    const { events } = await traced(company, () => put({ displayName: 'Support', members: named(...ids) }));
    return events.map(({ type, data }) => [type, data.members_added, data.members_removed, data.after.member_count]);
  };
  expect(await members(ann, bob, eve)).toEqual([['group.members_added', came(eve), NOBODY, 3]]);
  expect(await members(ann)).toEqual([['group.members_removed', NOBODY, came(...[bob, eve].sort()), 1]]);
  expect(await members(bob)).toEqual([['group.updated', came(bob), came(ann), 1]]);
  expect(await members(bob)).toEqual([]);
  await expectConsistent(company);
});

test.each([
  ['a pushed one', newGroup],
  ["the app's", newAppGroup],
])('onto the name of another, %s: 409 with its Location', async (_, make) => {
  const { company, put, eve } = await withGroup();
  const other = await make(company, 'Sales');
  const answer = await writingNothing(company, () => put({ displayName: ' SALES', members: named(eve) }));
  expect([answer.status, answer.body.scimType, answer.headers.get('location').endsWith(`/Groups/${other.id}`)]).toEqual(
    [409, 'uniqueness', true],
  );
});

test.each([
  ['no name', { members: [] }, 'invalidValue'],
  ['a blank name', { displayName: ' ' }, 'invalidValue'],
  ['an unknown member', { displayName: 'x', members: [{ value: 'tea_none' }] }, 'invalidValue'],
  ['a group as a member', { displayName: 'x', members: [{ value: 'grp_1', type: 'Group' }] }, 'invalidValue'],
  ['no JSON', 'x', 'invalidSyntax'],
])('%s: 400, and nothing is changed', async (_, body, scimType) => {
  const { company, put } = await withGroup();
  const answer = await writingNothing(company, () => put(body));
  expect([answer.status, answer.body.scimType]).toEqual([400, scimType]);
});

test('of a group that is not there: 404; nothing is made by PUT', async () => {
  const { company, path } = await withGroup();
  await company.scim('DELETE', path);
  for (const gone of [path, '/Groups/grp_none']) {
    const answer = await writingNothing(company, () => company.scim('PUT', gone, { displayName: 'New' }));
    expect([answer.status, answer.body]).toEqual([
      404,
      scimError(404, `No Group with the id "${gone.slice(8)}" exists here.`),
    ]);
  }
});

test.each([
  ['?excludedAttributes=members', ['displayName', 'id', 'meta', 'schemas']],
  ['?attributes=members', ['id', 'members', 'schemas']],
])('%s shows that part', async (query, parts) => {
  const { company, path, bob } = await withGroup();
  const answer = await company.scim('PUT', `${path}${query}`, {
    displayName: 'Support',
    members: named(bob),
    [GROUP_EXTENSION]: null,
  });
  const keys = Object.keys(answer.body).filter((key) => key !== GROUP_EXTENSION);
  expect([answer.status, keys.sort(), answer.headers.get('etag')]).toEqual([200, parts, 'W/"2"']);
});

test("at a connection's own endpoint: location and $ref continue its base", async () => {
  const { company, path, ann } = await withGroup();
  const base = `${inject('rollcall').baseUrl}/scim/${company.connectionId}/v2`;
  const answer = await scimWith(company.token, 'PUT', `${path}/`, { displayName: 'x', members: named(ann) }, {}, base);
  expect([answer.body.meta.location, answer.body.members]).toEqual([`${base}${path}`, shown([ann], base)]);
});

test('a PUT for its very version is done once, a second one is told', async () => {
  const { put, bob } = await withGroup();
  const body = { displayName: 'Help', members: named(bob) };
  const first = await put(body, { 'if-match': 'W/"1"' });
  const second = await put({ ...body, displayName: 'Other' }, { 'if-match': 'W/"1"' });
  expect([first.status, second.status, second.headers.get('etag')]).toEqual([200, 412, 'W/"2"']);
});

test('20 PUTs at once of different members: the last one counts, whole', async () => {
  const { company, put, group } = await withGroup();
  const ids = await newIds(company, ...Array.from({ length: 20 }, (_, number) => `user${number}`));
  const pairs = ids.map((id, place) => [id, ids[(place + 1) % ids.length]].sort());
  const { answer: answers, events } = await traced(company, () =>
    Promise.all(pairs.map((pair) => put({ displayName: 'Support', members: named(...pair) }))),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(pairs).toContainEqual(await membersOf(company, group));
  expect(events.at(-1).data.after.member_count).toBe(2);
  await expectConsistent(company);
});
