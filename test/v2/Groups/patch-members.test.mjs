// PATCH /Groups/{id}: who comes and who goes.

import { describe, expect, test } from 'vitest';
import { came, membersOf, newGroup, NOBODY } from '../../support/pushed-groups.mjs';
import { GROUP, patchOp, scimError } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';
import { add, replaceAll, removeListed, removeOne, rename, FOR_NOTHING, withGroup } from './patched.mjs';

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
