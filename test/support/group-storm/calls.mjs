// The calls of a storm: at random from a seed, and in the spellings that identity providers use.

import { choices } from '../random-json.mjs';
import { person } from '../population.mjs';
import { GROUP_EXTENSION, patchOp } from '../scim.mjs';
import { NOBODY } from './model.mjs';

// Some are the same name in other letters.
const NAMES = [
  ...['Support', 'SUPPORT', 'Sales', 'Tier 2', 'On call', 'Billing', 'billing ', 'Escalations', 'Onboarding'],
  ...['Renewals', 'Night shift', 'Weekend', 'EMEA', 'emea', 'APAC', 'Partners', 'Trust and safety', 'Data'],
];
const DESCRIPTIONS = ['First line', 'Second line', 'Night shift'];

/** Ids of the groups that clients know of; it may be behind the truth, as clients are. */
export class Directory {
  constructor(live = []) {
    this.live = live;
    this.gone = ['grp_never'];
  }
  heard({ kind, group }, { status, body }) {
    if (kind === 'create' && status === 201 && !this.live.includes(body.id)) this.live.push(body.id);
    if (kind === 'delete' && status === 204) {
      this.live = this.live.filter((id) => id !== group);
      this.gone.push(group);
    }
  }
}

/** How often each kind of call is drawn. */
const WEIGHTS = {
  ...{ add: 24, remove: 16, removeOne: 7, removeAway: 5, removeOthers: 2, set: 9, several: 9, rename: 7, describe: 3 },
  ...{ replace: 9, create: 4, delete: 2, get: 7, unknown: 2, moveTeammate: 2 },
};
const DRAWN = Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array(weight).fill(kind));

/** A function that draws the next call, about the first `teammates` of a population. */
export function calls(seed, directory, { teammates, groups = 5 }) {
  const { below, of } = choices(seed);
  const teammate = () => person(below(teammates)).id;
  const some = (most) => [...new Set(Array.from({ length: 1 + below(most) }, teammate))];
  const group = () => of(below(40) && directory.live.length > 0 ? directory.live : directory.gone);
  const patch = (...steps) => ({ kind: 'patch', group: group(), steps });
  const make = () => ({ kind: 'create', name: of(NAMES), ...(below(2) && { members: below(4) ? some(8) : [] }) });
  const draw = {
    add: () => patch({ add: some(4) }),
    remove: () => patch({ remove: some(4) }),
    removeOne: () => patch({ removeOne: teammate() }),
    // Of those who come and go: some are away.
    removeAway: () => patch(below(2) ? { remove: [person(below(3)).id] } : { removeOne: person(below(3)).id }),
    removeOthers: () => patch(...(below(2) ? [{ add: some(3) }] : []), { removeOthers: teammate() }),
    set: () => patch({ set: some(12) }),
    several: () => patch({ add: some(3) }, { remove: some(3) }, ...(below(3) ? [] : [{ add: some(2) }])),
    rename: () => patch({ name: of(NAMES), inValue: below(2) === 0 }),
    describe: () => patch({ description: of(DESCRIPTIONS) }),
    replace: () => ({
      ...{ kind: 'replace', group: group(), name: of(NAMES) },
      ...(below(4) && { members: some(16) }),
      ...(below(3) === 0 && { description: of(DESCRIPTIONS) }),
    }),
    create: make,
    delete: () => ({ kind: 'delete', group: group() }),
    get: () => ({ kind: 'get', group: group() }),
    unknown: () => patch({ add: [teammate(), `${NOBODY}${below(9)}`] }),
    // A few only: whoever names one that is away is refused.
    moveTeammate: () => ({ kind: of(['removeTeammate', 'returnTeammate']), number: below(3) }),
  };
  return () => {
    // A group is missing: somebody deleted it.
    if (directory.live.length < groups && below(3) === 0) return make();
    const call = draw[of(DRAWN)]();
    return call.number === undefined
      ? call
      : { kind: call.kind, teammate: person(call.number).id, number: call.number };
  };
}

/** A call as it is sent: [method, path, body]. */
export function request(call) {
  const path = `/Groups/${call.group}`;
  const { name: displayName, members, description } = call;
  const body = () => ({
    displayName,
    ...(members && { members: elements(members) }),
    ...(description && { [GROUP_EXTENSION]: { description } }),
  });
  switch (call.kind) {
    case 'create':
      return ['POST', '/Groups', body()];
    case 'replace':
      return ['PUT', path, body()];
    case 'patch':
      return ['PATCH', path, patchOp(...call.steps.map((step) => operation(step, call.group)))];
    case 'delete':
      return ['DELETE', path];
    case 'get':
      return ['GET', path];
    case 'removeTeammate':
      return ['DELETE', `/Users/${call.teammate}`];
    default:
      return ['POST', '/Users', { userName: person(call.number).userName }];
  }
}

const elements = (ids) => ids.map((value) => ({ value }));

function operation({ add, remove, removeOne, removeOthers, set, name, inValue, description }, id) {
  if (add) return { op: 'Add', path: 'members', value: elements(add) };
  if (remove) return { op: 'remove', path: 'members', value: elements(remove) };
  if (removeOne) return { op: 'remove', path: `members[value eq "${removeOne}"]` };
  if (removeOthers) return { op: 'remove', path: `members[not (value eq "${removeOthers}")]` };
  if (set) return { op: 'replace', path: 'members', value: elements(set) };
  // Okta's, without a path.
  if (name && inValue) return { op: 'replace', value: { id, displayName: name } };
  if (name) return { op: 'replace', path: 'displayName', value: name };
  return { op: 'replace', path: `${GROUP_EXTENSION}:description`, value: description };
}
