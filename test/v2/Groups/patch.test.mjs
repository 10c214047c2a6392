// PATCH /Groups/{id}: what comes of one request, wholly or not at all.

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
import { GROUP, GROUP_EXTENSION, patchOp, scimError } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

/** A company with Ann, Bob, Eve and Dan; Ann and Bob are in the pushed group "Support". */
async function withGroup(more) {
  const company = await newCompany();
  const [ann, bob, eve, dan] = await newIds(company, 'ann', 'bob', 'eve', 'dan');
  const group = await newGroup(company, 'Support', { members: named(ann, bob), ...more });
  const path = `/Groups/${group.id}`;
  return {
    ...{ company, group, path, ann, bob, eve, dan },
    patch: (operations, headers, query = '') =>
      company.scim('PATCH', `${path}${query}`, patchOp(...[operations].flat()), headers),
  };
}

const add = (...ids) => ({ op: 'add', path: 'members', value: named(...ids) });
const replaceAll = (...ids) => ({ op: 'replace', path: 'members', value: named(...ids) });
const removeListed = (...ids) => ({ op: 'remove', path: 'members', value: named(...ids) });
const removeOne = (id) => ({ op: 'remove', path: `members[value eq "${id}"]` });
const rename = (value) => ({ op: 'replace', path: 'displayName', value });
const FOR_NOTHING = 'remove: not everybody whom it is about was a member, so that there was nothing to do for them.';

describe('what it answers', () => {
  test('204 with the new version and without a body', async () => {
    const { company, patch, path, eve } = await withGroup();
    const answer = await patch(add(eve));
    expect([answer.status, answer.body, answer.headers.get('etag'), answer.headers.get('content-type')]).toEqual([
      204,
      null,
      'W/"2"',
      null,
    ]);
    expect((await company.scim('GET', path)).headers.get('etag')).toBe('W/"2"');
  });

  test.each([
    ['?attributes=displayName', { displayName: 'Support' }],
    ['?attributes=externalId', {}],
    ['?excludedAttributes=members,meta,externalId', { displayName: 'Support' }],
    ['?attributes=members.value', (ids) => ({ members: ids.map((value) => ({ value })) })],
    ['?attributes=displayName&aadOptscim062020', { displayName: 'Support' }],
  ])('200 with the part that %s asks for', async (query, part) => {
    const { group, patch, ann, bob, eve } = await withGroup();
    const answer = await patch(add(eve), {}, query);
    const expected = typeof part === 'function' ? part([ann, bob, eve]) : part;
    expect([answer.status, answer.headers.get('etag'), answer.body]).toEqual([
      200,
      'W/"2"',
      { schemas: [GROUP], id: group.id, ...expected },
    ]);
  });

  test('200 with all but the members', async () => {
    const { company, path, patch, eve } = await withGroup({ externalId: 'x', [GROUP_EXTENSION]: { description: 'd' } });
    const answer = await patch([add(eve), rename('Help')], {}, '?excludedAttributes=members');
    const { members: _, ...shownAfter } = (await company.scim('GET', path)).body;
    expect([answer.status, answer.body]).toEqual([200, shownAfter]);
    expect(shownAfter).toMatchObject({ displayName: 'Help', externalId: 'x', meta: { version: 'W/"2"' } });
  });

  test.each(['?attributes=', '?excludedAttributes=', '?aadOptscim062020', '/?nonsense=1'])(
    '204 with %s: no part is asked for',
    async (query) => {
      const { patch, eve } = await withGroup();
      expect((await patch(add(eve), {}, query)).status).toBe(204);
    },
  );

  test("at a connection's own endpoint $ref and location continue its base", async () => {
    const { company, path, ann, bob } = await withGroup();
    const base = `${inject('rollcall').baseUrl}/scim/${company.connectionId}/v2`;
    const body = patchOp(rename('Help'));
    const answer = await scimWith(company.token, 'PATCH', `${path}?attributes=members,meta`, body, {}, base);
    expect(answer.body.members).toEqual(shown([ann, bob], base));
    expect(answer.body.meta.location).toBe(`${base}${path}`);
  });
});

