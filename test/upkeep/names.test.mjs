// Cron folds anew what the Worker before this one stored, in a workerd and a database of its own: it goes through all
// companies.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../support/client.mjs';
import { companyIn } from '../support/company-in.mjs';
import { sendBatch } from '../support/inspector-client.mjs';
import { startRollcall } from '../support/rollcall.mjs';
import { patchOp } from '../support/scim.mjs';

const NFC = 'jos\u00e9';
const NFD = 'jose\u0301';

let rollcall;
let company;

beforeAll(async () => {
  const logFile = new URL('../../.wrangler/test-upkeep-worker.log', import.meta.url).pathname;
  rollcall = await startRollcall({ entries: ['metered'], logFile });
  company = await companyIn(rollcall);
});

afterAll(() => rollcall?.stop());

const run = async (sql, params = []) => (await sendBatch(rollcall.inspectorUrl, [{ sql, params }]))[0];

/** A teammate and a group as they were stored before: case-folded, and trimmed where it is a group's name. */
async function asBefore(key, userName, displayName) {
  const [lower, email] = [userName.toLowerCase(), JSON.stringify([userName.toLowerCase()])];
  const attributes = JSON.stringify({ emails: [{ value: userName, primary: true }] });
  await run(
    `INSERT INTO teammates (company_id, id, user_name, user_name_folded, state, role, origin, attributes,
       attributes_folded, folded_version, emails, version, created_at, updated_at, state_changed_at)
     VALUES (?, ?, ?, ?, 'active', 'teammate', 'scim', ?, lower(?5), 7, ?, 7, 1, 1, 1)`,
    [company.companyId, `tea_${key}`, userName, lower, attributes, email],
  );
  await run(
    `INSERT INTO groups (company_id, id, display_name, display_name_folded, is_linked, state, member_count,
       unconfirmed_members, version, definition, created_at, updated_at, state_changed_at)
     VALUES (?, ?, ?, ?, 1, 'active', 0, 0, 3, 2, 1, 1, 1)`,
    [company.companyId, `grp_${key}`, displayName, displayName.trim().toLowerCase()],
  );
}

async function idsOf(type, attribute, name) {
  const filter = encodeURIComponent(`${attribute} eq "${name}"`);
  const { body } = await company.scim('GET', `/${type}?filter=${filter}`);
  return body.Resources.map(({ id }) => id);
}
const user = (name) => idsOf('Users', 'userName', name);
const group = (name) => idsOf('Groups', 'displayName', name);

