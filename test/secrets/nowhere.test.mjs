// A secret is kept nowhere, by its name: marks are put in every place that a caller can fill, by every route, and then
// every table of the database and all that the Worker has logged is searched for them.

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../support/client.mjs';
import { batch, rows } from '../support/database.mjs';
import { WORKER_LOG } from '../support/rollcall.mjs';
import { bulkRequest, newGroup, newUser, patchOp } from '../support/scim.mjs';
import { tablesOf } from '../support/tables.mjs';
import { group, headers, marks, operations, template, unusable, user, userAgents } from './places.mjs';

const BASES = ({ connectionId }) => ['/v2', `/scim/${connectionId}/v2`];

/** Who calls at a base: `done` fails where the answer is another than that status. */
function caller({ token }, base, mark) {
  return async function done(status, method, path, body) {
    const url = `${inject('rollcall').baseUrl}${base}`;
    const answer = await scimWith(token, method, path, body, headers(mark), url);
    expect([method, path, answer.status, answer.status === status ? '' : answer.body]).toEqual([
      method,
      path,
      status,
      '',
    ]);
    return answer.body;
  };
}

/** By every route that takes a body or a query. */
async function fill(company, base, mark) {
  const call = caller(company, base, mark);
  const at = (name) => ({ userName: `${name}${base.length}@example.com`, emails: [] });
  const rita = await call(201, 'POST', '/Users', { ...user(mark), ...at('rita') });
  await call(200, 'PUT', `/Users/${rita.id}`, { ...user(mark), ...at('rita') });
  await call(200, 'PATCH', `/Users/${rita.id}`, patchOp({ op: 'replace', value: { ...user(mark), ...at('rita') } }));
  await call(200, 'PATCH', `/Users/${rita.id}`, patchOp(...operations(mark)));
  // A path names an attribute, where a key that names none is passed over.
  const { apiKey: _, ...named } = user(mark);
  const byPath = Object.entries(named).map(([path, value]) => ({ op: 'add', path, value }));
  await call(200, 'PATCH', `/Users/${rita.id}`, patchOp(...byPath));
  for (const operation of unusable(mark)) {
    const { status } = await company.scim('PATCH', `/Users/${rita.id}`, patchOp(operation));
    expect([operation, status]).toEqual([operation, 400]);
  }
  await call(
    200,
    'PATCH',
    `/Users/${rita.id}`,
    patchOp(...unusable(mark), { op: 'replace', path: 'active', value: false }),
  );

  const { id } = await call(201, 'POST', '/Groups', {
    displayName: `G ${base}`,
    ...group(mark),
    members: [{ value: rita.id, pin: mark.next() }],
  });
  const path = `/Groups/${id}`;
  await call(200, 'PUT', path, { displayName: `G ${base}`, ...group(mark) });
  await call(204, 'PATCH', path, patchOp({ op: 'add', value: group(mark) }));
  await call(
    204,
    'PATCH',
    path,
    patchOp({ op: 'add', path: 'members', value: [{ value: rita.id, token: mark.next() }], apiKey: mark.next() }),
  );
  await call(400, 'PATCH', path, patchOp({ op: 'remove', path: `members[pin eq "${mark.next()}"]` }));

  const data = [
    { method: 'POST', path: '/Users', bulkId: 'a', data: { ...user(mark), ...at('bulk') }, password: mark.next() },
    { method: 'PATCH', path: `/Users/${rita.id}`, data: operations(mark), token: mark.next() },
    { method: 'PATCH', path: `/Users/${rita.id}`, data: operations(mark)[0] },
    { method: 'PATCH', path: `/Users/${rita.id}`, data: patchOp(...operations(mark)) },
    { method: 'PUT', path: `/Users/${rita.id}`, data: { ...user(mark), ...at('rita') } },
    { method: 'POST', path: '/Groups', bulkId: 'b', data: { displayName: `B ${base}`, ...group(mark) } },
    { method: 'DELETE', path: `/Users/${rita.id}`, data: user(mark) },
  ];
  const bulk = await call(200, 'POST', '/Bulk', bulkRequest(data, { password: mark.next() }));
  expect(bulk.Operations.map(({ status }) => status)).toEqual(['201', '200', '200', '200', '200', '201', '204']);

  // Reads, and refusals: all that the log of the platform or ours could show of them.
  const filter = (name) => encodeURIComponent(`${name} eq "${mark.next()}"`);
  await call(400, 'GET', `/Users?filter=${filter('password')}&sortBy=title`);
  await call(200, 'GET', `/Users?filter=${filter('title')}&cursor&sortBy=userName&token=${mark.next()}`);
  await call(200, 'POST', '/Users/.search', { filter: `title eq "${mark.next()}"`, password: mark.next() });
  await call(404, 'GET', `/Users/password=${mark.next()}`);
  await call(404, 'PUT', `/Users/tea_nobody`, { ...user(mark), ...at('x') });
  await call(400, 'POST', '/Users', user(mark));
}

