// A pushed group with the name of one that the app made is that one: same id, from then on the identity provider's.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
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
  standings,
} from '../../support/pushed-groups.mjs';
import { GROUP, GROUP_EXTENSION, patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

/** A company with Ann, Bob and Eve; Ann and Bob are in its app's own group "Support". */
async function withAppGroup(more) {
  const company = await newCompany();
  const [ann, bob, eve] = await newIds(company, 'ann', 'bob', 'eve');
  const group = await newAppGroup(company, 'Support', { members: [ann, bob], description: 'First line', ...more });
  return { company, group, ann, bob, eve };
}

const app = async (company, { id }) => (await company.api('GET', `/groups/${id}`)).body;
const unconfirmedOf = async (company, { id }) =>
  (await company.api('GET', `/groups/${id}/members?confirmed=false`)).body.results.map((member) => member.id);
const add = (...ids) => patchOp({ op: 'add', path: 'members', value: named(...ids) });

test('a group of the app is there for SCIM before it is adopted', async () => {
  const { company, group, ann, bob } = await withAppGroup();
  const { status, body } = await company.scim('GET', `/Groups/${group.id}`);
  expect([status, body]).toEqual([
    200,
    {
      schemas: [GROUP, GROUP_EXTENSION],
      id: group.id,
      displayName: 'Support',
      [GROUP_EXTENSION]: { description: 'First line' },
      meta: { ...body.meta, resourceType: 'Group', version: 'W/"1"' },
      members: shown([ann, bob]),
    },
  ]);
});

describe('POST', () => {
  test('without members, as Entra pushes: the old ones stay, unconfirmed', async () => {
    const { company, group, ann, bob } = await withAppGroup();
    const pushed = { schemas: [GROUP], displayName: '  SUPPORT ', externalId: '8aa1' };
    const { answer, events, log } = await traced(company, () => company.scim('POST', '/Groups', pushed));
    expect([answer.status, answer.headers.get('location')]).toEqual([201, answer.body.meta.location]);
    expect(answer.body).toEqual({
      schemas: [GROUP, GROUP_EXTENSION],
      id: group.id,
      externalId: '8aa1',
      displayName: '  SUPPORT ',
      [GROUP_EXTENSION]: { description: 'First line' },
      meta: { ...answer.body.meta, created: group.created_at, version: 'W/"2"' },
      members: shown([ann, bob]),
    });
    const adopted = await app(company, group);
    expect(adopted).toEqual({
      ...group,
      display_name: '  SUPPORT ',
      external_id: '8aa1',
      idp_managed: true,
      unconfirmed_members: 2,
      before_adoption: { display_name: 'Support', external_id: null, description: 'First line', attributes: {} },
      version: 2,
      updated_at: adopted.updated_at,
    });
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      [
        'group.adopted',
        {
          before: group,
          after: adopted,
          members_added: NOBODY,
          members_removed: NOBODY,
        },
      ],
    ]);
    expect(log).toMatchObject([{ status: 201, resource_id: group.id, event_seq: events[0].seq, sent: pushed }]);
    expect(await unconfirmedOf(company, group)).toEqual([ann, bob]);
    await expectConsistent(company);
  });

  test.each([
    ['an empty list', []],
    ['null', null],
  ])('with %s of members is the same', async (_, members) => {
    const { company, group, ann, bob } = await withAppGroup();
    const pushed = await newGroup(company, 'Support', { members });
    expect([pushed.id, pushed.members]).toEqual([group.id, shown([ann, bob])]);
    expect(await unconfirmedOf(company, group)).toEqual([ann, bob]);
  });

  test('with members, they replace the old ones and all are confirmed', async () => {
    const { company, group, ann, bob, eve } = await withAppGroup();
    const { answer, events } = await traced(company, () =>
      company.scim('POST', '/Groups', { displayName: 'Support', members: named(bob, eve) }),
    );
    expect([answer.status, answer.body.id, answer.body.members]).toEqual([201, group.id, shown([bob, eve])]);
    expect(events.map(({ type, data }) => [type, data.members_added, data.members_removed])).toEqual([
      ['group.adopted', came(eve), came(ann)],
    ]);
    expect(await app(company, group)).toMatchObject({ member_count: 2, unconfirmed_members: 0 });
    // Ann is kept for an undo.
    expect(await standings(company, group)).toEqual({ [ann]: 'gone', [bob]: 'both', [eve]: 'idp' });
    await expectConsistent(company);
  });

  test('a description of its own takes the place of the old one, and a null takes it away', async () => {
    for (const [sent, kept] of [
      ['Second line', 'Second line'],
      [null, null],
    ]) {
      const { company, group } = await withAppGroup();
      await newGroup(company, 'Support', { [GROUP_EXTENSION]: { description: sent } });
      const adopted = await app(company, group);
      expect([adopted.description, adopted.before_adoption.description]).toEqual([kept, 'First line']);
    }
  });

  test('with an unknown member nothing is adopted', async () => {
    const { company, group, bob } = await withAppGroup();
    const call = () => company.scim('POST', '/Groups', { displayName: 'Support', members: named(bob, 'tea_none') });
    const { status, body } = await writingNothing(company, call);
    expect([status, body.scimType]).toEqual([400, 'invalidValue']);
    expect(await app(company, group)).toEqual(group);
  });

  test('once it is adopted, the name is taken: 409 with Location', async () => {
    const { company, group } = await withAppGroup();
    await newGroup(company, 'Support');
    const answer = await writingNothing(company, () => company.scim('POST', '/Groups', { displayName: 'support' }));
    expect([
      answer.status,
      answer.body.scimType,
      answer.headers.get('location').endsWith(`/Groups/${group.id}`),
    ]).toEqual([409, 'uniqueness', true]);
  });

  test('20 at once: one adopts, the others find the name taken', async () => {
    const { company, group, ann, bob } = await withAppGroup();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => company.scim('POST', '/Groups', { displayName: 'Support' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    expect(answers.find(({ status }) => status === 201).body.id).toBe(group.id);
    expect(await membersOf(company, group)).toEqual([ann, bob]);
    await expectConsistent(company);
  });

  test('a deleted group of the app is not adopted: a new one is made', async () => {
    const { company, group } = await withAppGroup();
    await company.api('DELETE', `/groups/${group.id}`);
    expect((await newGroup(company, 'Support')).id).not.toBe(group.id);
  });

  test('the user of a member shows it under its new name', async () => {
    const { company, group, ann } = await withAppGroup();
    await newGroup(company, 'SUPPORT');
    expect((await company.scim('GET', `/Users/${ann}`)).body.groups).toMatchObject([
      { value: group.id, display: 'SUPPORT' },
    ]);
  });
});

describe('of one that the identity provider found by its name', () => {
  test('PATCH that adds somebody, as Entra and Okta do: that one is confirmed, the others are not', async () => {
    const { company, group, ann, bob, eve } = await withAppGroup();
    const { answer, events } = await traced(company, () => company.scim('PATCH', `/Groups/${group.id}`, add(bob, eve)));
    expect([answer.status, answer.headers.get('etag')]).toEqual([204, 'W/"2"']);
    expect(events.map(({ type, data }) => [type, data.members_added, data.after.unconfirmed_members])).toEqual([
      ['group.adopted', came(eve), 1],
    ]);
    expect(await unconfirmedOf(company, group)).toEqual([ann]);
    expect(await app(company, group)).toMatchObject({ idp_managed: true, member_count: 3, unconfirmed_members: 1 });
    await expectConsistent(company);
  });

  test('PATCH that changes nothing but who owns it', async () => {
    const { company, group } = await withAppGroup();
    const body = patchOp({ op: 'replace', path: 'displayName', value: 'Support' });
    const { answer, events } = await traced(company, () => company.scim('PATCH', `/Groups/${group.id}`, body));
    expect([answer.status, events.map(({ type }) => type)]).toEqual([204, ['group.adopted']]);
    const again = await traced(company, () => company.scim('PATCH', `/Groups/${group.id}`, body));
    expect([again.answer.status, again.answer.headers.get('etag'), again.events, again.log.length]).toEqual([
      204,
      'W/"2"',
      [],
      1,
    ]);
    await expectConsistent(company);
  });

  test('PATCH that renames it', async () => {
    const { company, group, ann, bob } = await withAppGroup();
    await company.scim(
      'PATCH',
      `/Groups/${group.id}`,
      patchOp({ op: 'replace', value: { displayName: 'Help', externalId: 'x' } }),
    );
    expect(await app(company, group)).toMatchObject({
      display_name: 'Help',
      external_id: 'x',
      unconfirmed_members: 2,
      before_adoption: { display_name: 'Support', external_id: null, description: 'First line', attributes: {} },
    });
    expect(await membersOf(company, group)).toEqual([ann, bob]);
    // The old name is free.
    expect((await newGroup(company, 'Support')).id).not.toBe(group.id);
  });

  test('PATCH that removes who is no member', async () => {
    const { company, group, ann, bob, eve } = await withAppGroup();
    const remove = patchOp({ op: 'remove', path: `members[value eq "${eve}"]` });
    expect((await company.scim('PATCH', `/Groups/${group.id}`, remove)).status).toBe(204);
    expect(await unconfirmedOf(company, group)).toEqual([ann, bob]);
  });

  test('PUT with members, and PUT without', async () => {
    const first = await withAppGroup();
    const { company, group, ann, bob, eve } = first;
    const put = (body) => company.scim('PUT', `/Groups/${group.id}`, { displayName: 'Support', ...body });
    const { answer, events } = await traced(company, () => put({ members: named(ann, eve) }));
    expect([answer.status, answer.body.members]).toEqual([200, shown([ann, eve])]);
    expect(events.map(({ type, data }) => [type, data.members_added, data.members_removed])).toEqual([
      ['group.adopted', came(eve), came(bob)],
    ]);
    const other = await withAppGroup();
    await other.company.scim('PUT', `/Groups/${other.group.id}`, { displayName: 'Support' });
    expect(await unconfirmedOf(other.company, other.group)).toEqual([other.ann, other.bob]);
    await expectConsistent(company);
    await expectConsistent(other.company);
  });

  test('PUT of an empty list of members empties it', async () => {
    const { company, group } = await withAppGroup();
    await company.scim('PUT', `/Groups/${group.id}`, { displayName: 'Support', members: [] });
    expect(await app(company, group)).toMatchObject({ member_count: 0, unconfirmed_members: 0 });
  });

  test('DELETE deletes it, and the app can restore it with its members', async () => {
    const { company, group, ann, bob } = await withAppGroup();
    expect((await company.scim('DELETE', `/Groups/${group.id}`)).status).toBe(204);
    expect((await company.api('POST', `/groups/${group.id}/restore`)).status).toBe(200);
    expect(await app(company, group)).toMatchObject({ idp_managed: false, member_count: 2, before_adoption: null });
    expect(await membersOf(company, group)).toEqual([ann, bob]);
  });

  test.each([
    ['PATCH that names somebody unknown', 'PATCH', (_) => add('tea_none'), {}, 400],
    [
      'PATCH onto a name that is taken',
      'PATCH',
      (_) => patchOp({ op: 'replace', path: 'displayName', value: 'Sales' }),
      {},
      409,
    ],
    [
      'PATCH that can not be read to its end',
      'PATCH',
      ({ eve }) => ({ Operations: [...add(eve).Operations, { op: 'x' }] }),
      {},
      400,
    ],
    ['PATCH of another version', 'PATCH', ({ eve }) => add(eve), { 'if-match': 'W/"7"' }, 412],
    ['PUT without a name', 'PUT', (_) => ({}), {}, 400],
    ['GET', 'GET', (_) => undefined, {}, 200],
  ])('%s does not adopt it', async (_, method, body, headers, expected) => {
    const around = await withAppGroup();
    const { company, group } = around;
    await newAppGroup(company, 'Sales');
    const call = () => company.scim(method, `/Groups/${group.id}`, body(around), headers);
    expect((await writingNothing(company, call)).status).toBe(expected);
    expect(await app(company, group)).toEqual(group);
  });
});

describe('members who were there before', () => {
  test('are confirmed when the identity provider names them, by one event and a new version', async () => {
    const { company, group, ann, bob } = await withAppGroup();
    await newGroup(company, 'Support');
    const { answer, events } = await traced(company, () => company.scim('PATCH', `/Groups/${group.id}`, add(ann)));
    expect([answer.status, answer.headers.get('etag')]).toEqual([204, 'W/"3"']);
    expect(events.map(({ type, data }) => [type, data.members_added, data.members_removed])).toEqual([
      ['group.members_confirmed', NOBODY, NOBODY],
    ]);
    const [{ data }] = events;
    expect([data.before.unconfirmed_members, data.after.unconfirmed_members, data.after.member_count]).toEqual([
      2, 1, 2,
    ]);
    expect(await unconfirmedOf(company, group)).toEqual([bob]);
    // Naming them once more changes nothing.
    const again = await traced(company, () => company.scim('PATCH', `/Groups/${group.id}`, add(ann)));
    expect([again.answer.status, again.events]).toEqual([204, []]);
    await expectConsistent(company);
  });

  test('are confirmed by a PUT and by a replace of all, and those who are not named go', async () => {
    for (const [method, body] of [
      ['PUT', /** @type {any} */ ((ids) => ({ displayName: 'Support', members: named(...ids) }))],
      ['PATCH', (ids) => patchOp({ op: 'replace', path: 'members', value: named(...ids) })],
    ]) {
      const { company, group, ann, bob, eve } = await withAppGroup();
      await newGroup(company, 'Support');
      const { events } = await traced(company, () => company.scim(method, `/Groups/${group.id}`, body([bob, eve])));
      expect(events.map(({ type, data }) => [type, data.members_added, data.members_removed])).toEqual([
        ['group.updated', came(eve), came(ann)],
      ]);
      expect(await app(company, group)).toMatchObject({ member_count: 2, unconfirmed_members: 0 });
      expect(await standings(company, group)).toEqual({ [ann]: 'gone', [bob]: 'both', [eve]: 'idp' });
      await expectConsistent(company);
    }
  });

  test('are removed by the identity provider like any other', async () => {
    const { company, group, ann, bob } = await withAppGroup();
    await newGroup(company, 'Support');
    const body = patchOp({ op: 'remove', path: `members[value eq "${ann}"]` });
    const { events } = await traced(company, () => company.scim('PATCH', `/Groups/${group.id}`, body));
    expect(events.map(({ type, data }) => [type, data.members_removed, data.after.unconfirmed_members])).toEqual([
      ['group.members_removed', came(ann), 1],
    ]);
    expect(await unconfirmedOf(company, group)).toEqual([bob]);
    await expectConsistent(company);
  });

  test('can be dropped by an admin, who can change no other member', async () => {
    const { company, group, ann, bob } = await withAppGroup();
    await company.scim('PATCH', `/Groups/${group.id}`, add(ann));
    const { answer, events } = await traced(company, () =>
      company.api('POST', `/groups/${group.id}/members/drop_unconfirmed`),
    );
    expect(answer.status).toBe(200);
    expect(events.map(({ type, data }) => [type, data.members_removed])).toEqual([
      ['group.members_removed', came(bob)],
    ]);
    expect(await membersOf(company, group)).toEqual([ann]);
    expect((await company.api('PUT', `/groups/${group.id}/members`, { members: [] })).status).toBe(409);
  });
});

describe('the adoption undone', () => {
  test('brings back what it was, and it can be adopted again', async () => {
    const { company, group, ann, bob, eve } = await withAppGroup();
    await newGroup(company, 'SUPPORT', {
      externalId: 'x',
      members: named(bob, eve),
      [GROUP_EXTENSION]: { description: 'Other' },
    });
    await company.scim('PATCH', `/Groups/${group.id}`, patchOp({ op: 'replace', path: 'displayName', value: 'Help' }));
    const undone = await company.api('POST', `/groups/${group.id}/undo_adoption`);
    expect([undone.status, undone.body]).toEqual([200, { ...group, version: 4, updated_at: undone.body.updated_at }]);
    expect(await membersOf(company, group)).toEqual([ann, bob]);
    expect(await standings(company, group)).toEqual({ [ann]: 'app', [bob]: 'app' });
    const again = await newGroup(company, 'support', { members: named(eve) });
    expect([again.id, again.members, again.meta.version]).toEqual([group.id, shown([eve]), 'W/"5"']);
    await expectConsistent(company);
  });

  test('a member who was removed from SCIM in between is back with the others', async () => {
    const { company, group, ann, bob } = await withAppGroup();
    await newGroup(company, 'Support', { members: named(ann) });
    await company.scim('DELETE', `/Users/${bob}`);
    await company.api('POST', `/groups/${group.id}/undo_adoption`);
    expect([await membersOf(company, group), (await rowOf(company, group)).member_count]).toEqual([[ann], 1]);
    await company.api('POST', `/teammates/${bob}/unblock`);
    expect([await membersOf(company, group), (await rowOf(company, group)).member_count]).toEqual([[ann, bob], 2]);
    await expectConsistent(company);
  });
});
