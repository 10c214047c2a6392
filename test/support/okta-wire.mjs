// What Okta sends for a click of its admin. Its two kinds of app differ in how they write what is there: one of the
// App Integration Wizard (AIW) PUTs the whole resource, one of the catalogue (OIN) PATCHes it. Both look up, create,
// and update a profile alike.

import { get, patch, post, put, query } from './dialect-cases.mjs';
import { GROUP, USER } from './scim.mjs';

/** The headers of every call. */
export const OKTA = {
  'user-agent': 'Okta SCIM Client 1.0.0',
  accept: 'application/scim+json',
  'accept-charset': 'utf-8',
  'content-type': 'application/scim+json; charset=utf-8',
};

/** "Test API Credentials", "Test Connector Configuration", and each saving of "To App". */
export const probe = (headers) =>
  get('/Users?startIndex=1&count=2', { 'user-agent': OKTA['user-agent'], accept: OKTA.accept, ...headers });

/** The profile of somebody as Okta sends it, a placeholder for a password and an empty `groups` in it. */
export function profile(userName, more) {
  const [givenName, familyName = 'Doe'] = userName.split('@')[0].split('.');
  return {
    schemas: [USER],
    userName,
    name: { givenName, familyName },
    emails: [{ primary: true, value: userName, type: 'work' }],
    displayName: `${givenName} ${familyName}`,
    locale: 'en-US',
    externalId: `00u-${givenName}`,
    groups: [],
    password: '1mz050nq',
    active: true,
    ...more,
  };
}

/** What is kept of a profile. */
export function kept({ groups: _groups, password: _password, ...rest }) {
  return rest;
}

/** A person by the attribute that the app calls "Unique identifier field for users". */
export const lookUp = (value, attribute = 'userName') =>
  query('/Users', { filter: `${attribute} eq "${value}"`, startIndex: 1, count: 100 }, OKTA);

export const create = (person) => post('/Users', person, OKTA);

/** "Update User Attributes", after a GET, whose answer comes back with the mapped attributes over it. */
export const update = (name, person) => put(`/Users/{${name}}`, { ...person, id: `{${name}}` }, OKTA);

/** "Find groups by name". */
export const lookUpGroup = (displayName) =>
  query('/Groups', { filter: `displayName eq "${displayName}"`, startIndex: 1, count: 100 }, OKTA);

/** "Create group"; the members come afterwards. */
export const createGroup = (displayName) => post('/Groups', { schemas: [GROUP], displayName, members: [] }, OKTA);

const element = (name) => ({ value: `{${name}}`, display: `${name}@navy.example` });
const wholeGroup = (name, displayName, members) =>
  put(`/Groups/{${name}}`, { schemas: [GROUP], id: `{${name}}`, displayName, members: members.map(element) }, OKTA);

/** Each writes what is there in its own way: `changed` is the status of a group that was written. */
export const AIW = {
  kind: 'AIW',
  changed: 200,
  setActive: (name, person, active) => update(name, { ...person, active }),
  pushMembers: wholeGroup,
  changeMembers: (name, displayName, { members }) => wholeGroup(name, displayName, members),
  renameGroup: wholeGroup,
};

export const OIN = {
  kind: 'OIN',
  changed: 204,
  setActive: (name, _person, active) => patch(`/Users/{${name}}`, { op: 'replace', value: { active } }),
  pushMembers: (name, _displayName, members) =>
    patch(`/Groups/{${name}}`, { op: 'replace', path: 'members', value: members.map(element) }),
  /** The name goes with every change of members. */
  changeMembers: (name, displayName, { added = [], removed = [] }) =>
    patch(
      `/Groups/{${name}}`,
      { op: 'replace', value: { id: `{${name}}`, displayName } },
      ...removed.map((one) => ({ op: 'remove', path: `members[value eq "{${one}}"]` })),
      ...(added.length ? [{ op: 'add', path: 'members', value: added.map(element) }] : []),
    ),
  renameGroup: (name, displayName) =>
    patch(`/Groups/{${name}}`, { op: 'replace', value: { id: `{${name}}`, displayName } }),
};

/** The cases of `casesOf` as each kind of app sends them. */
export const byBothApps = (casesOf) =>
  [AIW, OIN].flatMap((app) => casesOf(app).map((one) => ({ ...one, name: `${one.name} [${app.kind}]` })));