describe('members', () => {
  test('added: one event that names them, one line, rows for those who came', async () => {
    const { company, path, group, patch, ann, bob, eve, dan } = await withGroup();
    const { answer, events, log, after } = await traced(company, () => patch(add(dan, ann, eve, dan)));
    expect(answer.status).toBe(204);
    expect(events).toMatchObject([
      { type: 'group.members_added', token_id: company.tokenId, request_id: answer.headers.get('x-request-id') },
    ]);
    const [{ seq, data }] = events;
    expect([data.members_added, data.members_removed]).toEqual([came(...[dan, eve].sort()), NOBODY]);
    expect([data.before.member_count, data.after.member_count, data.before.version, data.after.version]).toEqual([
      2, 4, 1, 2,
    ]);
    expect(log).toMatchObject([
      {
        method: 'PATCH',
        path: `/v2${path}`,
        status: 204,
        resource_id: group.id,
        event_seq: seq,
        quirks: [],
        notes: [],
      },
    ]);
    expect(after.groups).toMatchObject([{ member_count: 4, version: 2, definition: 1 }]);
    expect(after.memberships.map(({ teammate_id }) => teammate_id)).toEqual([ann, bob, eve, dan].sort());
    await expectConsistent(company);
  });

  test('added who are there already: 204, a line, no event, no new version', async () => {
    const { company, patch, ann, bob } = await withGroup();
    const { answer, events, log, before, after } = await traced(company, () => patch(add(bob, ann)));
    expect([answer.status, answer.headers.get('etag'), events]).toEqual([204, 'W/"1"', []]);
    expect(log).toMatchObject([{ status: 204, event_seq: null }]);
    expect([after.groups, after.memberships]).toEqual([before.groups, before.memberships]);
  });

  test('removed by a value path', async () => {
    const { company, patch, group, ann, bob } = await withGroup();
    const { answer, events } = await traced(company, () => patch(removeOne(ann)));
    expect([answer.status, events.map(({ type, data }) => [type, data.members_removed])]).toEqual([
      204,
      [['group.members_removed', came(ann)]],
    ]);
    expect(await membersOf(company, group)).toEqual([bob]);
    await expectConsistent(company);
  });

  test.each([
    ['no member', ({ eve }) => eve],
    ['nobody at all', () => 'tea_none'],
    ['a group', ({ group }) => group.id],
    ['no id', () => ''],
  ])(
    'removed by a value path that names %s: 204 as ever, noted in the log, and the rest is done (decision 4)',
    async (_, of) => {
      const around = await withGroup();
      const { company, patch, ann, bob } = around;
      const gone = of(around);
      const { answer, events, log } = await traced(company, () => patch([removeOne(bob), removeOne(gone)]));
      expect([answer.status, events.map(({ data }) => data.members_removed)]).toEqual([204, [came(bob)]]);
      expect(log[0].notes).toEqual([FOR_NOTHING]);
      // Alone, it is no event.
      const alone = await traced(company, () => patch(removeOne(gone)));
      expect([alone.answer.status, alone.events, alone.log[0].notes, alone.log[0].status]).toEqual([
        204,
        [],
        [FOR_NOTHING],
        204,
      ]);
      expect(alone.answer.headers.get('etag')).toBe('W/"2"');
      // And one who is there is not noted.
      const found = await traced(company, () => patch(removeOne(ann)));
      expect([found.events.length, found.log[0].notes]).toEqual([1, []]);
    },
  );

  test('removed by a value path that can be no id: 400, and nothing of the request is applied', async () => {
    const { company, patch, bob } = await withGroup();
    const answer = await writingNothing(company, () =>
      patch([removeOne(bob), rename('x'), removeOne('x'.repeat(2000))]),
    );
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
  });

  test('removed by values: those who are in it go, the others are passed over (decision 5)', async () => {
    const { company, patch, group, ann, bob, eve } = await withGroup();
    const { answer, events, log } = await traced(company, () => patch(removeListed(eve, bob, 'tea_none')));
    expect([answer.status, events.map(({ data }) => data.members_removed)]).toEqual([204, [came(bob)]]);
    expect(log[0].quirks).toEqual([{ quirk: 'remove_by_value', at: 'members' }]);
    expect(await membersOf(company, group)).toEqual([ann]);
    const again = await traced(company, () => patch(removeListed(eve, bob)));
    expect([again.answer.status, again.events, again.log.length]).toEqual([204, [], 1]);
  });

  test.each([
    ['[]', []],
    ['null', null],
    ['absent', undefined],
  ])('remove members with value %s', async (spelled, value) => {
    const { company, patch, group, ann, bob } = await withGroup();
    const { answer } = await traced(company, () => patch({ op: 'remove', path: 'members', value }));
    expect(answer.status).toBe(204);
    // An empty list names nobody. Nothing at all asks for all of them (RFC 7644 section 3.5.2.2).
    expect(await membersOf(company, group), spelled).toEqual(spelled === '[]' ? [ann, bob] : []);
    await expectConsistent(company);
  });

  test('replaced: those who are named, and no others', async () => {
    const { company, patch, group, ann, bob, eve } = await withGroup();
    const { answer, events } = await traced(company, () => patch(replaceAll(eve, bob)));
    expect([answer.status, events.map(({ type, data }) => [type, data.members_added, data.members_removed])]).toEqual([
      204,
      [['group.updated', came(eve), came(ann)]],
    ]);
    expect(await membersOf(company, group)).toEqual([bob, eve]);
    const same = await traced(company, () => patch(replaceAll(bob, eve)));
    expect([same.answer.status, same.events]).toEqual([204, []]);
    await patch(replaceAll());
    expect(await membersOf(company, group)).toEqual([]);
    await expectConsistent(company);
  });

  test('who are unknown: 400 that lists them, and nothing is applied', async () => {
    const { company, patch, eve } = await withGroup();
    const answer = await writingNothing(company, () => patch([rename('x'), add(eve, 'tea_2'), add('tea_1')]));
    const detail =
      'No teammate has the id "tea_1", "tea_2". Provision the users first, or take them out of the group in your identity provider; nothing was changed.';
    expect([answer.status, answer.body]).toEqual([400, scimError(400, detail, 'invalidValue')]);
  });

  test('who are unknown are refused, though a later operation takes them out again', async () => {
    const { company, patch } = await withGroup();
    const answer = await writingNothing(company, () => patch([add('tea_none'), removeListed('tea_none')]));
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
  });

  test('which are groups: a clear 400', async () => {
    const { company, group, patch } = await withGroup();
    const inner = await newGroup(company, 'Inner');
    const typed = { op: 'add', path: 'members', value: [{ value: inner.id, type: 'Group' }] };
    const answer = await writingNothing(company, () => patch(typed));
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining('groups are not nested here')]);
    const itself = await writingNothing(company, () => patch(add(group.id)));
    expect([itself.status, itself.body.detail]).toEqual([
      400,
      expect.stringContaining(`Groups are not nested here: take "${group.id}" out of the group`),
    ]);
  });

  test.each([
    ['Entra', { op: 'Add', path: 'members', value: [{ $ref: null, value: 'EVE' }] }],
    ['a single object', { op: 'add', path: 'members', value: { value: 'EVE' } }],
    ['a text', { op: 'add', path: 'members', value: 'EVE' }],
    ['a list of texts', { op: 'add', path: 'members', value: ['EVE'] }],
    ['without a path', { op: 'add', value: { members: [{ value: 'EVE' }] } }],
    ['by its URN', { op: 'add', path: `${GROUP}:members`, value: [{ value: 'EVE' }] }],
    ['in upper case', { op: 'ADD', path: 'MEMBERS', value: [{ VALUE: 'EVE' }] }],
    ['by a filter that nobody matches (decision 4)', { op: 'add', path: 'members[value eq "EVE"]', value: {} }],
  ])('added in another spelling: %s', async (_, operation) => {
    const { company, patch, group, ann, bob, eve } = await withGroup();
    expect((await patch(JSON.parse(JSON.stringify(operation).replaceAll('EVE', eve)))).status).toBe(204);
    expect(await membersOf(company, group)).toEqual([ann, bob, eve]);
  });

  test.each([
    ['two ids', 'value eq "ANN" or value eq "BOB"', []],
    ['an id and the type', 'value eq "ANN" and type eq "User"', ['bob']],
    ['the type', 'type eq "user"', []],
    ['another type', 'type eq "Group"', ['ann', 'bob']],
    ['a name', 'display eq "ANN"', ['bob'], 'Ann'],
    ['no name', 'not (display pr)', ['ann'], 'Ann'],
    ['the beginning of an id', 'value sw "tea"', []],
    ['all ids', 'value pr', []],
    ['no id', 'value eq "ANN" and value eq "BOB"', ['ann', 'bob']],
    ['all but one', 'not (value eq "ANN")', ['ann']],
    ['its URI', '$ref ew "/Users/ANN"', ['bob']],
    ['a relative URI', '$ref eq "../Users/ANN"', ['bob']],
  ])('chosen by %s', async (_, filter, stay, displayName) => {
    const around = await withGroup();
    const { company, patch, group, ann, bob } = around;
    if (displayName)
      await company.scim('PATCH', `/Users/${ann}`, patchOp({ op: 'add', path: 'displayName', value: displayName }));
    // A name in the filter stays one.
    const ids = displayName ? filter : filter.replace('ANN', ann).replace('BOB', bob);
    const { answer, events, log } = await traced(company, () => patch({ op: 'remove', path: `members[${ids}]` }));
    expect([answer.status, await membersOf(company, group)]).toEqual([204, stay.map((name) => around[name])]);
    const gone = ['ann', 'bob'].filter((name) => !stay.includes(name)).map((name) => around[name]);
    expect(events.map(({ type, data }) => [type, data.members_removed])).toEqual(
      gone.length > 0 ? [['group.members_removed', came(...gone)]] : [],
    );
    expect(log[0].notes).toEqual(gone.length > 0 ? [] : [FOR_NOTHING]);
    await expectConsistent(company);
  });

  test.each([
    ['the type, of one', 'members[type eq "User"]', [{ value: 'ANN' }], ['bob']],
    ['an id, of another', 'members[value eq "ANN"]', [{ value: 'BOB' }], ['ann', 'bob']],
    ['a name, of two', 'members[display eq "Ann"]', [{ value: 'ANN' }, { value: 'BOB' }], ['bob']],
    ['a name, of another', 'members[display eq "Ann"]', 'BOB', ['ann', 'bob']],
    ['the type, of no value', 'members[type eq "User"]', [], []],
  ])('chosen by a filter and a value, which both have to be met (decision 5): %s', async (_, path, value, stay) => {
    const around = await withGroup();
    const { company, patch, group, ann, bob } = around;
    await company.scim('PATCH', `/Users/${ann}`, patchOp({ op: 'add', path: 'displayName', value: 'Ann' }));
    const operation = JSON.stringify({ op: 'remove', path, value }).replaceAll('ANN', ann).replaceAll('BOB', bob);
    const { answer, events } = await traced(company, () => patch(JSON.parse(operation)));
    expect([answer.status, await membersOf(company, group)]).toEqual([204, stay.map((name) => around[name])]);
    const gone = ['ann', 'bob'].filter((name) => !stay.includes(name)).map((name) => around[name]);
    expect(events.map(({ type, data }) => [type, data.members_removed])).toEqual(
      gone.length > 0 ? [['group.members_removed', came(...gone)]] : [],
    );
    await expectConsistent(company);
  });

  test('chosen by a filter among those whom the request itself adds and removes', async () => {
    const { company, patch, group, ann, bob, eve, dan } = await withGroup();
    const others = (id) => ({ op: 'remove', path: `members[value ne "${id}"]` });
    const { answer, events } = await traced(company, () =>
      patch([add(eve, dan), removeOne(ann), others(eve), add(bob), rename('Two')]),
    );
    expect([answer.status, await membersOf(company, group)]).toEqual([204, [bob, eve].sort()]);
    expect(events.map(({ type, data }) => [type, data.members_added, data.members_removed])).toEqual([
      ['group.renamed', came(eve), came(ann)],
    ]);
    await expectConsistent(company);
  });

  test('a value for those whom a filter chooses: nobody becomes another', async () => {
    const { company, patch, group, ann, bob, eve } = await withGroup();
    const change = (filter, value) => patch({ op: 'replace', path: `members[${filter}]`, value });
    const refused = await writingNothing(company, () => change('type eq "User"', { value: eve }));
    expect([refused.status, refused.body.scimType]).toEqual([400, 'mutability']);
    expect((await change(`not (value eq "${bob}")`, { value: ann, display: 'Ann' })).status).toBe(204);
    expect((await change('display eq "Eve"', { value: eve })).status).toBe(204);
    expect(await membersOf(company, group)).toEqual([ann, bob, eve]);
    const nobody = await writingNothing(company, () => change('display co "Zoe"', { display: 'Zoe' }));
    expect([nobody.status, nobody.body.scimType]).toEqual([400, 'noTarget']);
  });

  test('a filter that names what no member has: 400 invalidFilter', async () => {
    const { company, patch } = await withGroup();
    const answer = await writingNothing(company, () => patch({ op: 'remove', path: 'members[colour eq "red"]' }));
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidFilter']);
  });

  test.each([
    ['members.value', 'x'],
    ['members[value eq "ANN"].value', 'tea_other'],
    ['members[value eq "ANN"].display', 'Ann'],
  ])('changed inside, %s: refused, or passed over where it is read-only', async (path, value) => {
    const { company, patch, group, ann, bob } = await withGroup();
    const answer = await patch({ op: 'replace', path: path.replace('ANN', ann), value });
    expect(
      answer.status === 204 || (answer.status === 400 && answer.body.scimType === 'mutability'),
      JSON.stringify(answer.body),
    ).toBe(true);
    expect(await membersOf(company, group)).toEqual([ann, bob]);
  });
});

