import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { traced } from '../../../../support/tables.mjs';

test('provider and name can be edited', async () => {
  const company = await newCompany();
  const path = `/connections/${company.connectionId}`;
  const before = (await company.api('GET', path)).body;
  const { status, body } = await company.api('PATCH', path, { provider: 'okta', name: ' Okta ' });
  expect(status).toBe(200);
  expect(body).toEqual({ ...before, provider: 'okta', name: 'Okta', updated_at: body.updated_at });
  expect((await company.api('GET', path)).body).toEqual(body);
});

test('an edit leaves one event, one line of the log, and a new version of the rules', async () => {
  const company = await newCompany();
  const path = `/connections/${company.connectionId}`;
  const { endpoint, ...was } = (await company.api('GET', path)).body;
  const { answer, events, log, before, after } = await traced(company, () =>
    company.api('PATCH', path, { name: 'Renamed' }),
  );
  expect(after.company.rules_version).toBe(before.company.rules_version + 1);
  // The endpoint depends on the host by which somebody calls: an event does not tell it.
  expect(answer.body.endpoint).toBe(endpoint);
  expect(events.map(({ type, seq, data }) => ({ type, seq, data }))).toEqual([
    {
      type: 'connection.updated',
      seq: before.company.last_seq + 1,
      data: { before: was, after: { ...was, name: 'Renamed', updated_at: answer.body.updated_at } },
    },
  ]);
  expect(log.map(({ method, status, resource_id, event_seq }) => ({ method, status, resource_id, event_seq }))).toEqual(
    [{ method: 'PATCH', status: 200, resource_id: company.connectionId, event_seq: events[0].seq }],
  );
});

test('while it is paused every SCIM call is refused, and the tables stay as they are', async () => {
  const company = await newCompany();
  const path = `/connections/${company.connectionId}`;
  expect((await company.scim('POST', '/Users', { userName: 'early@example.com' })).status).toBe(201);
  const { body } = await company.api('PATCH', path, { paused: true });
  expect([body.paused, body.status]).toEqual([true, 'paused']);
  const calls = [
    ['GET', '/Users'],
    ['POST', '/Users', { userName: 'late@example.com' }],
    ['GET', '/Groups'],
  ];
  for (const call of calls) {
    const { answer, events, log } = await traced(company, () => company.scim(...call));
    expect([answer.status, answer.body.detail, events, log]).toEqual([
      403,
      'This connection is paused. Nothing is provisioned until a company admin resumes it.',
      [],
      [],
    ]);
  }
});

test('resumed, it answers again', async () => {
  const company = await newCompany();
  const path = `/connections/${company.connectionId}`;
  await company.api('PATCH', path, { paused: true });
  const { body } = await company.api('PATCH', path, { paused: false });
  expect([body.paused, body.status]).toEqual([false, 'waiting']);
  expect((await company.scim('GET', '/Users')).status).toBe(200);
});

test('a connection of another company is not there', async () => {
  const [company, other] = [await newCompany(), await newCompany()];
  const path = `/connections/${other.connectionId}`;
  const before = (await other.api('GET', path)).body;
  const answers = [
    await company.api('GET', path),
    await company.api('PATCH', path, { paused: true }),
    await company.api('DELETE', path),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect((await other.api('GET', path)).body).toEqual(before);
});
