// Groups while their teammates are blocked, leave SCIM and come back: memberships are kept, and count when they do.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { membersOf, named, newGroup, newIds, rowOf, standings } from '../../support/pushed-groups.mjs';
import { newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

/** Ann and Bob are in "Support", Ann in "Sales" as well. */
async function withGroups() {
  const company = await newCompany();
  const [ann, bob] = await newIds(company, 'ann', 'bob');
  const support = await newGroup(company, 'Support', { members: named(ann, bob) });
  const sales = await newGroup(company, 'Sales', { members: named(ann) });
  /** Members as SCIM shows them, count and version. */
  const seen = async (group) => {
    const { member_count, version } = await rowOf(company, group);
    return [await membersOf(company, group), member_count, version];
  };
  return { company, ann, bob, support, sales, seen };
}

const active = (value) => patchOp({ op: 'replace', path: 'active', value });

test('blocked and unblocked: nothing of the groups changes', async () => {
  const { company, ann, bob, support, seen } = await withGroups();
  for (const value of [false, true]) {
    const { before, after } = await traced(company, () => company.scim('PATCH', `/Users/${ann}`, active(value)));
    expect([after.groups, after.memberships]).toEqual([before.groups, before.memberships]);
    expect(await seen(support)).toEqual([[ann, bob], 2, 1]);
  }
});

test('a blocked one can be added and removed', async () => {
  const { company, ann, bob, support, seen } = await withGroups();
  await company.scim('PATCH', `/Users/${ann}`, active(false));
  const members = (op) =>
    company.scim('PATCH', `/Groups/${support.id}`, patchOp({ op, path: 'members', value: named(ann) }));
  expect((await members('remove')).status).toBe(204);
  expect((await members('add')).status).toBe(204);
  expect(await seen(support)).toEqual([[ann, bob], 2, 3]);
});

describe('after SCIM DELETE', () => {
  test('not shown and not counted in any group, by one event; the version of each moves', async () => {
    const { company, ann, bob, support, sales, seen } = await withGroups();
    const tag = (await company.scim('GET', `/Groups/${support.id}`)).headers.get('etag');
    const { events } = await traced(company, () => company.scim('DELETE', `/Users/${ann}`));
    expect(events.map(({ type }) => type)).toEqual(['teammate.removed']);
    expect([await seen(support), await seen(sales)]).toEqual([
      [[bob], 1, 2],
      [[], 0, 2],
    ]);
    const again = await company.scim('GET', `/Groups/${support.id}`, undefined, { 'if-none-match': tag });
    expect([again.status, again.headers.get('etag')]).toEqual([200, 'W/"2"']);
    expect((await company.api('GET', `/groups/${support.id}`)).body.member_count).toBe(1);
    // Kept, for the app sees it still.
    expect(await standings(company, support)).toEqual({ [ann]: 'idp', [bob]: 'idp' });
    await expectConsistent(company);
  });

  test('created again, it is in its groups again', async () => {
    const { company, ann, bob, support, sales, seen } = await withGroups();
    await company.scim('DELETE', `/Users/${ann}`);
    const back = await newUser(company, { userName: 'ann@example.com' });
    expect(back.id).toBe(ann);
    expect(back.groups.map(({ value }) => value)).toEqual([support.id, sales.id]);
    expect([await seen(support), await seen(sales)]).toEqual([
      [[ann, bob], 2, 3],
      [[ann], 1, 3],
    ]);
    await expectConsistent(company);
  });

  test('unblocked in the app, too', async () => {
    const { company, ann, bob, support, seen } = await withGroups();
    await company.scim('DELETE', `/Users/${ann}`);
    await company.api('POST', `/teammates/${ann}/unblock`);
    expect(await seen(support)).toEqual([[ann, bob], 2, 3]);
  });

  test('it is unknown to groups: adding it is 400', async () => {
    const { company, ann, support } = await withGroups();
    await company.scim('DELETE', `/Users/${ann}`);
    const patch = (operation) => company.scim('PATCH', `/Groups/${support.id}`, patchOp(operation));
    const add = await writingNothing(company, () => patch({ op: 'add', path: 'members', value: named(ann) }));
    expect([add.status, add.body.scimType]).toEqual([400, 'invalidValue']);
  });

  const members = (op, more) => (support) => ['PATCH', support, patchOp({ op, path: 'members', ...more })];
  test.each([
    ['Remove with values', (ann) => members('Remove', { value: named(ann) })],
    ['remove with a value path', (ann) => members('remove', { path: `members[value eq "${ann}"]` })],
    ['remove with another filter', () => members('remove', { path: 'members[not (display eq "Bob")]' })],
    ['null for a value path', (ann) => members('replace', { path: `members[value eq "${ann}"]`, value: null })],
    ['remove of all', () => members('remove')],
    ['a list that replaces all', (_, bob) => members('replace', { value: named(bob) })],
    ['PUT without it', (_, bob) => (support) => ['PUT', support, { displayName: 'Support', members: named(bob) }]],
    ['PUT of nobody', () => (support) => ['PUT', support, { displayName: 'Support', members: [] }]],
  ])('%s takes it out, with an event: back again, it is no member', async (_, write) => {
    const { company, ann, bob, support, seen } = await withGroups();
    await company.scim('PATCH', `/Users/${bob}`, patchOp({ op: 'add', path: 'displayName', value: 'Bob' }));
    await company.scim('DELETE', `/Users/${ann}`);
    const [count, version] = (await seen(support)).slice(1);
    const { answer, events } = await traced(company, () => company.scim(...write(ann, bob)(`/Groups/${support.id}`)));
    expect(answer.status).toBeLessThan(300);
    const [{ type, data }] = events;
    expect([events.length, type, data.members_removed.ids]).toEqual([
      1,
      'group.members_removed',
      expect.arrayContaining([ann]),
    ]);
    const others = data.members_removed.count - 1;
    expect([data.before.member_count, data.after.member_count]).toEqual([count, count - others]);
    expect((await rowOf(company, support)).version).toBe(version + 1);
    const back = await newUser(company, { userName: 'ann@example.com' });
    expect([back.id, back.groups.map(({ display }) => display)]).toEqual([ann, ['Sales']]);
    expect(await membersOf(company, support)).not.toContain(ann);
    await expectConsistent(company);
  });

  test('the app takes it out, too', async () => {
    const { company, ann, bob } = await withGroups();
    const { body: own } = await company.api('POST', '/groups', { display_name: 'Own', members: [ann, bob] });
    await company.scim('DELETE', `/Users/${ann}`);
    const { answer, events } = await traced(company, () =>
      company.api('PATCH', `/groups/${own.id}/members`, { remove: [ann] }),
    );
    expect([answer.status, answer.body.member_count, events[0].data.members_removed.ids]).toEqual([200, 1, [ann]]);
    await company.api('POST', `/teammates/${ann}/unblock`);
    expect(await membersOf(company, own)).toEqual([bob]);
  });
});

test('deleted in the app, a tombstone: not shown, not counted, and back with its groups when it is added there again', async () => {
  const { company, ann, bob, support, seen } = await withGroups();
  expect((await company.api('DELETE', `/teammates/${ann}`)).status).toBe(204);
  expect(await seen(support)).toEqual([[bob], 1, 2]);
  const add = patchOp({ op: 'add', path: 'members', value: named(ann) });
  expect((await company.scim('PATCH', `/Groups/${support.id}`, add)).status).toBe(400);
  const back = await company.api('POST', '/teammates', { user_name: 'ann@example.com' });
  expect([back.status, back.body.id]).toEqual([201, ann]);
  expect((await seen(support)).slice(0, 2)).toEqual([[ann, bob], 2]);
  await expectConsistent(company);
});

test('removed and then deleted in the app: counted out once', async () => {
  const { company, ann, bob, support, seen } = await withGroups();
  await company.scim('DELETE', `/Users/${ann}`);
  await company.api('DELETE', `/teammates/${ann}`);
  expect((await seen(support)).slice(0, 2)).toEqual([[bob], 1]);
  await expectConsistent(company);
});

test('an unconfirmed member who leaves and comes back is unconfirmed still', async () => {
  const company = await newCompany();
  const [ann, bob] = await newIds(company, 'ann', 'bob');
  const made = await company.api('POST', '/groups', { display_name: 'Support', members: [ann, bob] });
  const group = await newGroup(company, 'Support');
  expect(group.id).toBe(made.body.id);
  const unconfirmed = async () => (await rowOf(company, group)).unconfirmed_members;
  await company.scim('DELETE', `/Users/${ann}`);
  expect(await unconfirmed()).toBe(1);
  await newUser(company, { userName: 'ann@example.com' });
  expect(await unconfirmed()).toBe(2);
  await company.scim('PATCH', `/Groups/${group.id}`, patchOp({ op: 'add', path: 'members', value: named(ann) }));
  await company.scim('DELETE', `/Users/${ann}`);
  expect(await unconfirmed()).toBe(1);
  await expectConsistent(company);
});

describe('at once', () => {
  test('teammates leave and come back while others add and remove them: counts equal a recount', async () => {
    const company = await newCompany();
    const names = Array.from({ length: 12 }, (_, number) => `user${number}`);
    const ids = await newIds(company, ...names);
    const groups = [await newGroup(company, 'One'), await newGroup(company, 'Two', { members: named(...ids) })];
    const change = (op, id, group) =>
      company.scim('PATCH', `/Groups/${group.id}`, patchOp({ op, path: 'members', value: named(id) }));
    const leaver = async (name, id) => {
      const statuses = [];
      for (let turn = 0; turn < 3; turn += 1) {
        statuses.push((await company.scim('DELETE', `/Users/${id}`)).status);
        statuses.push((await company.scim('POST', '/Users', { userName: `${name}@example.com` })).status);
      }
      return statuses;
    };
    const changer = async (id, place) => {
      const statuses = [];
      for (let turn = 0; turn < 8; turn += 1) {
        const group = groups[(turn + place) % 2];
        statuses.push((await change(turn % 3 === 2 ? 'remove' : 'add', id, group)).status);
      }
      return statuses;
    };
    const [left, changed] = await Promise.all([
      Promise.all(ids.map((id, place) => leaver(names[place], id))),
      Promise.all(ids.map(changer)),
    ]);
    expect(left).toEqual(ids.map(() => [204, 201, 204, 201, 204, 201]));
    // Who was gone when it was to be added is unknown; nothing else can go wrong.
    expect([...new Set(changed.flat())].sort()).toEqual(expect.arrayContaining([204]));
    expect(changed.flat().filter((status) => status !== 204 && status !== 400)).toEqual([]);
    await expectConsistent(company);
  });

  test('adopted and undone, while its members leave and come back', async () => {
    const company = await newCompany();
    const names = ['ann', 'bob', 'eve', 'dan'];
    const ids = await newIds(company, ...names);
    await company.api('POST', '/groups', { display_name: 'Support', members: ids });
    const push = async () => {
      for (let turn = 0; turn < 6; turn += 1) {
        const pushed = await company.scim('POST', '/Groups', {
          displayName: 'Support',
          members: named(...ids.slice(turn % 3)),
        });
        if (pushed.status === 201)
          expect((await company.api('POST', `/groups/${pushed.body.id}/undo_adoption`)).status).toBe(200);
        else expect(pushed.status).toBe(400);
      }
    };
    const leave = async (id, name) => {
      for (let turn = 0; turn < 3; turn += 1) {
        expect((await company.scim('DELETE', `/Users/${id}`)).status).toBe(204);
        await newUser(company, { userName: `${name}@example.com` });
      }
    };
    await Promise.all([push(), ...ids.map((id, place) => leave(id, names[place]))]);
    const [{ id }] = (await company.api('GET', '/groups')).body.results;
    expect(await membersOf(company, { id })).toEqual(ids);
    await expectConsistent(company);
  });
});
