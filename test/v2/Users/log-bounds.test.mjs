// The provisioning log: bounded, free of secrets, and taking the lines of a Worker that knows no more than the
// first migration.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { batch, rows } from '../../support/database.mjs';
import { USER, newUser, patchOp } from '../../support/scim.mjs';
import { tablesOf, traced } from '../../support/tables.mjs';

const KEPT = 16 * 1024;

/** The columns of one line as they are stored. */
async function columns({ companyId }, { headers }) {
  const sql = 'SELECT * FROM requests WHERE company_id = ? AND id = ?';
  const [line] = await rows(sql, companyId, headers.get('x-request-id'));
  return line;
}

test('what is too long is cut at 16 KiB, says so and stays JSON', async () => {
  const company = await newCompany();
  const roles = Array.from({ length: 500 }, (_, place) => ({ value: `"${place}" ${'é'.repeat(50)}` }));
  const answer = await company.scim('POST', '/Users', { schemas: [USER], userName: 'rita@example.com', roles });
  expect(answer.status).toBe(201);
  const line = await columns(company, answer);
  for (const [column, start] of [
    ['sent', `{"schemas":["${USER}"],"userName":"rita@example.com","roles":[{"value":"\\"0\\" ééé`],
    ['understood', '[{"op":"replace","path":"userName","value":"rita@example.com"},{"op":"replace","path":"roles"'],
  ]) {
    const bytes = Buffer.byteLength(line[column]);
    expect(bytes, column).toBeLessThanOrEqual(KEPT);
    expect(bytes, column).toBeGreaterThan(KEPT - 10);
    const kept = JSON.parse(line[column]);
    expect(kept).toEqual({ cut: 'too long to be kept whole; this is how it starts', start: expect.any(String) });
    expect(kept.start.slice(0, start.length), column).toBe(start);
  }
  // What was stored is the event's to say, which keeps what is large beside it.
  const { events, eventValues } = await tablesOf(company);
  expect([line.stored, eventValues.map(({ value }) => value)]).toEqual([null, [roles]]);
  expect(JSON.stringify(events.at(-1).data.after.attributes.roles)).toBe(JSON.stringify(roles));
});

test('of many quirks the first fifty are kept, and how many there were more', async () => {
  const company = await newCompany();
  const unknown = Object.fromEntries(Array.from({ length: 60 }, (_, place) => [`x${place}`, 1]));
  const { log } = await traced(company, () => newUser(company, unknown));
  expect(log[0].quirks).toHaveLength(51);
  expect(log[0].quirks.slice(48)).toEqual([
    { quirk: 'unknown_attribute', at: 'x48' },
    { quirk: 'unknown_attribute', at: 'x49' },
    { more: 10 },
  ]);
});

test('a secret is in no table, wherever a client puts it', async () => {
  const company = await newCompany();
  const secret = 'hunter2-hunter2';
  const { id } = await newUser(company, { password: secret, [`${USER}:password`]: secret });
  for (const operation of [
    { op: 'replace', path: 'password', value: secret },
    { op: 'Add', path: 'PASSWORD', value: [secret] },
    { op: 'replace', path: `${USER}:password`, value: secret },
    { op: 'replace', value: { password: secret, title: 'T' } },
    { OP: 'replace', Path: 'password', Value: { secret } },
  ]) {
    const answer = await company.scim('PATCH', `/Users/${id}`, patchOp(operation));
    expect(answer.status).toBe(200);
  }
  expect(JSON.stringify(await tablesOf(company))).not.toContain(secret);
});

test('the Worker that knew only the first migration goes on writing', async () => {
  const company = await newCompany();
  const { company: before } = await tablesOf(company);
  await batch([
    {
      sql: `INSERT INTO journal (company_id, request_id, occurred_at, connection_id, token_id, method, path,
        user_agent, status, resource_id, notes, event_id, type, data)
        SELECT ?1, 'req_old', 1, NULL, NULL, 'POST', '/v2/Users', NULL, 201, 'tea_1', '[]', 'evt_old', 'x', '{}'`,
      params: [company.companyId],
    },
    {
      sql: `INSERT INTO requests (company_id, id, occurred_at, connection_id, token_id, method, path,
        user_agent, status, resource_id, notes)
        SELECT ?1, 'req_old_2', 1, NULL, NULL, 'PATCH', '/v2/Users/tea_1', NULL, 200, 'tea_1', '[]'`,
      params: [company.companyId],
    },
  ]);
  const { company: after, events, requests } = await tablesOf(company);
  expect(after.last_seq).toBe(before.last_seq + 1);
  expect(events.at(-1)).toMatchObject({ id: 'evt_old', seq: after.last_seq, request_id: 'req_old' });
  expect(requests.filter(({ id }) => id.startsWith('req_old'))).toMatchObject([
    { id: 'req_old', event_seq: after.last_seq, notes: [], dialect: null, sent: null, stored: null },
    { id: 'req_old_2', event_seq: null, notes: [], dialect: null, sent: null, stored: null },
  ]);
});