describe('the definition', () => {
  test('renamed: same id, one event group.renamed, the old name is free', async () => {
    const { company, group, path, patch, ann, bob } = await withGroup();
    const { answer, events } = await traced(company, () => patch(rename(' Help desk ')));
    expect(answer.status).toBe(204);
    expect(
      events.map(({ type, data }) => [type, data.before.display_name, data.after.display_name, data.after.version]),
    ).toEqual([['group.renamed', 'Support', ' Help desk ', 2]]);
    const { body } = await company.scim('GET', path);
    expect([body.id, body.displayName, body.members]).toEqual([group.id, ' Help desk ', shown([ann, bob])]);
    expect((await company.scim('POST', '/Groups', { displayName: 'help DESK' })).status).toBe(409);
    expect((await newGroup(company, 'Support')).id).not.toBe(group.id);
    await expectConsistent(company);
  });

  test('renamed in letter case alone: it is its own name', async () => {
    const { patch, company, group } = await withGroup();
    expect((await patch(rename('SUPPORT '))).status).toBe(204);
    expect((await rowOf(company, group)).display_name).toBe('SUPPORT ');
  });

  test.each([
    ['a pushed one', newGroup],
    ["the app's", newAppGroup],
  ])('renamed onto the name of another, %s: 409 with its Location', async (_, make) => {
    const { company, patch, eve } = await withGroup();
    const other = await make(company, 'Sales');
    const answer = await writingNothing(company, () => patch([add(eve), rename('sales ')]));
    expect([
      answer.status,
      answer.body.scimType,
      answer.headers.get('location').endsWith(`/Groups/${other.id}`),
    ]).toEqual([409, 'uniqueness', true]);
  });

  test('two groups change names by way of a third', async () => {
    const { company, patch, group } = await withGroup();
    const other = await newGroup(company, 'Sales');
    const patchOther = (value) => company.scim('PATCH', `/Groups/${other.id}`, patchOp(rename(value)));
    for (const [call, name] of [
      [/** @type {any} */ (patch), 'Temp'],
      [null, 'Support'],
      [patch, 'Sales'],
    ])
      expect((await (call ? call(rename(name)) : patchOther(name))).status).toBe(204);
    expect([(await rowOf(company, group)).display_name, (await rowOf(company, other)).display_name]).toEqual([
      'Sales',
      'Support',
    ]);
  });

  test.each([
    ['blank', rename(' ')],
    ['null', rename(null)],
    ['removed', { op: 'remove', path: 'displayName' }],
    ['too long', rename('x'.repeat(1025))],
    ['an object', rename({ value: 'x' })],
  ])('a name that is %s: 400, and nothing is applied', async (_, operation) => {
    const { company, patch, eve } = await withGroup();
    const answer = await writingNothing(company, () => patch([add(eve), operation]));
    expect([answer.status, answer.body.schemas]).toEqual([400, scimError(400, '').schemas]);
  });

  test('externalId and description, set and taken away, by group.updated', async () => {
    const { company, path, patch } = await withGroup();
    const description = `${GROUP_EXTENSION}:description`;
    const { events } = await traced(company, () =>
      patch([
        { op: 'add', path: 'externalId', value: 'x' },
        { op: 'replace', path: description, value: 'First line' },
      ]),
    );
    expect(events.map(({ type, data }) => [type, data.after.external_id, data.after.description])).toEqual([
      ['group.updated', 'x', 'First line'],
    ]);
    const shownThen = (await company.scim('GET', path)).body;
    expect([shownThen.externalId, shownThen[GROUP_EXTENSION]]).toEqual(['x', { description: 'First line' }]);
    await patch([
      { op: 'remove', path: description },
      { op: 'replace', path: 'externalId', value: '' },
    ]);
    const shownLater = (await company.scim('GET', path)).body;
    expect([shownLater.externalId, shownLater.schemas]).toEqual([undefined, [GROUP]]);
  });

  test.each([
    ['its path', { op: 'add', path: `${GROUP_EXTENSION}:description`, value: 'New' }],
    ["Entra's path", { op: 'Add', path: `${GROUP_EXTENSION}:2.0:Group:description`, value: 'New' }],
    ['the URN', { op: 'replace', path: GROUP_EXTENSION, value: { description: 'New' } }],
    ['the URN as a key', { op: 'replace', value: { [GROUP_EXTENSION]: { description: 'New' } } }],
    ['the path as a key', { op: 'add', value: { [`${GROUP_EXTENSION}:description`]: 'New' } }],
  ])('the description by %s', async (_, operation) => {
    const { company, group, patch } = await withGroup({ [GROUP_EXTENSION]: { description: 'Old' } });
    expect((await patch(operation)).status).toBe(204);
    expect((await rowOf(company, group)).description).toBe('New');
  });

  test('the extension removed as a whole takes the description away', async () => {
    const { company, group, patch } = await withGroup({ [GROUP_EXTENSION]: { description: 'Old' } });
    expect((await patch({ op: 'remove', path: GROUP_EXTENSION })).status).toBe(204);
    expect((await rowOf(company, group)).description).toBe(null);
  });

  test('set to what it is: 204, a line and no event', async () => {
    const { company, patch } = await withGroup({ externalId: 'x' });
    const body = [rename('Support'), { op: 'replace', path: 'externalId', value: 'x' }];
    const { answer, events, log } = await traced(company, () => patch(body));
    expect([answer.status, answer.headers.get('etag'), events, log.length]).toEqual([204, 'W/"1"', [], 1]);
  });
});

