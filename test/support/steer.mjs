// How a test steers D1 for the object of one company: see workers/faulty.mjs. The object is the one that is
// reached through the faulty Worker; the company may have another, beside it, through the one as deployed.

import { inject } from 'vitest';
import { send } from './client.mjs';
import { until } from './until.mjs';

export function steer({ companyId }) {
  const url = `${inject('rollcall').faultyUrl}/_objects/${companyId}`;
  const sent = async (method, orders) => {
    const { status, body } = await send(method, url, { body: orders });
    if (status !== 200) throw new Error(`${method} ${url} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  const tell = (orders) => sent('POST', orders);
  return {
    tell,
    /** Ends the object as it is, in the middle of whatever it does. */
    reset: () => sent('DELETE'),
    /** The calls so far that write, oldest first. */
    writes: async () => (await tell({})).calls.filter(({ isWrite }) => isWrite),
    /** Resolves when one call is held. */
    untilHeld: () =>
      until(
        () => tell({}),
        ({ held }) => held > 0,
      ),
    /** Resolves when so many commands have come to the object since it was told to forget. */
    async untilArrived(count) {
      await until(
        () => tell({}),
        ({ arrived }) => arrived >= count,
      );
      // It has yet to read the last one's body.
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
  };
}
