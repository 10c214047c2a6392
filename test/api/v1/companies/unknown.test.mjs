// No route does anything for a company that does not exist.

import { expect, test } from 'vitest';
import { newCompany, operator } from '../../../support/client.mjs';
import { rows } from '../../../support/database.mjs';
import { problem } from '../../../support/problem.mjs';
import { readableAnswer } from '../../../support/readable.mjs';
import { routesOf } from '../routes.mjs';

const NOBODY = 'cmp_00000000000000000000000000';

test('an unknown company answers 404', async () => {
  expect(readableAnswer(await operator('GET', '/companies/cmp_nobody'))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "No company with the id "cmp_nobody" exists here.",
        "request_id": "req_1",
        "status": 404,
        "title": "Nothing here has that id",
        "type": "https://host/errors#not-found",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 404,
    }
  `);
});

test('so does every route inside it, and nothing is written', async () => {
  const company = await newCompany();
  for (const { method, path, body } of await routesOf(company)) {
    const { status, body: refusal } = await operator(method, path.replace(company.companyId, NOBODY), body);
    expect([method, path, status, refusal?.type]).toEqual([method, path, 404, problem('not-found')]);
  }
  for (const table of [
    ...['connections', 'tokens', 'templates', 'teammates', 'teammate_emails', 'events', 'requests'],
    ...['groups', 'memberships', 'company_writers', 'event_values'],
  ]) {
    expect(await rows(`SELECT * FROM ${table} WHERE company_id = ?`, NOBODY), table).toEqual([]);
  }
});