describe('several operations', () => {
  test('are applied in their order', async () => {
    const { company, group, patch, ann, bob, eve, dan } = await withGroup();
    const { answer, events } = await traced(company, () =>
      patch([
        add(eve),
        removeOne(eve),
        removeListed(ann),
        add(ann),
        replaceAll(bob, dan),
        removeOne(bob),
        rename('One'),
        rename('Two'),
      ]),
    );
    expect([answer.status, events.length]).toEqual([204, 1]);
    expect(events[0]).toMatchObject({
      type: 'group.renamed',
      data: { members_added: came(dan), members_removed: came(...[ann, bob].sort()) },
    });
    expect([await membersOf(company, group), (await rowOf(company, group)).display_name]).toEqual([[dan], 'Two']);
    await expectConsistent(company);
  });

  test('a member removed by path twice: gone, and noted', async () => {
    const { company, patch, ann } = await withGroup();
    const { answer, events, log } = await traced(company, () => patch([removeOne(ann), removeOne(ann)]));
    expect([answer.status, events.map(({ data }) => data.members_removed)]).toEqual([204, [came(ann)]]);
    expect(log[0].notes).toEqual([FOR_NOTHING]);
  });

  test.each([
    ['an unknown op', { op: 'move', path: 'members' }, 'invalidSyntax'],
    ['an unknown path', { op: 'replace', path: 'colour', value: 'red' }, 'invalidPath'],
    ['a broken path', { op: 'replace', path: 'members[', value: [] }, undefined],
    ['no value', { op: 'replace', path: 'displayName' }, undefined],
    ['a read-only path', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ['a member that is a number', { op: 'add', path: 'members', value: [{ value: 7 }] }, 'invalidValue'],
  ])('one that can not be used, %s: 400, and nothing of the others is applied', async (_, operation, scimType) => {
    const { company, patch, eve, ann } = await withGroup();
    const answer = await writingNothing(company, () => patch([add(eve), removeOne(ann), rename('x'), operation]));
    expect(answer.status, JSON.stringify(answer.body)).toBe(400);
    if (scimType) expect(answer.body.scimType).toBe(scimType);
  });

  test('read-only attributes that are echoed are passed over', async () => {
    const { company, group, patch } = await withGroup();
    const { answer, events } = await traced(company, () =>
      patch({ op: 'replace', value: { id: group.id, displayName: 'Help', meta: group.meta, schemas: group.schemas } }),
    );
    expect([answer.status, events.map(({ type }) => type)]).toEqual([204, ['group.renamed']]);
    // Okta's "update group name" (its documentation) repeats the id.
    const okta = { op: 'replace', value: { id: group.id, displayName: 'Test SCIMv2' } };
    expect((await patch(okta)).status).toBe(204);
  });

  test('no operations, and none at all', async () => {
    const { company, path } = await withGroup();
    for (const body of [{ Operations: [] }, {}, patchOp()]) {
      const answer = await company.scim('PATCH', path, body);
      expect([204, 400]).toContain(answer.status);
    }
    expect((await rowOf(company, { id: path.split('/').at(-1) })).version).toBe(1);
  });

  test('1,001 operations are too many', async () => {
    const { company, patch, eve } = await withGroup();
    const answer = await writingNothing(company, () => patch(Array(1001).fill(add(eve))));
    expect(answer.status).toBe(400);
  });

  test('1,000 operations, each of another kind of trouble for SQL', async () => {
    const { company, group, patch, ann, bob, eve } = await withGroup();
    const operations = Array.from({ length: 250 }, () => [
      add(eve),
      removeOne(eve),
      removeListed(ann),
      add(ann, bob),
    ]).flat();
    expect((await patch(operations)).status).toBe(204);
    expect(await membersOf(company, group)).toEqual([ann, bob]);
    await expectConsistent(company);
  });
});

describe('of a group that is not there', () => {
  test('404, whatever is asked', async () => {
    const { company, path, eve } = await withGroup();
    await company.scim('DELETE', path);
    for (const gone of [
      path,
      '/Groups/grp_none',
      `/Groups/${eve}`,
      `/Groups/${'x'.repeat(5000)}`,
      '/Groups/%00',
      '/Groups/%F0%9F%A6%80',
      '/Groups/%ff%fe',
      "/Groups/'%20OR%201=1",
    ]) {
      for (const operation of [add(eve), removeOne(eve), rename('x'), add('tea_none'), { op: 'nope' }]) {
        const answer = await writingNothing(company, () => company.scim('PATCH', gone, patchOp(operation)));
        expect([gone.slice(0, 40), answer.status]).toEqual([
          gone.slice(0, 40),
          operation.op === 'nope' ? answer.status : 404,
        ]);
        expect([400, 404]).toContain(answer.status);
      }
    }
  });

  test('a body that can not be read is told first', async () => {
    const { company } = await withGroup();
    expect((await company.scim('PATCH', '/Groups/grp_none', '{')).status).toBe(400);
  });

  test('GET, PUT, DELETE and HEAD of strange ids are 404, too', async () => {
    const { company } = await withGroup();
    for (const id of [
      'x'.repeat(5000),
      '%00',
      '%F0%9F%A6%80',
      '%ff%fe',
      "'",
      '%2F',
      '..%2f..',
      '*',
      '?'.replace('?', '%3F'),
    ])
      for (const [method, body] of [['GET'], ['HEAD'], ['PUT', { displayName: 'x' }], ['DELETE']]) {
        const { status } = await company.scim(method, `/Groups/${id}`, body);
        expect([id.slice(0, 20), method, status]).toEqual([id.slice(0, 20), method, 404]);
      }
  });
});

describe('many at once', () => {
  test('each is told the version that it made, and no other', async () => {
    const { company, path, patch } = await withGroup();
    const ids = await newIds(company, ...Array.from({ length: 30 }, (_, number) => `user${number}`));
    const answers = await Promise.all(ids.map((id) => patch(add(id))));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 204));
    const { after } = await traced(company, async () => {});
    const versions = new Map(
      after.events
        .filter(({ type }) => type === 'group.members_added')
        .map(({ request_id, data }) => [request_id, data.after.version]),
    );
    for (const answer of answers)
      expect(answer.headers.get('etag')).toBe(`W/"${versions.get(answer.headers.get('x-request-id'))}"`);
    expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(30);
    const added = after.events.filter(({ type }) => type === 'group.members_added');
    for (const [place, { data }] of added.entries())
      if (place) expect(data.before).toEqual(added[place - 1].data.after);
    expect((await company.scim('GET', path)).headers.get('etag')).toBe('W/"31"');
    await expectConsistent(company);
  });

  test('who changed nothing in between is told a version that was there', async () => {
    const { company, patch, ann, eve } = await withGroup();
    const answers = await Promise.all(
      [add(eve), add(ann), removeListed(eve), add(ann), add(eve)].map((operation) => patch(operation)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(204));
    await expectConsistent(company);
  });

  test('30 removals of one member by its path: one is done, the others are noted', async () => {
    const { company, patch, ann } = await withGroup();
    const { answer, events, log } = await traced(company, () =>
      Promise.all(Array.from({ length: 30 }, () => patch(removeOne(ann)))),
    );
    expect(answer.map(({ status }) => status)).toEqual(Array(30).fill(204));
    expect(events.length).toBe(1);
    expect(log.filter(({ notes }) => notes.includes(FOR_NOTHING)).length).toBe(29);
    await expectConsistent(company);
  });

  test('30 renames: each name is the group’s at its time, and the last one stays', async () => {
    const { company, patch, group } = await withGroup();
    const { answer: answers, events } = await traced(company, () =>
      Promise.all(Array.from({ length: 30 }, (_, number) => patch(rename(`Name ${number}`)))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(204));
    expect(events.map(({ type }) => type)).toEqual(Array(30).fill('group.renamed'));
    // Each event begins where the one before it ended.
    for (const [place, { data }] of events.entries())
      if (place) expect(data.before).toEqual(events[place - 1].data.after);
    expect((await rowOf(company, group)).display_name).toBe(events.at(-1).data.after.display_name);
    await expectConsistent(company);
  });
});
