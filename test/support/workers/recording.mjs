// Rollcall behind an entry that hands it a D1 binding of the same shape, which tells the recorder of each round trip:
// the statements with their parameters, and what D1 answered.

import Rollcall, { CompanyObject as Base } from './index.js';
import { D1Database } from './d1.mjs';
export * from './index.js';

export class CompanyObject extends Base {
  constructor(state, env) {
    super(state, recorded(env));
  }
}

export default class extends Rollcall {
  constructor(context, env) {
    super(context, recorded(env));
  }
}

const recorded = (env) => ({
  ...env,
  DB: new D1Database(env.DB, async (statements, send) => {
    const began = Date.now();
    const answer = await send();
    const answers = [answer].flat().map(({ results, meta }) => ({ rows: results, changes: meta.changes }));
    const body = JSON.stringify({ began, ended: Date.now(), statements, answers });
    await env.RECORDER.fetch('http://recorder', { method: 'POST', body });
    return answer;
  }),
});