/** Where a word stands: every text of every column of every table, and what is around it. */
async function everywhere(word) {
  const columns = await rows(
    `SELECT t.name AS "table", c.name AS "column" FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
     WHERE t.type = 'table' AND t.name NOT LIKE '\\_cf%' ESCAPE '\\'`,
  );
  expect(columns.length).toBeGreaterThan(100);
  const found = await batch(
    columns.map(({ table, column }) => ({
      sql: `SELECT '${table}.${column}' AS place, substr("${column}", max(1, instr("${column}", ?1) - 80), 160) AS text
            FROM "${table}" WHERE instr("${column}", ?1) > 0`,
      params: [word],
    })),
  );
  return found.flatMap((one) => one.rows);
}

test('a marked secret is in no table and in no line of the log, wherever it was put', async () => {
  const word = `Mark${randomBytes(8).toString('hex')}`;
  const mark = marks(word);
  const company = await newCompany({ plan: 'enterprise' });
  for (const base of BASES(company)) await fill(company, base, mark);

  for (const agent of userAgents(mark)) {
    const answer = await company.scim('POST', '/Users', { userName: `${Math.random()}` }, { 'user-agent': agent });
    expect(answer.status).toBe(201);
  }
  const made = await company.api('POST', '/templates', { name: 'T', ...template(mark) });
  expect([made.status, made.body.preferences]).toEqual([201, { theme: 'dark', smtp: { user: 'a' }, raw: '{}' }]);
  const edited = await company.api('PATCH', `/templates/${made.body.id}`, { ...template(mark), name: 'U' });
  expect([edited.status, JSON.stringify(edited.body)]).toEqual([200, expect.not.stringContaining(word)]);
  await company.api('PATCH', `/templates/${made.body.id}`, { password: mark.next() });
  expect(mark.count()).toBeGreaterThan(150);

  expect(await everywhere(word)).toEqual([]);
  expect(await readFile(WORKER_LOG, 'utf8')).not.toContain(word);
});

test('what is left out is noted by its name', async () => {
  const company = await newCompany();
  const mark = marks('Mark');
  const { id } = await newUser(company);
  await company.scim('PATCH', `/Users/${id}`, patchOp(...operations(mark)));
  await company.api('POST', '/templates', { name: 'T', ...template(mark) });
  const { requests } = await tablesOf(company);
  const notes = requests.flatMap((line) => line.notes);
  expect(notes).toEqual(
    expect.arrayContaining([
      'did not keep urn:example:hr:2.0:User:apiKey: by its name it is a secret',
      'did not keep Operations.password: by its name it is a secret',
      'did not keep preferences.smtp.password: by its name it is a secret',
      'did not keep preferences.api key: by its name it is a secret',
      'did not keep preferences.raw.pin: by its name it is a secret',
    ]),
  );
  const beside = requests.flatMap(({ quirks }) => quirks ?? []).filter(({ quirk }) => quirk === 'operation_member');
  expect(beside.map(({ at }) => at)).toEqual([
    'Operations.oldValue',
    'Operations.Value',
    'Operations.note',
    'Operations.PATH',
  ]);
});

test('what is no secret stays', async () => {
  const company = await newCompany();
  const fields = {
    passwordNeverExpires: 'kept',
    secretary: 'kept',
    pinCode: 'kept',
    pin_code: 'kept',
    publicKey: 'kept',
    role: '{"id": "1", "displayName": "R"}',
  };
  const urn = 'urn:example:hr:2.0:User';
  const { id } = await newUser(company, { [urn]: fields });
  const { body } = await company.scim('GET', `/Users/${id}`);
  expect(body[urn]).toEqual(fields);
  const { requests } = await tablesOf(company);
  expect(requests.find(({ sent }) => sent).sent[urn]).toEqual(fields);
  await newGroup(company);
});