test('names that the former folding kept apart are one from then on, and twins are listed', async () => {
  await asBefore('nfd', `${NFD}@example.com`, `Caf${NFD}`);
  await asBefore('plain', 'Bob@example.com', 'Sales');
  await asBefore('nfc', `${NFC}@example.org`, `Squad ${NFC}`);
  await asBefore('twin', ` ${NFD}@example.org`, `Squad ${NFD} `);
  // By their own spelling they are found already.
  expect([await user(`${NFD.toUpperCase()}@example.com`), await group(`caf${NFD}`)]).toEqual([
    ['tea_nfd'],
    ['grp_nfd'],
  ]);
  expect([await user(`${NFC}@example.com`), await group(`caf${NFC}`)]).toEqual([[], []]);

  expect(await rollcall.scheduled()).toMatchObject({ outcome: 'ok' });

  for (const spelling of [NFC, NFD, `\u200b${NFC.toUpperCase()}`, ` ${NFD}`]) {
    expect(await user(`${spelling}@example.com`), spelling).toEqual(['tea_nfd']);
    expect(await group(`caf${spelling.trim()} `), spelling).toEqual(['grp_nfd']);
    expect(await idsOf('Users', 'emails.value', `${spelling}@example.com`), spelling).toEqual(['tea_nfd']);
  }
  expect(await user('bob@EXAMPLE.com')).toEqual(['tea_plain']);
  // Shown as they were, in the versions that they had.
  expect((await company.scim('GET', '/Users/tea_nfd')).body).toMatchObject({
    userName: `${NFD}@example.com`,
    emails: [{ value: `${NFD}@example.com` }],
    meta: { version: 'W/"7"' },
  });
  expect((await company.scim('GET', '/Groups/grp_nfd')).body).toMatchObject({
    displayName: `Caf${NFD}`,
    meta: { version: 'W/"3"' },
  });

  const twin = (id, name) => ({ id, name, state: 'active' });
  const headers = { authorization: `Bearer ${rollcall.operatorKey}` };
  const twins = async () =>
    (await send('GET', `${rollcall.baseUrl}/api/v1/companies/${company.companyId}/twins`, { headers })).body;
  expect(await twins()).toEqual({
    results: [
      {
        type: 'group',
        compared_as: `squad ${NFC}`,
        twins: [twin('grp_nfc', `Squad ${NFC}`), twin('grp_twin', `Squad ${NFD} `)],
      },
      {
        type: 'teammate',
        compared_as: `${NFC}@example.org`,
        twins: [twin('tea_nfc', `${NFC}@example.org`), twin('tea_twin', ` ${NFD}@example.org`)],
      },
    ],
    next: null,
  });
  // Each by its own spelling, and the one by any other.
  expect([await user(` ${NFD}@example.org`), await user(`${NFD}@example.org`)]).toEqual([['tea_twin'], ['tea_nfc']]);
  expect([await group(`Squad ${NFD}`), await group(`SQUAD ${NFC}`)]).toEqual([['grp_twin'], ['grp_nfc']]);
  // Both can be written.
  const title = patchOp({ op: 'replace', path: 'title', value: 'Lead' });
  for (const id of ['tea_nfc', 'tea_twin'])
    expect((await company.scim('PATCH', `/Users/${id}`, title)).status).toBe(200);
  const described = patchOp({ op: 'replace', path: 'externalId', value: 'g1' });
  for (const id of ['grp_nfc', 'grp_twin'])
    expect((await company.scim('PATCH', `/Groups/${id}`, described)).status).toBe(204);
  expect((await twins()).results).toHaveLength(2);
  // Once one has another name, the other has this one alone.
  const renamed = patchOp({ op: 'replace', path: 'userName', value: 'joe@example.org' });
  expect((await company.scim('PATCH', '/Users/tea_nfc', renamed)).status).toBe(200);
  expect((await company.scim('DELETE', '/Groups/grp_nfc')).status).toBe(204);
  expect([await user(`${NFC}@example.org`), await group(`squad ${NFC}`)]).toEqual([['tea_twin'], ['grp_twin']]);
  expect((await twins()).results).toEqual([]);
});

test('a run that finds nothing to do reads next to nothing', async () => {
  await rollcall.scheduled();
  for (const table of ['teammates', 'groups']) {
    const version = table === 'teammates' ? 'names_version IS NOT version' : 'names_definition IS NOT definition';
    const [where] = (await run(`SELECT sql FROM sqlite_master WHERE name = '${table}_to_fold'`)).rows;
    const [, condition] = where.sql.split('WHERE ');
    expect(condition).toContain(version);
    const { rows, meta } = await run(`SELECT id FROM ${table} INDEXED BY ${table}_to_fold WHERE ${condition}`);
    // The end of an index that is empty counts as one.
    expect([rows, meta.rows_read]).toEqual([[], 1]);
  }
});

test('more than one step holds is done in several', async () => {
  for (let i = 0; i < 60; i += 1) await asBefore(`many${i}`, `${NFD}.${i}@example.com`, `${NFD} ${i}`);
  await rollcall.scheduled();
  for (const i of [0, 30, 59]) {
    expect(await user(`${NFC}.${i}@example.com`)).toEqual([`tea_many${i}`]);
    expect(await group(`${NFC} ${i}`)).toEqual([`grp_many${i}`]);
  }
});
