// Rollcall behind an entry that hands it a D1 binding of the same shape whose calls fail on demand. The
// header x-fault lists, for each batch of the request in turn, `ok`, `before` (it fails and nothing is
// done) or `after` (it is committed, and the answer is lost): D1 does both when a connection breaks.

import Rollcall from './index.js';
export * from './index.js';

export default {
  async fetch(request, env, context) {
    const faults = (request.headers.get('x-fault') ?? '').split(',');
    const worker = new Rollcall(context, { ...env, DB: new D1Database(env.DB, faults) });
    return worker.fetch(request);
  },
};

// The `worker` crate knows a D1 binding by the name of its class.
class D1Database {
  constructor(real, faults) {
    this.real = real;
    this.faults = faults;
  }
  prepare(sql) {
    return this.real.prepare(sql);
  }
  async batch(statements) {
    const fault = this.faults.shift();
    if (fault === 'before') throw lost();
    const answer = await this.real.batch(statements);
    if (fault === 'after') throw lost();
    return answer;
  }
}

function lost() {
  const message = 'Network connection lost.';
  return new Error(`D1_ERROR: ${message}`, { cause: new Error(message) });
}
