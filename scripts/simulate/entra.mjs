// Microsoft Entra ID's first sync: a non-gallery app with a bearer token, without the aadOptscim062020 flag,
// hence operations spelled Add and Replace, and `active` as a string. It sends no User-Agent.

import { randomUUID } from 'node:crypto';
import { groupSteps } from './entra-groups.mjs';
import { Unexpected } from './journal.mjs';
import { CORE, ENTERPRISE, TEAMMATE, equals, mustBeActive, mustEcho, onlyOne, patchOf } from './scim.mjs';

export const name = 'Microsoft Entra ID';

export function headers(token, hasBody) {
  return {
    Authorization: `Bearer ${token}`,
    Accept: 'application/scim+json',
    ...(hasBody && { 'Content-Type': 'application/scim+json; charset=utf-8' }),
    Connection: 'keep-alive',
  };
}

const PEOPLE = [
  {
    given: 'Margaret',
    family: 'Hamilton',
    department: 'Operations',
    template: 'Operations',
    number: '4101',
    objectId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed401',
  },
  {
    given: 'Edsger',
    family: 'Dijkstra',
    department: 'Support',
    template: 'Support squad',
    number: '4102',
    objectId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed402',
  },
  {
    given: 'Barbara',
    family: 'Liskov',
    department: 'Sales',
    template: 'Sales',
    number: '4103',
    objectId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed403',
  },
  {
    given: 'Tony',
    family: 'Hoare',
    department: 'Research',
    number: '4104',
    objectId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed404',
  },
  {
    given: 'Zoë',
    family: 'Müller',
    login: 'zoe.mueller',
    department: 'Support',
    number: '4105',
    objectId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed405',
  },
];
const [margaret, edsger, barbara, tony] = PEOPLE;
/** @param {{ given: string, family: string, login?: string }} person */
const userNameOf = ({ given, family, login }) => `${login ?? `${given}.${family}`.toLowerCase()}@entra.example.com`;

/** `templates` maps a template's name to its id; without one, the person goes without. */
export function steps(journal, templates) {
  const ids = new Map();
  const step = (title, run) => ({ title, run });
  return [
    // Without it the admin cannot save the connection.
    { title: 'Test Connection', vital: true, run: () => testConnection(journal) },
    ...PEOPLE.map((person) =>
      step(`Provision ${userNameOf(person)}`, async () => ids.set(person, await provision(journal, person, templates))),
    ),
    step('Margaret becomes the manager of Edsger', () => setManager(journal, known(ids, edsger), known(ids, margaret))),
    step("Barbara's profile changes in Entra", () => changeProfile(journal, known(ids, barbara))),
    step('Edsger is disabled in Entra', () => setActive(journal, known(ids, edsger), false)),
    step('Edsger returns', () => comesBack(journal, edsger)),
    step('Tony is deleted in Entra: disabled at once, removed thirty days later', () =>
      remove(journal, known(ids, tony)),
    ),
    step('Tony is hired again', () => hireAgain(journal, tony, known(ids, tony), templates)),
    ...groupSteps(journal, (given) =>
      known(
        ids,
        PEOPLE.find((person) => person.given === given),
      ),
    ),
  ];
}

function known(ids, person) {
  if (!ids.has(person)) throw new Unexpected('left out, since the provisioning failed');
  return ids.get(person);
}

async function testConnection(journal) {
  await journal.call('GET', `/Users?${equals('userName', randomUUID())}`, {
    says(list) {
      if (onlyOne(list) !== null) throw new Unexpected('a random userName was found');
      return 'the token is good; nobody has that random name';
    },
  });
}

async function lookUp(journal, person) {
  const list = await journal.call('GET', `/Users?${equals('userName', userNameOf(person))}`, {
    says: (list) =>
      onlyOne(list) === null ? 'not there yet' : `found, ${onlyOne(list).active ? 'active' : 'blocked'}`,
  });
  return onlyOne(list);
}

async function provision(journal, person, templates) {
  const found = await lookUp(journal, person);
  return found === null ? create(journal, person, templates) : link(journal, person, found);
}

