// Writes down what Rollcall asks of D1 while the tests run, and what D1 answers: test/migrations asks it again of a newer
// schema. migrations/README.md says when it is recorded.

import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

/** A fixture is read by people, too, when it fails. */
const LONGEST_COMPANY = 120_000;

const COMPANY_ID = /\bcmp_[0-9a-z]{26}\b/g;

/** What is kept after an answer, whatever comes meanwhile: when a token and its connection were in use. */
const IN_ANY_ORDER = /^UPDATE (tokens SET last_used_at|connections SET first_seen_at) /;

/** Takes what ./workers/recording.mjs tells. */
export class Recorder {
  #companies = new Map();
  #texts = new Set();

  /** As a service that a worker can be bound to. */
  service = async (request) => {
    const { began, ended, statements, answers } = await request.json();
    for (const { sql } of statements) this.#texts.add(sql);
    const ids = new Set(JSON.stringify(statements.map(({ values }) => values)).match(COMPANY_ID));
    // A call for no company, or for several, tells by the rows of others: its answer is not the same again.
    if (ids.size === 1) {
      const [id] = ids;
      if (!this.#companies.has(id)) this.#companies.set(id, []);
      const call = statements.map(({ sql, values }, place) => ({ sql, values, ...answers[place] }));
      this.#companies.get(id).push({ began, ended, call });
    }
    return new Response();
  };

  /**
   * As few companies as use all that was used of the schema, each with all its calls in their order. What only larger
   * companies use, or calls that overlapped, is there as text, `unanswered`. `batch` runs statements on a database of
   * the same schema that is empty: who is answered differently there had something done that was not recorded.
   */
  async write(file, batch) {
    const places = new Map();
    const place = (sql) => places.set(sql, places.get(sql) ?? places.size).get(sql);
    const chosen = await fewest([...this.#companies.values()].filter(isInOrder), batch);
    const companies = chosen.map((calls) =>
      calls.map(({ call }) => call.map(({ sql, values, rows, changes }) => [place(sql), values, rows, changes])),
    );
    const known = new Set([...places.keys()].flatMap(uses));
    const unanswered = [...this.#texts].filter((sql) => {
      const news = uses(sql).filter((use) => !known.has(use));
      for (const use of news) known.add(use);
      return news.length > 0;
    });
    const lines = (list) => `[\n${list.join(',\n')}\n]`;
    const json = (list) => list.map((one) => JSON.stringify(one));
    const parts = {
      statements: lines(json([...places.keys()])),
      companies: lines(companies.map((calls) => lines(json(calls)))),
      unanswered: lines(json(unanswered)),
    };
    writeFileSync(
      file,
      `{${Object.entries(parts)
        .map(([name, part]) => `"${name}": ${part}`)
        .join(',\n')}}\n`,
    );
  }
}

/** Where calls overlapped, nobody knows which D1 did first. */
function isInOrder(calls) {
  calls.sort((a, b) => a.began - b.began || a.ended - b.ended);
  const ordered = calls.filter(({ call }) => !call.every(({ sql }) => IN_ANY_ORDER.test(sql)));
  return ordered.every(({ began }, place) => place === 0 || ordered[place - 1].ended <= began);
}

/** Always the company that adds most for its size, until none adds anything. */
async function fewest(companies, batch) {
  const sized = companies.map((calls) => ({ calls, size: JSON.stringify(calls).length }));
  const left = sized
    .filter(({ size }) => size <= LONGEST_COMPANY)
    .map((one) => ({ ...one, uses: new Set(one.calls.flatMap(({ call }) => call.flatMap(({ sql }) => uses(sql)))) }));
  const taken = [];
  for (;;) {
    const worth = (one) => one.uses.size / one.size;
    const best = left.reduce((a, b) => (worth(b) > worth(a) ? b : a), { uses: new Set(), size: 1 });
    if (best.uses.size === 0) return taken;
    const covered = [...best.uses];
    best.uses.clear();
    if (!(await isRepeatable(best.calls, batch))) continue;
    taken.push(best.calls);
    for (const one of left) for (const use of covered) one.uses.delete(use);
  }
}

async function isRepeatable(calls, batch) {
  for (const { call } of calls) {
    const answers = await batch(call.map(({ sql, values }) => ({ sql, params: values }))).catch(() => null);
    const same = (answer, place) =>
      isDeepStrictEqual([answer.rows, answer.meta.changes], [call[place].rows, call[place].changes]);
    if (!answers?.every(same)) return false;
  }
  return true;
}

/** What a statement does, with each name of the schema in it. */
function uses(sql) {
  const names = new Set(sql.match(/\b[a-z]+_[a-z_]+\b|\b(?:FROM|INTO|UPDATE|JOIN) [a-z_]+/g));
  return [...names].map((name) => `${sql.slice(0, 20)}: ${name}`);
}
