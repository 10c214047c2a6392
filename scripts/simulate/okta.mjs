// Okta's first sync: a private app of the App Integration Wizard, HTTP Header authentication. It updates by
// GET and PUT of the merged whole, and blocks the same way; one person is blocked as an app from Okta's
// catalogue does it, by PATCH.

import { Unexpected } from './journal.mjs';
import { groupSteps } from './okta-groups.mjs';
import { CORE, CUSTOM_FIELDS, ENTERPRISE, equals, mustBeActive, mustEcho, onlyOne, patchOf } from './scim.mjs';

export const name = 'Okta';

export function headers(token, hasBody) {
  return {
    Authorization: `Bearer ${token}`,
    'User-Agent': 'Okta SCIM Client 1.0.0',
    Accept: 'application/scim+json',
    'Accept-Charset': 'utf-8',
    'Accept-Encoding': 'gzip,deflate',
    ...(hasBody && { 'Content-Type': 'application/scim+json; charset=utf-8' }),
    Connection: 'close',
  };
}

const PEOPLE = [
  {
    given: 'Ada',
    family: 'Lovelace',
    department: 'Support',
    template: 'Support squad',
    oktaId: '00u1rc0adaLovelace5d7',
  },
  { given: 'Grace', family: 'Hopper', department: 'Sales', template: 'Sales', oktaId: '00u1rc0graceHopper5d7' },
  { given: 'Alan', family: 'Turing', department: 'Research', oktaId: '00u1rc0alanTuringg5d7' },
  {
    given: 'Katherine',
    family: 'Johnson',
    department: 'Operations',
    template: 'Operations',
    oktaId: '00u1rc0kathJohnson5d7',
  },
  { given: 'Seán', family: "O'Brien", login: "sean.o'brien", department: 'Support', oktaId: '00u1rc0seanOBrienn5d7' },
];
const [, grace, alan, katherine] = PEOPLE;
/** @param {{ given: string, family: string, login?: string }} person */
const userNameOf = ({ given, family, login }) => `${login ?? `${given}.${family}`.toLowerCase()}@okta.example.com`;

/** `templates` maps a template's name to its id; without one, the person goes without. */
export function steps(journal, templates) {
  const ids = new Map();
  const step = (title, run) => ({ title, run });
  return [
    // Without it the admin cannot save the connection.
    { title: 'Test API Credentials', vital: true, run: () => testCredentials(journal) },
    ...PEOPLE.map((person) =>
      step(`Assign ${userNameOf(person)}`, async () => ids.set(person, await assign(journal, person, templates))),
    ),
    step(`Grace's profile changes in Okta`, () => changeProfile(journal, known(ids, grace))),
    step('Unassign Alan', () => setActiveByPut(journal, known(ids, alan), false)),
    step('Deactivate Katherine, the way of a catalogue app', () =>
      setActiveByPatch(journal, known(ids, katherine), false),
    ),
    step('Assign Alan again', () => assign(journal, alan, templates)),
    step('Reactivate Katherine', () => setActiveByPatch(journal, known(ids, katherine), true)),
    step('Import', () => importUsers(journal)),
    ...groupSteps(journal, (given) =>
      known(
        ids,
        PEOPLE.find((person) => person.given === given),
      ),
    ),
  ];
}

function known(ids, person) {
  if (!ids.has(person)) throw new Unexpected('left out, since the assignment failed');
  return ids.get(person);
}

async function testCredentials(journal) {
  await journal.call('GET', '/Users?startIndex=1&count=2', {
    says: (list) => `the token is good; ${list?.totalResults} users so far`,
  });
}

async function assign(journal, person, templates) {
  const userName = userNameOf(person);
  const lookUp = await journal.call('GET', `/Users?${equals('userName', userName)}&startIndex=1&count=100`, {
    says: (list) =>
      onlyOne(list) === null ? 'not there yet' : `found, ${onlyOne(list).active ? 'active' : 'blocked'}`,
  });
  const found = onlyOne(lookUp);
  return found === null ? create(journal, person, templates) : link(journal, person, found, templates);
}

async function create(journal, person, templates) {
  const template = templates.get(person.template);
  // A random password and empty groups always come along, whether or not the app has use for them.
  const body = { ...mapped(person, templates), groups: [], password: '1mz050nq', active: true };
  const user = await journal.call('POST', '/Users', {
    body,
    expect: [201],
    deed: 'created',
    says(user) {
      mustEcho(user, { userName: body.userName, externalId: body.externalId });
      mustBeActive(user, true);
      return `created as ${user.id}${template ? `, template ${person.template}` : ''}`;
    },
  });
  return user.id;
}

/** No POST for somebody who is there: the profile is laid over, and `active: true` sent. */
async function link(journal, person, found, templates) {
  const before = await read(journal, found.id);
  await put(journal, before, { ...mapped(person, templates), active: true }, before.active ? 'linked' : 'unblocked');
  return found.id;
}

/** The profile as Okta's mappings send it. */
function mapped(person, templates) {
  const userName = userNameOf(person);
  const template = templates.get(person.template);
  return {
    schemas: [CORE, ENTERPRISE],
    userName,
    name: { givenName: person.given, familyName: person.family },
    emails: [{ primary: true, value: userName, type: 'work' }],
    displayName: `${person.given} ${person.family}`,
    locale: 'en-US',
    externalId: person.oktaId,
    // The mapping `roles.^[type=='template'].value`.
    ...(template && { roles: [{ type: 'template', value: template }] }),
    [ENTERPRISE]: { department: person.department },
    [CUSTOM_FIELDS]: { shift: 'day' },
  };
}

async function changeProfile(journal, id) {
  const before = await read(journal, id);
  // Another title on every run, so that there is a change to see.
  const title = before.title === 'Account executive' ? 'Senior account executive' : 'Account executive';
  const after = await put(journal, before, { title }, 'changed');
  if (after.title !== title) throw new Unexpected(`title came back as ${JSON.stringify(after.title)}`);
}

async function setActiveByPut(journal, id, active) {
  const before = await read(journal, id);
  await put(journal, before, { active }, active ? 'unblocked' : 'blocked');
}

async function setActiveByPatch(journal, id, active) {
  await journal.call('PATCH', `/Users/${id}`, {
    body: patchOf({ op: 'replace', value: { active } }),
    expect: [200, 204],
    deed: active ? 'unblocked' : 'blocked',
    says(user) {
      if (user !== null) mustBeActive(user, active);
      return active ? 'unblocked: same id, works again' : 'blocked: the seat is free';
    },
  });
}

function read(journal, id) {
  return journal.call('GET', `/Users/${id}`, { says: (user) => `read: ${user?.active ? 'active' : 'blocked'}` });
}

/** The server's own answer goes back, read-only attributes and all, with Okta's values laid over it. */
function put(journal, before, changes, deed) {
  const body = { ...before, ...changes };
  return journal.call('PUT', `/Users/${before.id}`, {
    body,
    deed,
    says(user) {
      mustEcho(user, { id: before.id, userName: body.userName });
      mustBeActive(user, body.active);
      return `${deed}${deed === 'blocked' ? ': the seat is free' : ''}`;
    },
  });
}

async function importUsers(journal) {
  const PAGE = 100;
  let start = 1;
  let total;
  do {
    const list = await journal.call('GET', `/Users?startIndex=${start}&count=${PAGE}`, {
      says: (page) => `${page?.Resources?.length} of ${page?.totalResults} users`,
    });
    total = list.totalResults;
    start += PAGE;
  } while (start <= total);
}
