// What a company's neighbours feel of it: look-ups of one company, while another of 100,000 teammates asks for the heaviest
// there is, with as many clients as it likes. Beside it the same look-ups with nobody else there.

import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../terminal.mjs';
import { Load } from './load.mjs';
import { pulls } from './pulls.mjs';

/** The aims: how many times the undisturbed 99th percentile, and how long at most. */
const MOST_TIMES = 5;
const MOST_MILLISECONDS = 250;

const NEIGHBOUR = { clients: 4, ramp: 500 };
const PULL = { clients: 8, ramp: 0 };

/** Resolves with {name, p50, p99, most, times, pulled} for each pull, the undisturbed ones first. */
export async function besideEach(arena, milliseconds) {
  const [neighbour, puller] = [new Load(arena), new Load(arena)];
  const lookUps = (round) => neighbour.slice('look-up', { ...NEIGHBOUR, milliseconds, round });
  try {
    await lookUps('warm-up');
    const undisturbed = await lookUps('alone');
    const results = [{ name: 'nobody', ...undisturbed, times: 1, pulled: 0 }];
    for (const [name, { what }] of Object.entries(pulls)) {
      const pulling = puller.slice(name, { ...PULL, milliseconds: milliseconds + 1500, round: name });
      // It has begun, and every client of it waits.
      await sleep(500);
      const disturbed = await lookUps(name);
      const { sent } = await pulling;
      results.push({ name: what, ...disturbed, times: disturbed.p99 / undisturbed.p99, pulled: sent });
      say(`${what}: p99 ${disturbed.p99.toFixed(1)} ms, ${(disturbed.p99 / undisturbed.p99).toFixed(1)} times`);
    }
    return results;
  } finally {
    neighbour.stop();
    puller.stop();
  }
}

/** As a part of the report. */
export function neighboursPart(results) {
  const line = ({ name, p50, p99, most, times, pulled }) => {
    const isReached = times <= MOST_TIMES && most <= MOST_MILLISECONDS;
    const verdict = name === 'nobody' ? '' : isReached ? ', reached' : ', **missed**';
    return `| ${[name, pulled || '', p50.toFixed(1), p99.toFixed(1), most.toFixed(0), `${times.toFixed(1)}${verdict}`].join(' | ')} |`;
  };
  return `## Neighbours

Look-ups of one company (${NEIGHBOUR.clients} clients) while another of 100,000 teammates, in the same database and the same workerd, sends
each of these as fast as ${PULL.clients} clients can. Reached: at most ${MOST_TIMES} times the undisturbed 99th percentile, and none over ${MOST_MILLISECONDS} ms.
Here one process computes for both, where Cloudflare has an isolate for each location and D1 apart.

| what the other company asks for | calls | p50, ms | p99, ms | longest, ms | times |
|---|---|---|---|---|---|
${results.map(line).join('\n')}
`;
}
