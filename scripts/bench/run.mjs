// The bench itself: each workload right beside its floor, in short slices, so that what else the machine
// does hits both. A share is taken within such a pair; the median of many counts.

import { loadavg } from 'node:os';
import { main, say } from '../terminal.mjs';
import { openArena } from './arena.mjs';
import { contests, contestsWith, floors, shareOf } from './contests.mjs';
import { Load } from './load.mjs';
import { besideEach } from './neighbours.mjs';
import { writeReport } from './report.mjs';

const CLIENTS = [1, 8, 64];
const SLICE = { ramp: 100, milliseconds: 400 };
const BESIDE_MILLISECONDS = 5_000;
const WARM_UP = { ramp: 0, milliseconds: 1000, clients: 8, round: 'warm-up' };

await main(async () => {
  const rounds = Number(process.argv[2]);
  const began = new Date();
  const loadBefore = loadavg()[0];
  const arena = await openArena();
  const load = new Load(arena);
  try {
    say(`Warming up; then ${rounds} rounds each with ${CLIENTS.join(', ')} clients ...`);
    for (const workload of [...floors, ...contests.map(({ workload }) => workload)])
      await load.slice(workload, WARM_UP);
    const results = [];
    for (const clients of CLIENTS) results.push({ clients, pairs: await compete(load, clients, rounds) });
    say('Look-ups beside a company that asks for the heaviest there is ...');
    const neighbours = await besideEach(arena, BESIDE_MILLISECONDS);
    writeReport({ neighbours, began, rounds, loadBefore, slice: SLICE.milliseconds, results });
  } finally {
    load.stop();
    await arena.stop();
  }
});

/** The slices of each contest: a list of {own, floor} by the workload's name. */
async function compete(load, clients, rounds) {
  const pairs = Object.fromEntries(contestsWith(clients).map(({ workload }) => [workload, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { workload, floor, slice: ownSlice = SLICE } of contestsWith(clients)) {
      const name = `${workload} ${clients} ${round}`.replaceAll(' ', '-');
      const ofFloor = () => load.slice(floor, { ...SLICE, clients, round: name });
      const own = () => load.slice(workload, { ...ownSlice, clients, round: name });
      // Now the one goes first, now the other, so that a drift favours neither.
      const pair =
        round % 2 === 0 ? { floor: await ofFloor(), own: await own() } : { own: await own(), floor: await ofFloor() };
      pairs[workload].push(pair);
    }
    say(`${clients} client${clients > 1 ? 's' : ''}, round ${round + 1} of ${rounds}: ${glance(pairs)}`);
  }
  return pairs;
}

function glance(pairs) {
  return contests
    .filter(({ workload, target }) => target && pairs[workload])
    .map(({ workload }) => `${workload} ${shareOf(pairs[workload].at(-1)).toFixed(2)}`)
    .join(', ');
}
