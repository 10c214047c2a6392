// A group with its company, and the operations of a PATCH on it.

import { newCompany } from '../../support/client.mjs';
import { named, newGroup, newIds } from '../../support/pushed-groups.mjs';
import { patchOp } from '../../support/scim.mjs';

/** A company with Ann, Bob, Eve and Dan; Ann and Bob are in the pushed group "Support". */
export async function withGroup(more) {
  const company = await newCompany();
  const [ann, bob, eve, dan] = await newIds(company, 'ann', 'bob', 'eve', 'dan');
  const group = await newGroup(company, 'Support', { members: named(ann, bob), ...more });
  const path = `/Groups/${group.id}`;
  return {
    ...{ company, group, path, ann, bob, eve, dan },
    patch: (operations, headers, query = '') =>
      company.scim('PATCH', `${path}${query}`, patchOp(...[operations].flat()), headers),
  };
}

export const add = (...ids) => ({ op: 'add', path: 'members', value: named(...ids) });
export const replaceAll = (...ids) => ({ op: 'replace', path: 'members', value: named(...ids) });
export const removeListed = (...ids) => ({ op: 'remove', path: 'members', value: named(...ids) });
export const removeOne = (id) => ({ op: 'remove', path: `members[value eq "${id}"]` });
export const rename = (value) => ({ op: 'replace', path: 'displayName', value });
export const FOR_NOTHING =
  'remove: not everybody whom it is about was a member, so that there was nothing to do for them.';
