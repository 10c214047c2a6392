// Where the bench takes place: Rollcall's built modules with a company of 10,000 teammates, and beside
// them, in the same workerd, the floor with as many rows. No proxy is in front of either.

import { join } from 'node:path';
import { sendBatch } from '../../test/support/inspector-client.mjs';
import { person, populate } from '../../test/support/population.mjs';
import { startRollcall } from '../../test/support/rollcall.mjs';
import { root } from '../paths.mjs';
import { floorBuild } from './floor.mjs';
import { PULLING_POPULATION } from './pulls.mjs';
import { GROUP_SIZES, LARGE_GROUP_SIZES, LARGE_POPULATION, POPULATION, groupOf } from './workloads.mjs';

const FLOOR_TABLE = `
  CREATE TABLE people (
    company_id TEXT NOT NULL, id TEXT NOT NULL, user_name TEXT NOT NULL, user_name_folded TEXT NOT NULL,
    document TEXT NOT NULL, PRIMARY KEY (company_id, id)
  ) STRICT, WITHOUT ROWID`;
const FLOOR_INDEX = 'CREATE UNIQUE INDEX people_user_name ON people (company_id, user_name_folded)';
const FLOOR_ROWS = `
  INSERT INTO people SELECT 'floor', value ->> 'id', value ->> 'userName', lower(value ->> 'userName'), value
  FROM json_each(?1)`;

/** Resolves with {floor, js, company, large, pulling, stop}: the targets of the load, and the end of it all. */
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
    company: await newCompany(rollcall, POPULATION, GROUP_SIZES),
    large: await newCompany(rollcall, LARGE_POPULATION, LARGE_GROUP_SIZES),
    pulling: await newCompany(rollcall, PULLING_POPULATION, []),
    stop: rollcall.stop,
  };
}

/** Makes the company; resolves with its address, its token and one that has expired. */
async function newCompany({ baseUrl, operatorKey, inspectorUrl }, population, groupSizes) {
  const made = async (path, body) => {
    const headers = { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' };
    const response = await fetch(`${baseUrl}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.status !== 201) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const { id } = await made('/companies', { name: 'Bench', plan: 'scale', group_sync_enabled: true });
  const newToken = () => made(`/companies/${id}/tokens`, { name: 'Bench', scopes: ['provisioning'] });
  const [{ token }, ended] = [await newToken(), await newToken()];
  const expire = 'UPDATE tokens SET expires_at = 1 WHERE company_id = ?1 AND id = ?2';
  await sendBatch(inspectorUrl, [{ sql: expire, params: [id, ended.id] }]);
  const statements = populate(id, population);
  // In parts: one batch would be a hundred megabytes.
  while (statements.length > 0) await sendBatch(inspectorUrl, statements.splice(0, 20));
  for (const size of groupSizes) await sendBatch(inspectorUrl, group(id, size));
  return { origin: baseUrl, token, expired: ended.token };
}

/** The statements that make a group whose members are the first teammates of the company. */
function group(companyId, size) {
  const ids = JSON.stringify(Array.from({ length: size }, (_, i) => person(i).id));
  const id = groupOf(size);
  return [
    { sql: GROUP, params: [companyId, id, `group of ${size}`, size] },
    { sql: MEMBERS, params: [companyId, id, ids] },
  ];
}

const GROUP = `
  INSERT INTO groups (company_id, id, display_name, display_name_folded, is_linked, state, member_count,
    unconfirmed_members, version, definition, created_at, updated_at, state_changed_at)
  VALUES (?1, ?2, ?3, ?3, 1, 'active', ?4, 0, 1, 1, 0, 0, 0)`;
const MEMBERS = `
  INSERT INTO memberships (company_id, group_id, teammate_id, standing)
  SELECT ?1, ?2, value, 'idp' FROM json_each(?3)`;
