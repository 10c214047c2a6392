import { expect, test } from 'vitest';
import { newCompany, scimWith } from '../../../../support/client.mjs';
import { readable } from '../../../../support/readable.mjs';
import { expectConsistent, tablesOf, traced } from '../../../../support/tables.mjs';

test('a revoked token is refused at once, also where an isolate remembers it', async () => {
  const company = await newCompany();
  await company.scim('POST', '/Users', { userName: 'early@example.com' });
  expect((await company.api('DELETE', `/tokens/${company.tokenId}`)).status).toBe(204);
  const create = await company.scim('POST', '/Users', { userName: 'late@example.com' });
  const list = await company.scim('GET', '/Users');
  expect([create.status, list.status]).toEqual([401, 401]);
  expect((await tablesOf(company)).teammates).toHaveLength(1);
});

test('other tokens of the company go on', async () => {
  const company = await newCompany();
  const other = await company.newToken();
  await company.api('DELETE', `/tokens/${company.tokenId}`);
  expect((await scimWith(other.token, 'POST', '/Users', { userName: 'rita@example.com' })).status).toBe(201);
});

test('it stays in the list, with the moment of its end', async () => {
  const company = await newCompany();
  await company.api('DELETE', `/tokens/${company.tokenId}`);
  const { body } = await company.api('GET', '/tokens');
  expect(readable(body)).toMatchInlineSnapshot(`
    {
      "next": null,
      "results": [
        {
          "connection_id": "con_1",
          "created_at": "<time>",
          "expires_at": null,
          "id": "tok_1",
          "last_used_at": null,
          "name": "Test token",
          "revoked_at": "<time>",
          "scopes": [
            "auto_provisioning",
            "provisioning",
          ],
        },
      ],
    }
  `);
});

test('a revocation leaves one event, one line of the log, and a new version of the rules', async () => {
  const company = await newCompany();
  const path = `/tokens/${company.tokenId}`;
  const { body: was } = await company.api('GET', path);
  const { events, log, before, after } = await traced(company, () => company.api('DELETE', path));
  const { body: is } = await company.api('GET', path);
  expect(after.company.rules_version).toBe(before.company.rules_version + 1);
  expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
    { type: 'token.revoked', data: { before: was, after: is } },
  ]);
  expect(log.map(({ method, status, event_seq }) => ({ method, status, event_seq }))).toEqual([
    { method: 'DELETE', status: 204, event_seq: events[0].seq },
  ]);
});

test('revoked again, it stays as it is', async () => {
  const company = await newCompany();
  const path = `/tokens/${company.tokenId}`;
  await company.api('DELETE', path);
  const { answer, events, before, after } = await traced(company, () => company.api('DELETE', path));
  expect([answer.status, events, after.tokens, after.company]).toEqual([204, [], before.tokens, before.company]);
});

test('revoked twice at once, it leaves one event', async () => {
  const company = await newCompany();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => company.api('DELETE', `/tokens/${company.tokenId}`)),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(204));
  const { events } = await tablesOf(company);
  expect(events.filter(({ type }) => type === 'token.revoked')).toHaveLength(1);
  await expectConsistent(company);
});

test('a token of another company is not there', async () => {
  const [company, other] = [await newCompany(), await newCompany()];
  const path = `/tokens/${other.tokenId}`;
  expect([(await company.api('GET', path)).status, (await company.api('DELETE', path)).status]).toEqual([404, 404]);
  expect((await other.scim('GET', '/Users')).status).toBe(200);
});
