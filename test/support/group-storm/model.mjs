// What the groups of a company are to be after a call, when calls come one at a time: PRODUCT's rules about
// teammate groups once more, as plain sets. The tests of many writers hold what really happened against it.
//
// A state is never changed, but taken over into the next: a call that left no trace of its own may have been
// answered in any of several states.

/**
 * @typedef {{id, name, externalId, description, isLinked, isActive, members: Map<string, boolean>, version, deleted}} Group
 * `members` says of each whether it is unconfirmed; `deleted` is how many groups were deleted when this one was.
 * @typedef {{groups: Map<string, Group>, away: Set<string>, deletions: number}} State
 * `away`: the teammates that were removed from SCIM. They keep their memberships until a write takes them, count for
 * nothing and can't be added.
 */

/** @returns {State} */
export const noGroups = () => ({ groups: new Map(), away: new Set(), deletions: 0 });

/** A group as the app has made it, before an identity provider has written to it. */
export function appGroup(id, name, members) {
  return {
    ...{ id, name, externalId: null, description: null, isLinked: false, isActive: true, version: 1 },
    members: new Map(members.map((member) => [member, false])),
  };
}

export const withGroup = (state, group) => ({ ...state, groups: new Map(state.groups).set(group.id, group) });

/** Those that SCIM shows and `member_count` counts. */
export const shownMembers = (state, group) => [...group.members.keys()].filter((id) => !state.away.has(id)).sort();

/** Those of them that `unconfirmed_members` counts. */
export const unconfirmedMembers = (state, group) =>
  group.isLinked ? shownMembers(state, group).filter((id) => group.members.get(id)).length : 0;

/**
 * What a call comes to: `{status, scimType, state, event}`, without an event where it changes nothing. `newId`
 * is the id that a group gets if one is made.
 */
export function outcome(state, call, newId) {
  try {
    return RULES[call.kind](state, call, newId);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { status: refusal.status, scimType: refusal.scimType, state };
  }
}

const RULES = {
  create(state, { name, members = [] }, newId) {
    const holder = activeGroups(state).find((group) => key(group.name) === key(name));
    if (holder?.isLinked) throw new Refusal(409, 'uniqueness');
    refuseUnknown(state, members);
    if (holder) {
      // No members: nobody is named, and all stay.
      const steps = members.length > 0 ? [{ set: members }] : [];
      return written(state, holder, { name, externalId: null }, steps, 201);
    }
    const deleted = lastDeleted(state, name);
    if (deleted) return broughtBack(state, deleted, name, members);
    const group = { ...appGroup(newId, name, members), isLinked: true };
    const event = { type: 'group.created', group: newId, added: [...members].sort(), removed: [] };
    return { status: 201, state: withGroup(state, group), event };
  },

  replace(state, { group: id, name, members, description }) {
    const group = listed(state, id);
    refuseUnknown(state, members ?? []);
    refuseHeld(state, group, name);
    // RFC 7644 section 3.5.1: what a PUT does not mention is cleared, but for members and description.
    const definition = { name, externalId: null, ...(description !== undefined && { description }) };
    return written(state, group, definition, members ? [{ set: members }] : [], 200);
  },

  patch(state, { group: id, steps }) {
    const group = listed(state, id);
    refuseUnknown(
      state,
      steps.flatMap(({ add = [], set = [] }) => [...add, ...set]),
    );
    const definition = Object.assign({}, ...steps.map(definitionOf));
    if (definition.name) refuseHeld(state, group, definition.name);
    return written(state, group, definition, steps, 204);
  },

  delete(state, { group: id }) {
    const group = listed(state, id);
    const deletions = state.deletions + 1;
    // What the app has made is the identity provider's from its first write on, be it this one.
    const members = group.isLinked ? group.members : new Map([...group.members.keys()].map((member) => [member, true]));
    const next = { ...group, isActive: false, isLinked: true, members, version: group.version + 1, deleted: deletions };
    const event = { type: 'group.deleted', group: id, added: [], removed: [] };
    return { status: 204, state: { ...withGroup(state, next), deletions }, event };
  },

  get(state, { group: id }) {
    return { status: 200, state, shown: shown(state, listed(state, id)) };
  },

  removeTeammate(state, { teammate }) {
    if (state.away.has(teammate)) throw new Refusal(404);
    return { status: 204, state: moved(state, teammate), event: { type: 'teammate.removed', teammate } };
  },

  returnTeammate(state, { teammate }) {
    if (!state.away.has(teammate)) throw new Refusal(409, 'uniqueness');
    return { status: 201, state: moved(state, teammate), event: { type: 'teammate.unblocked', teammate } };
  },
};

