// What a test wants of D1 for the object of one company. `hold` and `faults` are about the calls that write.
//
// The promise of one request can't wait for another request here, so that who is held asks again and again.

import { rowsOf } from './d1.mjs';

const POLL_MS = 2;
const companies = new Map();

export function steeringOf(company) {
  if (!companies.has(company)) companies.set(company, new Steering());
  return companies.get(company);
}

class Steering {
  /** Before each call. */
  delay = 0;
  /**
   * `calls`: a call that writes waits before it is sent. `answers`: it is done, and its answer waits. `marked`: those
   * of the Worker's own calls wait that a request has marked as `held`.
   */
  hold = null;
  /** How many of those that are held may pass. */
  passes = 0;
  /**
   * For each call that writes in turn: `ok`, `before` (it fails and nothing is done), `after` (it is committed, and
   * the answer is lost), `twice` (it comes to D1 once more before it is answered, as what was given up may).
   */
  faults = [];
  /** A call that has this text among its parameters fails, and nothing is done. */
  poison = null;
  calls = [];
  /** The Worker's own calls that wait. */
  marked = 0;
  /** Commands that have come to an object. */
  arrived = 0;

  /** Takes a test's orders; tells what has happened so far. */
  take({ release = 0, forget, ...orders }) {
    Object.assign(this, orders);
    if ('hold' in orders) this.passes = 0;
    this.passes += release;
    if (forget) Object.assign(this, { calls: [], arrived: 0 });
    const held = this.calls.filter(({ state }) => state === 'held').length;
    return { calls: this.calls, held: held + this.marked, arrived: this.arrived };
  }

  /** The object is reset: its calls have nobody any more who waits for them. */
  reset() {
    for (const call of this.calls) if (call.state !== 'done') call.state = 'aborted';
  }

  async through(statements, send) {
    const isWrite = statements.some(({ sql }) => sql.includes('INTO journal'));
    const call = { isWrite, commands: commandsIn(statements), state: 'sent', rowsWritten: 0 };
    this.calls.push(call);
    if (this.delay) await scheduler.wait(this.delay);
    if (isWrite) await this.wait(call, 'calls');
    const fault = this.isPoisoned(statements) ? 'before' : isWrite && this.faults.shift();
    if (fault === 'before') {
      call.state = 'failed';
      throw lost();
    }
    const answer = await send();
    if (fault === 'twice') await send();
    call.rowsWritten = rowsOf(statements, answer).rowsWritten;
    if (isWrite) await this.wait(call, 'answers');
    call.state = fault === 'after' ? 'lost' : 'done';
    if (fault === 'after') throw lost();
    return answer;
  }

  async untilLetGo() {
    this.marked += 1;
    while (this.hold === 'marked') await scheduler.wait(POLL_MS);
    this.marked -= 1;
  }

  isPoisoned(statements) {
    return this.poison && statements.some(({ values }) => values.some((value) => `${value}`.includes(this.poison)));
  }

  async wait(call, at) {
    while (this.hold === at) {
      if (this.passes > 0) {
        this.passes -= 1;
        break;
      }
      call.state = 'held';
      await scheduler.wait(POLL_MS);
    }
    if (call.state === 'held') call.state = 'sent';
  }
}

/** How many requests a call is about: their ids are among its parameters. */
function commandsIn(statements) {
  const texts = statements.flatMap(({ values }) => values.filter((value) => typeof value === 'string'));
  return new Set(texts.flatMap((text) => text.match(/\breq_\w+/g) ?? [])).size;
}

/** What the platform says when a connection to D1 breaks. */
export function lost() {
  const message = 'Network connection lost.';
  return new Error(`D1_ERROR: ${message}`, { cause: new Error(message) });
}