async function create(journal, person, templates, deed = 'created') {
  const userName = userNameOf(person);
  const template = templates.get(person.template);
  const body = {
    schemas: [CORE, ENTERPRISE],
    externalId: person.objectId,
    userName,
    active: true,
    displayName: `${person.given} ${person.family}`,
    emails: [{ primary: true, type: 'work', value: userName }],
    meta: { resourceType: 'User' },
    name: { formatted: `${person.given} ${person.family}`, familyName: person.family, givenName: person.given },
    roles: [],
    [ENTERPRISE]: { department: person.department, employeeNumber: person.number },
    // Entra does not name a custom extension in `schemas`, and sends the display name of the app role.
    ...(template && { [TEAMMATE]: { template: `${person.template}: ${template}` } }),
  };
  const user = await journal.call('POST', '/Users', {
    body,
    expect: [201],
    deed,
    says(user) {
      mustEcho(user, { userName, externalId: person.objectId });
      mustBeActive(user, true);
      return `${deed} as ${user.id}${template ? `, template ${person.template}` : ''}`;
    },
  });
  return user.id;
}

/** Somebody who is there already is brought up to date. */
async function link(journal, person, found) {
  const deed = found.active ? 'linked' : 'unblocked';
  await patch(journal, found.id, {
    operations: [
      ...(found.active ? [] : [{ op: 'Replace', path: 'active', value: 'True' }]),
      { op: found.externalId ? 'Replace' : 'Add', path: 'externalId', value: person.objectId },
      { op: 'Replace', path: 'displayName', value: `${person.given} ${person.family}` },
    ],
    deed,
    active: true,
    words: deed,
  });
  return found.id;
}

async function setManager(journal, id, managerId) {
  await patch(journal, id, {
    // A bare string where the schema has an object.
    operations: [{ op: 'Add', path: `${ENTERPRISE}:manager`, value: managerId }],
    deed: 'changed',
    words: 'changed: the manager is set',
  });
}

async function changeProfile(journal, id) {
  const before = await read(journal, id);
  // Another title on every run, so that there is a change to see.
  const title = before.title === 'Regional lead' ? 'Senior regional lead' : 'Regional lead';
  const after = await patch(journal, id, {
    operations: [
      { op: before.title ? 'Replace' : 'Add', path: 'title', value: title },
      { op: 'Replace', path: 'name.familyName', value: 'Liskov' },
      // Nothing matches the first time: the element is made.
      { op: 'Replace', path: 'phoneNumbers[type eq "work"].value', value: '+1 555 0100' },
      { op: 'Replace', path: `${ENTERPRISE}:department`, value: 'Sales EMEA' },
    ],
    deed: 'changed',
    words: 'changed: title, phone, department',
  });
  if (after !== null && after.title !== title)
    throw new Unexpected(`title came back as ${JSON.stringify(after.title)}`);
}

function setActive(journal, id, active) {
  return patch(journal, id, {
    operations: [{ op: 'Replace', path: 'active', value: active ? 'True' : 'False' }],
    deed: active ? 'unblocked' : 'blocked',
    active,
    words: active ? 'unblocked: same id, works again' : 'blocked: the seat is free',
  });
}

async function comesBack(journal, person) {
  const found = await lookUp(journal, person);
  if (found === null) throw new Unexpected('a blocked user was not found: Entra would create it a second time');
  await setActive(journal, found.id, true);
}

async function remove(journal, id) {
  await setActive(journal, id, false);
  await journal.call('DELETE', `/Users/${id}`, {
    expect: [204],
    deed: 'removed',
    says: () => 'removed from the directory',
  });
  await journal.call('GET', `/Users/${id}`, { expect: [404], says: () => 'gone, as it should be' });
}

async function hireAgain(journal, person, formerId, templates) {
  const found = await lookUp(journal, person);
  if (found !== null) throw new Unexpected('a removed user was found');
  const id = await create(journal, person, templates, 'brought back');
  if (id !== formerId) throw new Unexpected(`the same person came back as ${id}, not as ${formerId}`);
}

function read(journal, id) {
  return journal.call('GET', `/Users/${id}`, { says: (user) => `read: ${user?.active ? 'active' : 'blocked'}` });
}

function patch(journal, id, { operations, deed, active = undefined, words }) {
  return journal.call('PATCH', `/Users/${id}`, {
    body: patchOf(...operations),
    expect: [200, 204],
    deed,
    says(user) {
      if (user !== null && active !== undefined) mustBeActive(user, active);
      return words;
    },
  });
}
