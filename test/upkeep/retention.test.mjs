// Cron lets go of what is older than a company wants, in a workerd and a database of its own: it goes through all companies.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../support/client.mjs';
import { companyIn } from '../support/company-in.mjs';
import { sendBatch } from '../support/inspector-client.mjs';
import { startRollcall } from '../support/rollcall.mjs';
import { patchOp } from '../support/scim.mjs';

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

let rollcall;

beforeAll(async () => {
  const logFile = new URL('../../.wrangler/test-retention-worker.log', import.meta.url).pathname;
  rollcall = await startRollcall({ entries: ['metered'], logFile });
});

afterAll(() => rollcall?.stop());

const run = async (sql, ...params) => (await sendBatch(rollcall.inspectorUrl, [{ sql, params }]))[0].rows;

const edit = (company, body) =>
  send('PATCH', `${rollcall.baseUrl}/api/v1/companies/${company.companyId}`, {
    headers: { authorization: `Bearer ${rollcall.operatorKey}`, 'content-type': 'application/json' },
    body,
  });

const marks = async (company) =>
  (
    await run(
      `SELECT oldest_seq, last_seq, kept_bytes,
        (SELECT count(*) FROM events e WHERE e.company_id = c.id) AS events,
        (SELECT count(*) FROM requests r WHERE r.company_id = c.id) AS lines,
        (SELECT count(*) FROM event_values v WHERE v.company_id = c.id) AS large
      FROM companies c WHERE id = ?`,
      company.companyId,
    )
  )[0];

/** As if all that is there had been done so many days ago. */
async function age(company, days) {
  const by = days * 24 * 60 * 60 * 1000;
  await run('UPDATE events SET occurred_at = occurred_at - ?2 WHERE company_id = ?1', company.companyId, by);
  // The ids of requests begin with their moment.
  for (const { id, occurred_at } of await run('SELECT * FROM requests WHERE company_id = ?', company.companyId)) {
    const moment = Array.from({ length: 10 }, (_, place) =>
      DIGITS.at(Math.floor((occurred_at - by) / 32 ** (9 - place)) % 32),
    ).join('');
    await run(
      "UPDATE requests SET occurred_at = occurred_at - ?3, id = 'req_' || ?4 || substr(id, 15) WHERE company_id = ?1 AND id = ?2",
      ...[company.companyId, id, by, moment],
    );
  }
}

const tend = async (company) => {
  await run('UPDATE companies SET tended_at = 0 WHERE id = ?', company.companyId);
  expect(await rollcall.scheduled()).toMatchObject({ outcome: 'ok' });
};

test('events, log lines and large values go after 90 days, or when the company says', async () => {
  const company = await companyIn(rollcall);
  const { body: user } = await company.scim('POST', '/Users', {
    userName: 'rita@example.com',
    'urn:example:badge': { photo: 'x'.repeat(5000) },
  });
  const set = (path, value) => company.scim('PATCH', `/Users/${user.id}`, patchOp({ op: 'replace', path, value }));
  await set('title', 'Chef');
  const before = await marks(company);
  expect(before).toMatchObject({ oldest_seq: 1, large: 1 });
  expect(before.events).toBe(before.last_seq);

  await age(company, 89);
  await tend(company);
  expect(await marks(company)).toEqual(before);

  await age(company, 2);
  await set('title', 'Boss');
  await tend(company);
  const after = await marks(company);
  expect(after).toMatchObject({ oldest_seq: before.last_seq + 1, last_seq: before.last_seq + 1, large: 0 });
  expect([after.events, after.lines]).toEqual([1, 1]);
  expect(after.kept_bytes).toBeLessThan(before.kept_bytes);
  // What happened still stands in the rows.
  expect((await company.scim('GET', `/Users/${user.id}`)).body).toMatchObject({ title: 'Boss' });

  await age(company, 8);
  expect((await edit(company, { retention_days: 7 })).status).toBe(200);
  await tend(company);
  expect(await marks(company)).toMatchObject({ oldest_seq: after.last_seq + 1, events: 1, lines: 1 });
});
