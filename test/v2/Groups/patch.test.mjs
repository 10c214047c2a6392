// PATCH /Groups/{id}: what comes of one request, wholly or not at all.

import { describe, expect, inject, test } from 'vitest';
import { scimWith } from '../../support/client.mjs';
import { came, membersOf, newIds, rowOf, shown } from '../../support/pushed-groups.mjs';
import { GROUP, GROUP_EXTENSION, patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';
import { add, replaceAll, removeListed, removeOne, rename, FOR_NOTHING, withGroup } from './patched.mjs';

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