class Refusal {
  constructor(status, scimType) {
    this.status = status;
    this.scimType = scimType;
  }
}

// Names are ASCII here; what folding does to others is the host tests' business.
const key = (name) => name.trim().toLowerCase();

const activeGroups = (state) => [...state.groups.values()].filter(({ isActive }) => isActive);

function listed(state, id) {
  const group = state.groups.get(id);
  if (!group?.isActive) throw new Refusal(404);
  return group;
}

function refuseUnknown(state, members) {
  if (members.some((id) => state.away.has(id) || id.startsWith(NOBODY))) throw new Refusal(400, 'invalidValue');
}

/** How the ids of teammates begin that never were. */
export const NOBODY = 'tea_nobody';

function refuseHeld(state, group, name) {
  const isOther = ({ id, name: held }) => id !== group.id && key(held) === key(name);
  if (activeGroups(state).some(isOther)) throw new Refusal(409, 'uniqueness');
}

const definitionOf = ({ name, description }) => ({
  ...(name !== undefined && { name }),
  ...(description !== undefined && { description }),
});

function afterStep(ids, { add = [], remove = [], removeOne, removeOthers, set = ids }) {
  const next = new Set([...set, ...add]);
  for (const id of [...remove, removeOne]) next.delete(id);
  if (removeOthers) return new Set([...next].filter((id) => id === removeOthers));
  return next;
}

/** The group of that name that was deleted last. */
function lastDeleted(state, name) {
  const deleted = [...state.groups.values()].filter((group) => !group.isActive && key(group.name) === key(name));
  return deleted.sort((one, other) => other.deleted - one.deleted)[0];
}

/** Pushed again, it is the same group, with the members of the push. */
function broughtBack(state, group, name, members) {
  const added = members.filter((id) => !group.members.has(id)).sort();
  const removed = [...group.members.keys()].filter((id) => !members.includes(id)).sort();
  const confirmed = new Map(members.map((id) => [id, false]));
  const next = { ...group, name, externalId: null, isActive: true, members: confirmed, version: group.version + 1 };
  const event = { type: 'group.restored', group: group.id, added, removed };
  return { status: 201, state: withGroup(state, next), event };
}

/** An identity provider's write: the first one to a group of the app's adopts it. */
function written(state, group, definition, steps, status) {
  // Away or not: who may come is another matter than who goes.
  const before = [...group.members.keys()].sort();
  const after = steps.reduce(afterStep, new Set(before));
  // Whom the call names, and does not take out again, is confirmed.
  const named = steps.reduce(afterStep, new Set());
  const adopts = !group.isLinked;
  const added = [...after].filter((id) => !before.includes(id)).sort();
  const removed = before.filter((id) => !after.has(id));
  const members = new Map();
  for (const [id, isUnconfirmed] of group.members) {
    if (after.has(id)) members.set(id, (isUnconfirmed || adopts) && !named.has(id));
  }
  for (const id of added) members.set(id, false);
  const next = { ...group, ...definition, isLinked: true, members, version: group.version + 1 };
  const confirmed = before.some((id) => after.has(id) && group.members.get(id) && named.has(id));
  const type = typeOf(group, next, { adopts, added, removed, confirmed });
  if (!type) return { status, state, shown: shown(state, group) };
  const nextState = withGroup(state, next);
  return { status, state: nextState, event: { type, group: group.id, added, removed }, shown: shown(nextState, next) };
}

function typeOf(before, after, { adopts, added, removed, confirmed }) {
  if (adopts) return 'group.adopted';
  if (before.name !== after.name) return 'group.renamed';
  if (before.externalId !== after.externalId || before.description !== after.description) return 'group.updated';
  if (added.length > 0 && removed.length > 0) return 'group.updated';
  if (added.length > 0) return 'group.members_added';
  if (removed.length > 0) return 'group.members_removed';
  return confirmed ? 'group.members_confirmed' : undefined;
}

/** What SCIM shows of it. */
function shown(state, group) {
  const { id, name, description, version } = group;
  return { id, name, description, members: shownMembers(state, group), version: `W/"${version}"` };
}

/** A teammate leaves what SCIM shows, or comes back: each of its groups has another member count then. */
function moved(state, teammate) {
  const away = new Set(state.away);
  if (!away.delete(teammate)) away.add(teammate);
  const groups = new Map(state.groups);
  for (const group of groups.values()) {
    if (group.members.has(teammate)) groups.set(group.id, { ...group, version: group.version + 1 });
  }
  return { ...state, groups, away };
}
