import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { readableAnswer } from '../../../../support/readable.mjs';
import { filtered, newUser, newUsers } from '../../../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../../../support/tables.mjs';

const FULL = {
  user_name: 'rita@example.com',
  display_name: 'Rita Ito',
  given_name: 'Rita',
  family_name: 'Ito',
  external_id: '00u1',
  custom_fields: { cf_1: 'blue', cf_2: 'red' },
};

async function withRita() {
  const company = await newCompany();
  const { body: rita } = await company.api('POST', '/teammates', FULL);
  return { company, rita, edit: (body) => company.api('PATCH', `/teammates/${rita.id}`, body) };
}

test('an edit changes what it names and nothing else', async () => {
  const { company, rita, edit } = await withRita();
  const { status, body } = await edit({ display_name: 'R. Ito', role: 'admin' });
  expect(status).toBe(200);
  const attributes = { ...rita.attributes, displayName: 'R. Ito' };
  expect(body).toEqual({ ...rita, display_name: 'R. Ito', role: 'admin', attributes, updated_at: body.updated_at });
  expect((await company.api('GET', `/teammates/${rita.id}`)).body).toEqual(body);
});

test('null takes away', async () => {
  const { edit } = await withRita();
  const { status, body } = await edit({
    display_name: null,
    given_name: null,
    family_name: null,
    external_id: null,
    email: null,
  });
  expect(status).toBe(200);
  expect([body.display_name, body.external_id, body.attributes.name, body.attributes.emails]).toEqual([
    null,
    null,
    undefined,
    undefined,
  ]);
  // The userName is the only address that is left.
  expect(body.email).toBe(body.user_name);
});

test('custom fields come in the place of those that were there', async () => {
  const { edit } = await withRita();
  expect((await edit({ custom_fields: { cf_2: 'green', cf_3: 7 } })).body.custom_fields).toEqual({
    cf_2: 'green',
    cf_3: 7,
  });
  expect((await edit({ custom_fields: {} })).body.custom_fields).toEqual({});
  expect((await edit({ custom_fields: { cf_4: { deep: [1] } } })).body.custom_fields).toEqual({ cf_4: { deep: [1] } });
});

test('an e-mail address takes the place of the primary one', async () => {
  const { company, rita, edit } = await withRita();
  const { body } = await edit({ email: 'new@example.com' });
  expect(body.email).toBe('new@example.com');
  expect(body.attributes.emails).toEqual([{ value: 'new@example.com', type: 'work', primary: true }]);
  const found = async (email) =>
    (await company.scim('GET', filtered(`emails.value eq "${email}"`))).body.Resources.map(({ id }) => id);
  expect([await found('new@example.com'), await found('rita@example.com')]).toEqual([[rita.id], []]);
});

test('another userName keeps the id and frees the old one', async () => {
  const { company, rita, edit } = await withRita();
  const { status, body } = await edit({ user_name: 'rita.ito@example.com' });
  expect([status, body.id, body.user_name]).toEqual([200, rita.id, 'rita.ito@example.com']);
  expect((await newUser(company, { userName: 'rita@example.com' })).id).not.toBe(rita.id);
  expect((await edit({ user_name: 'RITA.ITO@example.com' })).body.user_name).toBe('RITA.ITO@example.com');
  await expectConsistent(company);
});

test('a userName that is taken is refused', async () => {
  const { company, edit } = await withRita();
  await newUsers(company, ['sam@example.com']);
  const answer = await writingNothing(company, () =>
    edit({ user_name: 'SAM@example.com', display_name: 'Not done either' }),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "A teammate with the userName "sam@example.com" exists already, with the id "tea_1". Link to that one, or choose another userName.",
        "request_id": "req_1",
        "status": 409,
        "title": "The userName is taken",
        "type": "https://host/errors#user-name-taken",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 409,
    }
  `);
});

test('so is that of a teammate who was removed from SCIM or deleted', async () => {
  const { company, edit } = await withRita();
  const [removed, deleted] = await newUsers(company, ['removed@example.com', 'deleted@example.com']);
  await company.scim('DELETE', `/Users/${removed.id}`);
  await company.api('DELETE', `/teammates/${deleted.id}`);
  for (const user_name of ['removed@example.com', 'deleted@example.com']) {
    const answer = await writingNothing(company, () => edit({ user_name }));
    expect([user_name, answer.status]).toEqual([user_name, 409]);
  }
});

test('an edit leaves one event and one line of the log', async () => {
  const { company, rita, edit } = await withRita();
  const { answer, events, log, before } = await traced(company, () => edit({ given_name: 'Margarita' }));
  expect(events.map(({ type, seq, data }) => ({ type, seq, data }))).toEqual([
    { type: 'teammate.updated', seq: before.company.last_seq + 1, data: { before: rita, after: answer.body } },
  ]);
  expect(log.map(({ method, status, resource_id, event_seq }) => ({ method, status, resource_id, event_seq }))).toEqual(
    [{ method: 'PATCH', status: 200, resource_id: rita.id, event_seq: events[0].seq }],
  );
  await expectConsistent(company);
});

test('an edit that changes nothing leaves a line of the log, and no event', async () => {
  const { company, rita, edit } = await withRita();
  const { answer, events, log, before, after } = await traced(company, () =>
    edit({ user_name: rita.user_name, display_name: 'Rita Ito', custom_fields: FULL.custom_fields }),
  );
  expect([answer.status, answer.body]).toEqual([200, rita]);
  expect([events, log.map(({ event_seq }) => event_seq)]).toEqual([[], [null]]);
  expect(after.teammates).toEqual(before.teammates);
});

test('what can not be a userName or an address is refused', async () => {
  const { company, edit } = await withRita();
  for (const body of [
    { user_name: '' },
    { user_name: '  ' },
    { email: 5 },
    { display_name: {} },
    { role: 'owner' },
    { state: 'active' },
    { active: false },
  ]) {
    const answer = await writingNothing(company, () => edit(body));
    expect([body, answer.status]).toEqual([body, 400]);
  }
});
