// Random PATCHes of a group, in the spellings that identity providers use: after each, the group is what the same
// operations, one by one, make of a set.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { choices } from '../../support/random-json.mjs';
import { GROUP, GROUP_EXTENSION, newGroup, newUsers, patchOp } from '../../support/scim.mjs';

const RUNS = 8;
const PATCHES = 12;
const NOBODY = 'tea_nobody';
const DESCRIPTION = `${GROUP_EXTENSION}:description`;

const seed = Number(process.env.ROLLCALL_SEED) || Math.floor(Math.random() * 1e9);

test.concurrent.each(Array.from({ length: RUNS }, (_, run) => [seed + run]))('seed %d', async (seed) => {
  const company = await newCompany();
  const users = await newUsers(company, ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example']);
  const teammates = users.map(({ id }) => id);
  // The first is called as the last, and nobody else is called so.
  for (const [place, displayName] of ['Ada', 'Bob', undefined, 'ADA'].entries())
    if (displayName)
      await company.scim(
        'PATCH',
        `/Users/${teammates[place]}`,
        patchOp({ op: 'add', path: 'displayName', value: displayName }),
      );
  const path = `/Groups/${(await newGroup(company)).id}`;
  const draw = drawing(seed, teammates);
  let group = { displayName: 'Support', members: new Set() };
  const statuses = [];
  for (let round = 0; round < PATCHES; round += 1) {
    const steps = draw.steps();
    const after = applied(steps, group, teammates);
    const body = patchOp(...steps.map((step) => draw.spelled(step)));
    const answer = await company.scim('PATCH', path, body);
    const said = `${round}: ${JSON.stringify(body.Operations)} on ${JSON.stringify([...group.members])}: ${answer.body?.detail}`;
    expect(answer.status, said).toBe(after ? 204 : 400);
    statuses.push(answer.status);
    group = after ?? group;
    const read = await company.scim('GET', path);
    expect(stateOf(read.body), said).toEqual({ ...group, members: [...group.members].sort() });
    if (after) expect(answer.headers.get('etag'), said).toBe(read.body.meta.version);
  }
  // Not all of them refused, whatever was drawn.
  expect(statuses).toContain(204);
});

function stateOf({ displayName, externalId, [GROUP_EXTENSION]: extension, members }) {
  return { displayName, externalId, ...extension, members: members.map(({ value }) => value).sort() };
}

/** What the operations come to, one after the other; null where one of them is refused. */
function applied(steps, before, teammates) {
  const group = { ...before, members: new Set(before.members) };
  for (const { kind, ids = [], text } of steps) {
    const stays = WHO_STAYS[kind];
    if (stays) {
      for (const id of [...group.members]) if (!stays(id, ids, teammates)) group.members.delete(id);
      continue;
    }
    const adds = ['add', 'addOne', 'set'].includes(kind);
    if (adds && !ids.every((id) => teammates.includes(id))) return null;
    if (kind === 'set' || kind === 'removeAll') group.members.clear();
    for (const id of ids) {
      if (adds) group.members.add(id);
      else group.members.delete(id);
    }
    if (text !== undefined) group[kind] = text === '' ? undefined : text;
  }
  return group;
}

/** Of removals by what is true of a member: who is not chosen. */
const WHO_STAYS = {
  removeEither: (id, ids) => !ids.includes(id),
  removeOthers: (id, [one]) => id === one,
  removeNamed: (id, _, [ada, , , alike]) => id !== ada && id !== alike,
  removeUnnamed: (id, _, teammates) => id !== teammates[2],
  removeUsers: () => false,
  removeGroups: () => true,
};

function drawing(seed, teammates) {
  const { below, of } = choices(seed);
  const teammate = () => (below(30) ? of(teammates) : NOBODY);
  const some = () => Array.from({ length: below(4) }, teammate);
  const KINDS = {
    add: () => ({ ids: some() }),
    addOne: () => ({ ids: [teammate()] }),
    remove: () => ({ ids: some() }),
    removeOne: () => ({ ids: [teammate()] }),
    nullOne: () => ({ ids: [teammate()] }),
    set: () => ({ ids: some() }),
    removeAll: () => ({}),
    removeEither: () => ({ ids: [teammate(), teammate()] }),
    removeOthers: () => ({ ids: [teammate()] }),
    removeNamed: () => ({}),
    removeUnnamed: () => ({}),
    removeUsers: () => ({}),
    removeGroups: () => ({}),
    displayName: () => ({ text: of(['Support', 'SUPPORT', ' Sales ', 'Tier 2', 'é']) }),
    externalId: () => ({ text: of(['E-1', 'e-1', '']) }),
    description: () => ({ text: of(['First line', 'Zweite Reihe ü', '']) }),
  };
  const OFTEN = ['add', 'add', 'add', 'remove', 'remove', 'removeOne', ...Object.keys(KINDS)];
  const step = () => {
    const kind = of(OFTEN);
    return { kind, ...KINDS[kind]() };
  };

  const element = (value) =>
    of([
      { value },
      { value, display: 'someone', $ref: null },
      { VALUE: value, type: 'User', $ref: `../Users/${value}` },
      value,
    ]);
  const list = (ids) =>
    ids.length === 1 && below(3) === 0 ? element(ids[0]) : [...ids.map(element), ...(below(9) ? [] : [null])];
  const members = () => of(['members', 'Members', 'MEMBERS', `${GROUP}:members`]);
  const chosen = (id) =>
    of([`members[value eq "${id}"]`, `Members[VALUE Eq "${id}"]`, `${GROUP}:members[value eq "${id}"]`]);
  const add = () => of(['add', 'Add', 'ADD']);
  const replace = () => of(['replace', 'Replace']);
  const remove = () => of(['remove', 'Remove']);
  const SPELLED = {
    add: ({ ids }) =>
      of([
        { op: add(), path: members(), value: list(ids) },
        { op: add(), value: { [members()]: list(ids) } },
      ]),
    addOne: ({ ids: [id] }) =>
      of([
        { op: add(), path: chosen(id) },
        { op: add(), path: chosen(id), value: { display: 'someone' } },
        { op: replace(), path: chosen(id), value: [{ value: id }] },
        { op: add(), value: { [chosen(id)]: {} } },
      ]),
    remove: ({ ids }) => ({ op: remove(), path: members(), value: list(ids) }),
    removeOne: ({ ids: [id] }) => ({ op: remove(), path: chosen(id) }),
    nullOne: ({ ids: [id] }) => ({ op: replace(), path: chosen(id), value: null }),
    set: ({ ids }) =>
      of([
        { op: replace(), path: members(), value: list(ids) },
        { op: replace(), value: { [members()]: list(ids) } },
      ]),
    removeAll: () =>
      of([
        { op: remove(), path: members() },
        { op: remove(), path: members(), value: null },
      ]),
    removeEither: ({ ids: [one, other] }) => chosenBy(`value eq "${one}" or value eq "${other}"`),
    removeOthers: ({ ids: [id] }) =>
      chosenBy(of([`value ne "${id}"`, `not ($ref ew "/Users/${id}" and type eq "User")`])),
    removeNamed: () =>
      chosenBy(of(['display eq "ada"', 'display sw "A" and type eq "user"', 'not (not (display co "D"))'])),
    removeUnnamed: () => chosenBy(of(['not (display pr)', 'display eq null'])),
    removeUsers: () => chosenBy(of(['type eq "User"', 'value pr', '$ref co "/Users/"'])),
    removeGroups: () => chosenBy('type eq "Group"'),
    displayName: ({ text }) =>
      of([
        { op: replace(), path: 'displayName', value: text },
        { op: replace(), value: { id: 'grp_1', displayName: text } },
        { op: add(), path: `${GROUP}:DISPLAYNAME`, value: text },
      ]),
    externalId: ({ text }) => textOf('externalId', text),
    description: ({ text }) =>
      below(4) === 0
        ? { op: replace(), value: { [GROUP_EXTENSION]: { description: text || null } } }
        : textOf(of([DESCRIPTION, DESCRIPTION.toUpperCase(), `${GROUP_EXTENSION}:2.0:Group:description`]), text),
  };
  const chosenBy = (filter) => ({
    ...of([{ op: remove() }, { op: replace(), value: null }]),
    path: `members[${filter}]`,
  });
  const textOf = (path, text) =>
    text
      ? of([
          { op: add(), path, value: text },
          { op: replace(), value: { [path]: text } },
        ])
      : of([
          { op: remove(), path },
          { op: replace(), path, value: '' },
          { op: replace(), value: { [path]: null } },
        ]);
  return {
    steps: () => Array.from({ length: 1 + below(4) }, step),
    spelled: (drawn) => SPELLED[drawn.kind](drawn),
  };
}
