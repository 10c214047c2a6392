// Okta's group push. One group is pushed the way of a private app, by PUT of the final list; another the way of an
// app from Okta's catalogue, by PATCH, and is unlinked and deleted in the end.

import { Unexpected } from './journal.mjs';
import { GROUP, equals, mustEcho, mustHaveMembers, onlyOne, patchOf } from './scim.mjs';

const SUPPORT = 'Customer support';
const PROJECT = 'Project Apollo';
const RENAMED = 'Project Apollo 11';

/** `id` gives the id of one of the people, by the given name. */
export function groupSteps(journal, id) {
  const ids = new Map();
  const group = (name) => {
    if (!ids.has(name)) throw new Unexpected('left out, since the push failed');
    return ids.get(name);
  };
  const step = (title, run) => ({ title, run });
  return [
    step(`Push the group "${SUPPORT}"`, async () => {
      ids.set(SUPPORT, await push(journal, SUPPORT));
      await putMembers(journal, group(SUPPORT), [id('Ada'), id('Seán')]);
    }),
    step('Alan joins it, Seán leaves it', () => putMembers(journal, group(SUPPORT), [id('Ada'), id('Alan')])),
    step("Ada's profile names the group", () => mustBeIn(journal, id('Ada'), group(SUPPORT))),
    step(`Push the group "${PROJECT}", the way of a catalogue app`, async () => {
      ids.set(PROJECT, await push(journal, PROJECT));
      await patchMembers(journal, { id: group(PROJECT), name: PROJECT, add: [id('Grace'), id('Katherine')] });
      await readMembers(journal, group(PROJECT), [id('Grace'), id('Katherine')]);
    }),
    step('Katherine leaves it, Alan joins it', async () => {
      await patchMembers(journal, { id: group(PROJECT), name: PROJECT, remove: [id('Katherine')], add: [id('Alan')] });
      await readMembers(journal, group(PROJECT), [id('Grace'), id('Alan')]);
    }),
    step(`It is renamed to "${RENAMED}"`, () => rename(journal, group(PROJECT), RENAMED)),
    step('It is unlinked, and deleted in the app', () => remove(journal, group(PROJECT))),
    step('Import of groups', () => importGroups(journal)),
  ];
}

/** "Find groups by name": one that is there is linked and not created again. */
async function push(journal, displayName) {
  const list = await journal.call('GET', `/Groups?${equals('displayName', displayName)}&startIndex=1&count=100`, {
    says: (list) => (onlyOne(list) === null ? 'not there yet' : 'found: it is linked'),
  });
  const found = onlyOne(list);
  if (found !== null) return found.id;
  const group = await journal.call('POST', '/Groups', {
    // Members come afterwards.
    body: { schemas: [GROUP], displayName, members: [] },
    expect: [201],
    deed: 'group created',
    says(group) {
      mustEcho(group, { displayName });
      return `created as ${group.id}`;
    },
  });
  return group.id;
}

/** The server's own answer goes back with the final list in it. */
async function putMembers(journal, id, people) {
  const before = await journal.call('GET', `/Groups/${id}`, { says: (group) => `read: ${members(group)}` });
  const body = { ...before, members: people.map((value) => ({ value })) };
  await journal.call('PUT', `/Groups/${id}`, {
    body,
    deed: 'group changed',
    says(group) {
      mustEcho(group, { id, displayName: before.displayName });
      mustHaveMembers(group, people);
      return `changed: ${members(group)}`;
    },
  });
}

/** The name comes along with every change of members. */
async function patchMembers(journal, { id, name, remove = [], add }) {
  await patch(journal, id, {
    operations: [
      { op: 'replace', value: { id, displayName: name } },
      ...remove.map((value) => ({ op: 'remove', path: `members[value eq "${value}"]` })),
      { op: 'add', path: 'members', value: add.map((value) => ({ value })) },
    ],
    deed: 'group changed',
    words: `changed: ${add.length} added${remove.length > 0 ? `, ${remove.length} removed` : ''}`,
  });
}

async function rename(journal, id, displayName) {
  await patch(journal, id, {
    operations: [{ op: 'replace', value: { id, displayName } }],
    deed: 'group renamed',
    words: 'renamed: same id',
  });
  await journal.call('GET', `/Groups/${id}`, {
    says(group) {
      mustEcho(group, { id, displayName });
      return `read: "${displayName}"`;
    },
  });
}

function patch(journal, id, { operations, deed, words }) {
  return journal.call('PATCH', `/Groups/${id}`, {
    body: patchOf(...operations),
    expect: [200, 204],
    deed,
    says: () => words,
  });
}

function readMembers(journal, id, people) {
  return journal.call('GET', `/Groups/${id}`, {
    says(group) {
      mustHaveMembers(group, people);
      return `read: ${members(group)}`;
    },
  });
}

async function mustBeIn(journal, userId, groupId) {
  await journal.call('GET', `/Users/${userId}`, {
    says(user) {
      const group = user?.groups?.find(({ value }) => value === groupId);
      if (!group) throw new Unexpected('the user does not show the group that was pushed');
      return `read: in "${group.display}"`;
    },
  });
}

async function remove(journal, id) {
  await journal.call('DELETE', `/Groups/${id}`, { expect: [204], deed: 'group deleted', says: () => 'deleted' });
  await journal.call('GET', `/Groups/${id}`, { expect: [404], says: () => 'gone, as it should be' });
}

function importGroups(journal) {
  return journal.call('GET', '/Groups?startIndex=1&count=100', {
    says: (page) => `${page?.Resources?.length} of ${page?.totalResults} groups`,
  });
}

function members(group) {
  const count = group?.members?.length ?? 0;
  return `${count} ${count === 1 ? 'member' : 'members'}`;
}
