// Words of SCIM that both IdPs use.

import { Unexpected } from './journal.mjs';

export const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const TEAMMATE = 'urn:ietf:params:scim:schemas:extension:frontapp:teammate';
export const CUSTOM_FIELDS = 'urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields';

export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const TEAMMATE_GROUP = 'urn:ietf:params:scim:schemas:extension:frontapp:group';

export function patchOf(...operations) {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}

/** A filter as both IdPs encode it: %20 for a space, %22 for a quotation mark, %40 for @. */
export function equals(attribute, value) {
  return `filter=${encodeURIComponent(`${attribute} eq "${value}"`)}`;
}

/** The one user or group that a look-up found, or null. */
export function onlyOne(list) {
  if (!Number.isInteger(list?.totalResults)) throw new Unexpected('the list has no whole number in totalResults');
  if (list.totalResults > 1) throw new Unexpected(`${list.totalResults} have that name`);
  return list.Resources?.[0] ?? null;
}

/** Finds fault with an answer whose `active` is not what was asked for. */
export function mustBeActive(user, wanted) {
  if (user?.active !== wanted) throw new Unexpected(`active is ${JSON.stringify(user?.active)}, not ${wanted}`);
}

/** Finds fault with an answer that lost or changed one of the attributes that were sent. */
export function mustEcho(user, sent) {
  if (typeof user?.id !== 'string') throw new Unexpected('the answer has no id');
  for (const [name, value] of Object.entries(sent)) {
    if (user[name] !== value)
      throw new Unexpected(`${name} came back as ${JSON.stringify(user[name])}, not ${JSON.stringify(value)}`);
  }
}

/** Finds fault with a group whose members are not those. */
export function mustHaveMembers(group, ids) {
  const found = (group?.members ?? []).map(({ value }) => value);
  const wrong = [...ids.filter((id) => !found.includes(id)), ...found.filter((id) => !ids.includes(id))];
  if (wrong.length > 0) throw new Unexpected(`the members are [${found.join(', ')}], not [${ids.join(', ')}]`);
}
