// Rollcall behind an entry that hands it a D1 binding of the same shape whose calls fail on demand. The
// header x-fault lists, for each call of the request in turn, `ok`, `before` (it fails and nothing is
// done) or `after` (it is committed, and the answer is lost): D1 does both when a connection breaks. With
// `late` it reaches D1 after half a second: time for another to be faster.

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
    return new D1PreparedStatement(this.real.prepare(sql), this);
  }
  batch(statements) {
    return this.call(() => this.real.batch(statements.map(({ real }) => real)));
  }
  async call(send) {
    const fault = this.faults.shift();
    if (fault === 'before') throw lost();
    if (fault === 'late') await scheduler.wait(500);
    const answer = await send();
    if (fault === 'after') throw lost();
    return answer;
  }
}

class D1PreparedStatement {
  constructor(real, database) {
    this.real = real;
    this.database = database;
  }
  bind(...values) {
    return new D1PreparedStatement(this.real.bind(...values), this.database);
  }
  all() {
    return this.database.call(() => this.real.all());
  }
}

function lost() {
  const message = 'Network connection lost.';
  return new Error(`D1_ERROR: ${message}`, { cause: new Error(message) });
}
