// Which workload is held against which floor, and the share that it has to reach. `clients` names with how many
// clients it is measured, where not with each number that there is.

export const floors = ['floor read', 'floor insert'];

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
  // The rows of groups stand here.
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

/** The same by the CPU that workerd took for a request: less is a larger share. */
export function cpuShareOf({ own, floor }) {
  return floor.serverCpu / own.serverCpu;
}
