// Runs an IdP's steps and writes down each call: what was asked, the status, what it did.

import { exchange } from './wire.mjs';

const PATH_WIDTH = 62;

/** An answer that the IdP would not put up with. It ends its step; the steps after it go on. */
export class Unexpected extends Error {}

export class Journal {
  /** `headers(hasBody)` gives the headers of a call to `base`; `write` takes each line. */
  constructor({ base, headers, write }) {
    this.base = base;
    this.headers = headers;
    this.write = write;
    this.calls = [];
    this.deeds = new Map();
    this.problems = [];
  }

  /** Runs the list of {title, run, vital} with a progress line for each; a vital one that fails is the last. */
  async follow(steps) {
    const width = String(steps.length).length;
    for (const [index, { title, run, vital }] of steps.entries()) {
      this.write(`\n[${String(index + 1).padStart(width)}/${steps.length}] ${title}`);
      try {
        await run();
      } catch (error) {
        if (!(error instanceof Unexpected)) throw error;
        this.problems.push(`${title}: ${error.message}`);
        this.write(`      ✗ ${error.message}`);
        if (vital) return;
      }
    }
  }

  /**
   * One call. `expect` lists the statuses that the IdP accepts; `says` puts the answer into words and
   * may find fault with it by an `Unexpected`; `deed` is what the summary counts it as.
   *
   * @param {string} method
   * @param {string} path
   * @param {{ body?: any, expect?: number[], says?: (answer: any) => string, deed?: string }} [options]
   */
  async call(method, path, { body, expect = [200], says, deed } = {}) {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const answer = await exchange(method, this.base + path, this.headers(payload !== undefined), payload);
    this.calls.push({ method, path, ms: answer.ms });
    const line = (words) =>
      this.write(
        `      ${method.padEnd(6)} ${fitted(readable(path)).padEnd(PATH_WIDTH)} ${answer.status} ${`${Math.round(answer.ms)} ms`.padStart(7)}  ${words}`,
      );
    if (!expect.includes(answer.status)) {
      line('unexpected');
      throw new Unexpected(
        `${method} ${readable(path)} was answered with ${answer.status}, not ${expect.join(' or ')}: ${answer.body?.detail ?? answer.text.slice(0, 300)}`,
      );
    }
    try {
      line(says(answer.body));
    } catch (error) {
      if (error instanceof Unexpected) line('unexpected');
      throw error;
    }
    if (deed) this.deeds.set(deed, (this.deeds.get(deed) ?? 0) + 1);
    return answer.body;
  }

  summary() {
    const slowest = this.calls.reduce((slow, call) => (call.ms > slow.ms ? call : slow), {
      ms: 0,
      method: '',
      path: '',
    });
    const counted = ([deed, times]) => `${times} ${times === 1 ? deed : deed.replace(/^group /, 'groups ')}`;
    const deeds = [...this.deeds].map(counted).join(', ');
    this.write(`\n${this.calls.length} calls: ${deeds || 'nothing done'}.`);
    this.write(`Slowest: ${Math.round(slowest.ms)} ms, ${slowest.method} ${fitted(readable(slowest.path))}`);
    for (const problem of this.problems) this.write(`✗ ${problem}`);
    this.write(
      this.problems.length === 0
        ? 'Every answer was as the IdP expects it.'
        : `Steps that failed: ${this.problems.length}.`,
    );
  }
}

function readable(path) {
  return decodeURIComponent(path.replaceAll('+', ' '));
}

function fitted(text) {
  return text.length <= PATH_WIDTH ? text : `${text.slice(0, PATH_WIDTH - 1)}…`;
}
