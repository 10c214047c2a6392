// Rollcall behind an entry that hands it a D1 binding of the same shape, which counts per request how
// often D1 is called and, by D1's own meta, how many rows are read and written. The answer's headers tell.
//
// A company's object is asked in the course of a request, and has a meter of its own: what it counted
// meanwhile is the request's, as long as nobody else writes to the company.

import Rollcall, { CompanyObject as Base } from './index.js';
import { D1Database, rowsOf } from './d1.mjs';
export * from './index.js';

const newMeter = () => ({ calls: 0, statements: 0, rowsRead: 0, rowsWritten: 0, memberships: 0 });
const objectMeters = new Map();

function objectMeter(company) {
  if (!objectMeters.has(company)) objectMeters.set(company, newMeter());
  return objectMeters.get(company);
}

export class CompanyObject extends Base {
  constructor(state, env) {
    super(state, { ...env, DB: meteredD1(env.DB, objectMeter(state.id.name)) });
  }
}

export default {
  async fetch(request, env, context) {
    const meter = newMeter();
    const asked = new Map();
    const COMPANY = listening(env.COMPANY, (name) => asked.has(name) || asked.set(name, { ...objectMeter(name) }));
    const worker = new Rollcall(context, { ...env, COMPANY, DB: meteredD1(env.DB, meter) });
    const answer = await worker.fetch(request);
    // Read to its end first: a streamed body may go on asking D1.
    const body = answer.body && (await answer.arrayBuffer());
    for (const [name, before] of asked) {
      for (const key of Object.keys(meter)) meter[key] += objectMeter(name)[key] - before[key];
    }
    const headers = new Headers(answer.headers);
    headers.set('x-d1-calls', meter.calls);
    headers.set('x-d1-statements', meter.statements);
    headers.set('x-d1-rows-read', meter.rowsRead);
    headers.set('x-d1-rows-written', meter.rowsWritten);
    headers.set('x-d1-membership-rows', meter.memberships);
    return new Response(body, { status: answer.status, headers });
  },
};

/** One round trip counts, whatever becomes of it. */
function meteredD1(real, meter) {
  return new D1Database(real, async (statements, send) => {
    meter.calls += 1;
    meter.statements += statements.length;
    const answer = await send();
    for (const [key, count] of Object.entries(rowsOf(statements, answer))) meter[key] += count;
    return answer;
  });
}

/** The namespace of the objects, by a proxy that tells which name is asked for: the crate knows it by its class. */
function listening(namespace, heard) {
  return new Proxy(namespace, {
    get(target, key) {
      const value = Reflect.get(target, key);
      if (typeof value !== 'function' || key === 'constructor') return value;
      return (...args) => {
        if (key === 'idFromName' || key === 'getByName') heard(args[0]);
        return value.apply(target, args);
      };
    },
  });
}
