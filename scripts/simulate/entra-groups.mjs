// Microsoft Entra ID's group provisioning: groups are created without members, which come one PATCH later. One group
// stays; another is renamed and deleted.

import { Unexpected } from './journal.mjs';
import { GROUP, TEAMMATE_GROUP, equals, mustEcho, mustHaveMembers, onlyOne, patchOf } from './scim.mjs';

// A second URN that no RFC knows comes with every group.
const OLD_GROUP = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
const DESCRIPTION = `${TEAMMATE_GROUP}:description`;

const OPERATIONS = { name: 'Operations team', objectId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900401' };
const PROJECT = { name: 'Project Artemis', objectId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900402' };

/** `id` gives the id of one of the people, by the given name. */
export function groupSteps(journal, id) {
  const ids = new Map();
  const group = ({ name }) => {
    if (!ids.has(name)) throw new Unexpected('left out, since the provisioning failed');
    return ids.get(name);
  };
  const step = (title, run) => ({ title, run });
  return [
    step(`Provision the group "${OPERATIONS.name}"`, async () =>
      ids.set(OPERATIONS.name, await provision(journal, OPERATIONS)),
    ),
    step('Its members', async () => {
      const people = [id('Margaret'), id('Edsger'), id('Zoë')];
      await change(journal, group(OPERATIONS), [add(people)], '3 members');
      await mustBe(journal, group(OPERATIONS), people);
    }),
    step('Zoë leaves it: the others are sent again', async () => {
      const people = [id('Margaret'), id('Edsger')];
      await change(journal, group(OPERATIONS), [remove([id('Zoë')])], '1 removed');
      await change(journal, group(OPERATIONS), [add(people)], 'the same again');
      await mustBe(journal, group(OPERATIONS), people);
    }),
    step('Its description changes and Barbara joins it, in one request', () =>
      describe(journal, group(OPERATIONS), id('Barbara')),
    ),
    step('Barbara leaves it again', async () => {
      await change(journal, group(OPERATIONS), [remove([id('Barbara')])], '1 removed');
      await mustBe(journal, group(OPERATIONS), [id('Margaret'), id('Edsger')]);
    }),
    step(`Provision the group "${PROJECT.name}"`, async () => {
      ids.set(PROJECT.name, await provision(journal, PROJECT));
      await change(journal, group(PROJECT), [add([id('Tony')])], '1 member');
    }),
    step('It is renamed', async () => {
      const displayName = `${PROJECT.name} II`;
      await change(
        journal,
        group(PROJECT),
        [{ op: 'Replace', path: 'displayName', value: displayName }],
        'the name',
        'group renamed',
      );
      await read(journal, group(PROJECT), { displayName });
    }),
    step('It is deleted in Entra', async () => {
      const gone = group(PROJECT);
      await journal.call('DELETE', `/Groups/${gone}`, { expect: [204], deed: 'group deleted', says: () => 'deleted' });
      await journal.call('GET', `/Groups/${gone}?excludedAttributes=members`, {
        expect: [404],
        says: () => 'gone, as it should be',
      });
    }),
  ];
}

const elements = (ids) => ids.map((value) => ({ $ref: null, value }));
const add = (ids) => ({ op: 'Add', path: 'members', value: elements(ids) });
const remove = (ids) => ({ op: 'Remove', path: 'members', value: elements(ids) });

/** A group that is there already is matched by its name, and linked. */
async function provision(journal, { name, objectId }) {
  const list = await journal.call('GET', `/Groups?excludedAttributes=members&${equals('displayName', name)}`, {
    says: (list) => (onlyOne(list) === null ? 'not there yet' : 'found'),
  });
  const found = onlyOne(list);
  if (found === null) return create(journal, name, objectId);
  const operation = { op: found.externalId ? 'Replace' : 'Add', path: 'externalId', value: objectId };
  await change(journal, found.id, [operation], 'linked', 'group linked');
  return found.id;
}

async function create(journal, displayName, externalId) {
  const group = await journal.call('POST', '/Groups', {
    body: { schemas: [GROUP, OLD_GROUP], externalId, displayName, meta: { resourceType: 'Group' } },
    expect: [201],
    deed: 'group created',
    says(group) {
      mustEcho(group, { displayName, externalId });
      return `created as ${group.id}`;
    },
  });
  return group.id;
}

async function describe(journal, id, memberId) {
  const before = await read(journal, id);
  // Another text on every run, so that there is a change to see.
  const description = before[TEAMMATE_GROUP]?.description === 'Runs the shop' ? 'Keeps the lights on' : 'Runs the shop';
  const operations = [{ op: 'Add', path: DESCRIPTION, value: description }, add([memberId])];
  await change(journal, id, operations, 'description, 1 member');
  const after = await read(journal, id);
  const found = after[TEAMMATE_GROUP]?.description;
  if (found !== description) throw new Unexpected(`the description came back as ${JSON.stringify(found)}`);
}

function change(journal, id, operations, words, deed = 'group changed') {
  return journal.call('PATCH', `/Groups/${id}`, {
    body: patchOf(...operations),
    expect: [204],
    deed,
    says: () => `changed: ${words}`,
  });
}

function read(journal, id, expected = {}) {
  return journal.call('GET', `/Groups/${id}?excludedAttributes=members`, {
    says(group) {
      mustEcho(group, { id, ...expected });
      if (group.members !== undefined) throw new Unexpected('members came though they were excluded');
      return `read: "${group.displayName}"`;
    },
  });
}

function mustBe(journal, id, people) {
  return journal.call('GET', `/Groups/${id}`, {
    says(group) {
      mustHaveMembers(group, people);
      return `read: ${people.length} members`;
    },
  });
}
