import { expect, test } from 'vitest';
import { newCompany, operator } from '../../../support/client.mjs';
import { batch, rows } from '../../../support/database.mjs';
import { person, populate } from '../../../support/population.mjs';
import { problem } from '../../../support/problem.mjs';
import { newUser } from '../../../support/scim.mjs';
import { tablesOf } from '../../../support/tables.mjs';

const TABLES = [
  ...['connections', 'tokens', 'templates', 'teammates', 'teammate_emails', 'events', 'requests', 'kept_orders'],
  ...['groups', 'memberships', 'company_writers', 'event_values'],
];

/** The company's rows in every table that has any of it. */
async function rowsOf({ companyId }) {
  const counts = { companies: (await rows('SELECT id FROM companies WHERE id = ?', companyId)).length };
  for (const table of TABLES)
    counts[table] = (await rows(`SELECT 1 FROM ${table} WHERE company_id = ?`, companyId)).length;
  return counts;
}

async function furnished() {
  const company = await newCompany();
  await company.newTemplate('Squad');
  await newUser(company, { emails: [{ value: 'rita@example.com' }], 'urn:example:x': { photo: 'x'.repeat(5000) } });
  await newUser(company, { userName: 'bob@example.com' });
  await company.scim('GET', '/Users?sortBy=userName&count=1&cursor');
  await batch([NEW_GROUP, NEW_MEMBERS, NEW_WRITER].map((sql) => ({ sql, params: [company.companyId] })));
  return company;
}

const NEW_GROUP = `
  INSERT INTO groups (company_id, id, display_name, display_name_folded, is_linked, state, member_count,
    unconfirmed_members, version, definition, created_at, updated_at, state_changed_at)
  VALUES (?1, 'grp_1', 'Support', 'support', 1, 'active', 2, 0, 1, 1, 0, 0, 0)`;
const NEW_MEMBERS = `
  INSERT INTO memberships (company_id, group_id, teammate_id, standing)
  SELECT ?1, 'grp_1', id, 'idp' FROM teammates WHERE company_id = ?1`;
const NEW_WRITER = 'INSERT INTO company_writers (company_id, epoch) VALUES (?1, 1)';

test('every table that knows companies is among those that are looked at here', async () => {
  const found = await rows(
    "SELECT m.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'company_id'",
  );
  expect(found.map(({ name }) => name).sort()).toEqual(TABLES.toSorted());
});

test('nothing of the company is left in any table', async () => {
  const company = await furnished();
  expect(Object.values(await rowsOf(company))).not.toContain(0);
  const { status, body } = await company.api('DELETE', '');
  expect([status, body]).toEqual([204, null]);
  expect(new Set(Object.values(await rowsOf(company)))).toEqual(new Set([0]));
});

test('its token is refused from then on, also where an isolate remembers it', async () => {
  const company = await furnished();
  await company.api('DELETE', '');
  const create = await company.scim('POST', '/Users', { userName: 'late@example.com' });
  const list = await company.scim('GET', '/Users');
  expect([create.status, list.status]).toEqual([401, 401]);
  expect(new Set(Object.values(await rowsOf(company)))).toEqual(new Set([0]));
});

test('it is gone from the management API', async () => {
  const company = await furnished();
  await company.api('DELETE', '');
  const statuses = [];
  for (const path of ['', '/teammates', '/tokens']) statuses.push((await company.api('GET', path)).status);
  statuses.push((await company.api('DELETE', '')).status);
  expect(statuses).toEqual([404, 404, 404, 404]);
});

test('group writes at that moment are done or refused, and nothing of them stays', async () => {
  const company = await newCompany();
  await batch(populate(company.companyId, 6_000));
  const members = Array.from({ length: 6_000 }, (_, i) => person(i).id);
  const write = (i) => company.api('POST', '/groups', { display_name: `Group ${i}`, members });
  const first = await write(0);
  const [erased, ...writes] = await Promise.all([company.api('DELETE', ''), ...[1, 2, 3, 4].map(write)]);
  expect([first.status, erased.status]).toEqual([201, 204]);
  const late = await write(5);
  expect([late.status, late.body.type]).toEqual([404, problem('not-found')]);
  for (const { status } of writes) expect([201, 400, 404]).toContain(status);
  expect(new Set(Object.values(await rowsOf(company)))).toEqual(new Set([0]));
}, 60_000);

test('other companies keep everything', async () => {
  const [company, other] = [await furnished(), await furnished()];
  const before = await tablesOf(other);
  await company.api('DELETE', '');
  expect(await tablesOf(other)).toEqual(before);
  expect((await operator('GET', `/companies/${other.companyId}`)).status).toBe(200);
});
