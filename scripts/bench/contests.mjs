// Which workload is held against which floor, and the share that it has to reach. `clients` names with how many
// clients it is measured, where not with each number that there is.

export const floors = ['floor read', 'floor insert', 'large member of 100'];

/** How a share is read: of whose requests per second. */
const shareTexts = { 'floor read': 'of a read', 'floor insert': 'of an insert', 'large member of 100': 'of that' };

export const shareText = ({ floor }) => shareTexts[floor];

/** @type {any[]} */
export const contests = [
  { workload: 'look-up', floor: 'floor read', target: 0.8, what: 'look-up by userName (`filter=userName eq "..."`)' },
  { workload: 'get', floor: 'floor read', target: 0.8, what: 'get by id' },
  // With 64 clients it takes half a second: longer slices, so that there is something to count.
  {
    workload: 'page',
    floor: 'floor read',
    target: 0.3,
    what: 'page of 100 teammates',
    slice: { ramp: 600, milliseconds: 1000 },
  },
  { workload: 'create', floor: 'floor insert', target: 0.6, what: 'create' },
  { workload: 'block', floor: 'floor insert', target: 0.4, what: 'block and unblock (PATCH of `active`)' },
  { workload: 'patch', floor: 'floor insert', target: 0.4, what: 'another PATCH of a teammate (`title`)' },
  {
    workload: 'patch recent',
    floor: 'floor insert',
    target: 0.4,
    what: 'the same of one that the isolate has lately read or written',
  },
  ...[100, 1_000, 9_000].map((size) => ({
    workload: `member of ${size}`,
    floor: 'floor insert',
    target: 0.4,
    clients: [1],
    what: `add or remove one member of a group of ${size.toLocaleString('en')}`,
  })),
  {
    workload: 'members',
    floor: 'floor insert',
    target: 1.5,
    clients: [64],
    what: 'add or remove one member each, all of one group',
  },
  // At most 1.3 times the time.
  {
    workload: 'large member of 100000',
    floor: 'large member of 100',
    target: 1 / 1.3,
    clients: [1],
    what: 'add or remove one member of a group of 100,000 against one of 100, in a company of 200,000 teammates',
  },
  { workload: 'js read', floor: 'floor read', what: 'the same bare Worker in JavaScript' },
  { workload: 'js insert', floor: 'floor insert', what: 'the same bare Worker in JavaScript' },
];

/** Those that are measured with so many clients. */
export function contestsWith(clients) {
  return contests.filter((contest) => contest.clients?.includes(clients) ?? true);
}

/** What one slice of a workload reached of its floor's, measured right before or after it. */
export function shareOf({ own, floor }) {
  return own.perSecond / floor.perSecond;
}

/** A share by the CPU that workerd took for a request: less is a larger share. */
export function cpuShareOf({ own, floor }) {
  return floor.serverCpu / own.serverCpu;
}
