// Rollcall behind an entry that hands it a D1 binding of the same shape, which counts per request how
// often D1 is called and, by D1's own meta, how many rows are read and written. The answer's headers tell.

import Rollcall from './index.js';
export * from './index.js';

export default {
  async fetch(request, env, context) {
    const meter = { calls: 0, statements: 0, rowsRead: 0, rowsWritten: 0 };
    const worker = new Rollcall(context, { ...env, DB: new D1Database(env.DB, meter) });
    const answer = await worker.fetch(request);
    // Read to its end first: a streamed body may go on asking D1.
    const body = answer.body && (await answer.arrayBuffer());
    const headers = new Headers(answer.headers);
    headers.set('x-d1-calls', meter.calls);
    headers.set('x-d1-statements', meter.statements);
    headers.set('x-d1-rows-read', meter.rowsRead);
    headers.set('x-d1-rows-written', meter.rowsWritten);
    return new Response(body, { status: answer.status, headers });
  },
};

/** One round trip, whatever becomes of it. */
async function call(meter, statements, send) {
  meter.calls += 1;
  meter.statements += statements;
  const answer = await send();
  for (const { meta } of [answer].flat()) {
    meter.rowsRead += meta?.rows_read ?? 0;
    meter.rowsWritten += meta?.rows_written ?? 0;
  }
  return answer;
}

class Session {
  constructor(real, meter) {
    this.real = real;
    this.meter = meter;
  }
  prepare(sql) {
    return new D1PreparedStatement(this.real.prepare(sql), this.meter);
  }
  batch(statements) {
    return call(this.meter, statements.length, () => this.real.batch(statements.map(({ real }) => real)));
  }
  getBookmark() {
    return this.real.getBookmark();
  }
}

// The `worker` crate knows a D1 binding by the name of its class.
class D1Database extends Session {
  withSession(constraint) {
    return new Session(this.real.withSession(constraint), this.meter);
  }
  exec(sql) {
    return call(this.meter, 1, () => this.real.exec(sql));
  }
}

class D1PreparedStatement {
  constructor(real, meter) {
    this.real = real;
    this.meter = meter;
  }
  bind(...values) {
    return new D1PreparedStatement(this.real.bind(...values), this.meter);
  }
  run() {
    return call(this.meter, 1, () => this.real.run());
  }
  all() {
    return call(this.meter, 1, () => this.real.all());
  }
  // D1 sends both as it sends `all`, but passes no meta on: so it is asked for that, and the rest done here.
  async first(column) {
    const row = (await this.all()).results[0] ?? null;
    return row && column !== undefined ? row[column] : row;
  }
  async raw() {
    return (await this.all()).results.map(Object.values);
  }
}
