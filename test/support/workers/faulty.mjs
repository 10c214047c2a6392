// Rollcall behind an entry that hands it a D1 binding of the same shape whose calls fail on demand.
//
// For the Worker's own calls the header x-fault lists, for each of the request in turn, `ok`, `before` (it
// fails and nothing is done) or `after` (it is committed, and the answer is lost): D1 does both when a
// connection breaks. With `held` it reaches D1 when the company's steering says so: time for another to be faster.
// The header x-d1-delay makes every one slow, by so many milliseconds.
//
// For the calls of a company's object, POST /_objects/{company} takes the orders of steering.mjs, and tells
// what the object has called so far; DELETE resets the object, as a deployment does.

import Rollcall, { CompanyObject as Base } from './index.js';
import { D1Database } from './d1.mjs';
import { lost, steeringOf } from './steering.mjs';
export * from './index.js';

export class CompanyObject extends Base {
  constructor(state, env) {
    const steering = steeringOf(state.id.name);
    super(state, { ...env, DB: new D1Database(env.DB, (statements, send) => steering.through(statements, send)) });
    Object.assign(this, { steering, state });
  }
  fetch(request) {
    if (request.method === 'DELETE') {
      this.steering.reset();
      this.state.abort('reset by the test');
    }
    this.steering.arrived += 1;
    return super.fetch(request);
  }
}

export default {
  async fetch(request, env, context) {
    const [, objects, company] = new URL(request.url).pathname.split('/');
    if (objects === '_objects') return steered(request, env, company);

    const faults = (request.headers.get('x-fault') ?? '').split(',');
    const delay = Number(request.headers.get('x-d1-delay'));
    const DB = new D1Database(env.DB, async (_, send) => {
      if (delay) await scheduler.wait(delay);
      const fault = faults.shift();
      if (fault === 'before') throw lost();
      if (fault === 'held') await steeringOf(companyOf(request)).untilLetGo();
      const answer = await send();
      if (fault === 'after') throw lost();
      return answer;
    });
    return new Rollcall(context, { ...env, DB }).fetch(request);
  },
};

/** Tokens carry the company's id. */
function companyOf(request) {
  return `cmp_${request.headers.get('authorization').split('_')[1]}`;
}

async function steered(request, env, company) {
  if (request.method === 'POST') return Response.json(steeringOf(company).take(await request.json()));
  // An object can be reset from inside alone; whoever asked for it gets no answer.
  const answer = env.COMPANY.getByName(company).fetch('https://company/', { method: 'DELETE' });
  await answer.catch(() => {});
  return Response.json({});
}
