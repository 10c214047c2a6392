// What the provisioning service of Microsoft Entra ID sends, without `aadOptscim062020` in its tenant URL and with it:
// the flag changes how a PATCH is spelled. Where it stands in the URL of a call is not documented; here it stands in
// the query of all of them.

import { patch, post, query } from './dialect-cases.mjs';
import { ENTERPRISE, GROUP, USER } from './scim.mjs';

const TYPE = { 'content-type': 'application/scim+json; charset=utf-8' };
const AD_GROUP = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';

/** "Test Connection": nobody has this name. */
export const testConnection = () => lookUp('5fd62e6a-1f3f-4b8f-9d65-4a8d4c1f0e2b');

export const lookUp = (value, attribute = 'userName') => query('/Users', { filter: `${attribute} eq "${value}"` });

/** A person as the default mapping has it, mail mapped from the userPrincipalName as Front's guide asks. */
export function person(userName, more) {
  const [givenName, familyName = 'Doe'] = userName.split('@')[0].split('.');
  return {
    schemas: [USER, ENTERPRISE],
    externalId: userName.split('@')[0],
    userName,
    active: true,
    displayName: `${givenName} ${familyName}`,
    emails: [{ primary: true, type: 'work', value: userName }],
    meta: { resourceType: 'User' },
    name: { formatted: `${givenName} ${familyName}`, familyName, givenName },
    ...more,
  };
}

/** What is kept of it, where no attribute of the enterprise extension is mapped. */
export function kept({ meta: _meta, ...rest }) {
  return { ...rest, schemas: [USER] };
}

export const create = (body) => post('/Users', body, TYPE);

export const lookUpGroup = (displayName) =>
  query('/Groups', { excludedAttributes: 'members', filter: `displayName eq "${displayName}"` });

/** A group comes without members. */
export const createGroup = (displayName, externalId, more) =>
  post(
    '/Groups',
    { schemas: [GROUP, AD_GROUP], externalId, displayName, meta: { resourceType: 'Group' }, ...more },
    TYPE,
  );

const element = (name) => ({ $ref: null, value: `{${name}}` });

const WITHOUT_FLAG = {
  everyQuery: undefined,
  /** One operation for each attribute; booleans are words. */
  change: (path, attributes) =>
    patch(path, ...Object.entries(attributes).map(([path, value]) => ({ op: 'Replace', path, value: asWord(value) }))),
  addMembers: (group, ...names) =>
    patch(`/Groups/{${group}}`, { op: 'Add', path: 'members', value: names.map(element) }),
  removeMembers: (group, ...names) =>
    patch(`/Groups/{${group}}`, { op: 'Remove', path: 'members', value: names.map(element) }),
};

const WITH_FLAG = {
  everyQuery: 'aadOptscim062020',
  /** Paths with a filter as operations of their own, and `active`; all others as the keys of one value. */
  change(path, attributes) {
    const entries = Object.entries(attributes);
    const alone = entries.filter(([name]) => name.includes('[') || name === 'active');
    const together = entries.filter((one) => !alone.includes(one));
    return patch(
      path,
      ...alone.map(([path, value]) => ({ op: 'replace', path, value })),
      ...(together.length ? [{ op: 'replace', value: Object.fromEntries(together) }] : []),
    );
  },
  addMembers: (group, ...names) =>
    patch(`/Groups/{${group}}`, { op: 'add', path: 'members', value: names.map(element) }),
  removeMembers: (group, ...names) =>
    patch(`/Groups/{${group}}`, ...names.map((name) => ({ op: 'remove', path: `members[value eq "{${name}}"]` }))),
};

function asWord(value) {
  if (typeof value !== 'boolean') return value;
  return value ? 'True' : 'False';
}

/** The cases of `casesOf` as they are sent without the flag and with it. */
export const withAndWithoutFlag = (casesOf) =>
  [WITHOUT_FLAG, WITH_FLAG].flatMap((wire) =>
    casesOf(wire).map((one) => ({
      ...one,
      name: `${one.name} [${wire.everyQuery ?? 'no flag'}]`,
      everyQuery: wire.everyQuery,
    })),
  );
