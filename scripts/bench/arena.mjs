// Where the bench takes place: Rollcall's built modules with a company of 10,000 teammates, and beside
// them, in the same workerd, the floor with as many rows. No proxy is in front of either.

import { join } from 'node:path';
import { sendBatch } from '../../test/support/inspector-client.mjs';
import { person, populate } from '../../test/support/population.mjs';
import { startRollcall } from '../../test/support/rollcall.mjs';
import { root } from '../paths.mjs';
import { floorBuild } from './floor.mjs';
import { POPULATION } from './workloads.mjs';

const FLOOR_TABLE = `
  CREATE TABLE people (
    company_id TEXT NOT NULL, id TEXT NOT NULL, user_name TEXT NOT NULL, user_name_folded TEXT NOT NULL,
    document TEXT NOT NULL, PRIMARY KEY (company_id, id)
  ) STRICT, WITHOUT ROWID`;
const FLOOR_INDEX = 'CREATE UNIQUE INDEX people_user_name ON people (company_id, user_name_folded)';
const FLOOR_ROWS = `
  INSERT INTO people SELECT 'floor', value ->> 'id', value ->> 'userName', lower(value ->> 'userName'), value
  FROM json_each(?1)`;

/** Resolves with {floor, js, company, stop}: the targets of the load, and the end of it all. */
export async function openArena() {
  const rollcall = await startRollcall({
    beside: [
      { name: 'floor', file: join(floorBuild, 'index.js'), wasm: join(floorBuild, 'index_bg.wasm'), database: 'floor' },
      { name: 'js-floor', file: join(root, 'scripts/bench/js-floor-worker.mjs'), database: 'floor' },
      { name: 'floor-inspector', file: join(root, 'test/support/workers/inspector.mjs'), database: 'floor' },
    ],
  });
  const everybody = JSON.stringify(Array.from({ length: POPULATION }, (_, i) => person(i)));
  await sendBatch(rollcall.urls['floor-inspector'], [
    { sql: FLOOR_TABLE },
    { sql: FLOOR_INDEX },
    { sql: FLOOR_ROWS, params: [everybody] },
  ]);
  return {
    floor: { origin: rollcall.urls.floor },
    js: { origin: rollcall.urls['js-floor'] },
    company: { origin: rollcall.baseUrl, token: await newCompany(rollcall) },
    stop: rollcall.stop,
  };
}

/** Makes the company; resolves with its token. */
async function newCompany({ baseUrl, operatorKey, inspectorUrl }) {
  const made = async (path, body) => {
    const headers = { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' };
    const response = await fetch(`${baseUrl}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.status !== 201) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const { id } = await made('/companies', { name: 'Bench', plan: 'scale' });
  const { token } = await made(`/companies/${id}/tokens`, { name: 'Bench', scopes: ['auto_provisioning'] });
  await sendBatch(inspectorUrl, populate(id, POPULATION));
  return token;
}
