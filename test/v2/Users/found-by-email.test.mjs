// Whom the app made under a name that is no e-mail address is found by its address, as if that were its userName, until an
// identity provider has written it: so that it is linked, and not made a second time.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { filtered, patchOp, scimError } from '../../support/scim.mjs';
import { writingNothing } from '../../support/tables.mjs';

async function withRita(more) {
  const company = await newCompany();
  const made = { user_name: 'rita', email: 'Rita@Example.com', ...more };
  const { status, body: rita } = await company.api('POST', '/teammates', made);
  expect(status).toBe(201);
  const lookUp = async (userName) => {
    const { body } = await company.scim('GET', filtered(`userName eq "${userName}"`));
    expect(body.totalResults).toBe(body.Resources.length);
    return body.Resources.map(({ id }) => id);
  };
  return { ...company, rita, lookUp, create: (body) => company.scim('POST', '/Users', body) };
}

test('a look-up by userName finds it by its address, and shows the userName that it has', async () => {
  const { scim, rita, lookUp } = await withRita();
  const { body } = await scim('GET', filtered('userName eq "RITA@example.com"'));
  expect(body).toMatchObject({ totalResults: 1, Resources: [{ id: rita.id, userName: 'rita' }] });
  expect(await lookUp('rita')).toEqual([rita.id]);
  expect(await lookUp('rita@example.org')).toEqual([]);
});

test('a POST answers 409 with its Location, and makes nobody', async () => {
  const company = await withRita();
  const { rita, create } = company;
  const answer = await writingNothing(company, () => create({ userName: 'rita@example.com' }));
  expect(answer.body).toEqual(
    scimError(
      409,
      `The app has a teammate with the e-mail address "rita@example.com" already: its userName is "rita", its id "${rita.id}". ` +
        'Link to that one: the first update gives it the userName that you send.',
      'uniqueness',
    ),
  );
  expect(answer.headers.get('location')).toMatch(new RegExp(`/v2/Users/${rita.id}$`));
});

test('so it is linked: the update that follows names it, and then it is found by that alone', async () => {
  const { scim, api, rita, lookUp } = await withRita();
  const [id] = await lookUp('rita@example.com');
  const user = { userName: 'rita@example.com', externalId: '00u1', active: true };
  const { status, body } = await scim('PUT', `/Users/${id}`, {
    ...user,
    emails: [{ value: 'new@example.com', primary: true }],
  });
  expect([status, body.id, body.userName]).toEqual([200, rita.id, 'rita@example.com']);
  expect(await lookUp('rita@example.com')).toEqual([rita.id]);
  expect(await lookUp('new@example.com')).toEqual([]);
  expect((await api('GET', '/teammates')).body.results).toHaveLength(1);
});

test.each([
  [
    'a PATCH',
    ({ scim, rita }) => scim('PATCH', `/Users/${rita.id}`, patchOp({ op: 'add', path: 'externalId', value: '1' })),
  ],
  [
    'a block',
    ({ scim, rita }) => scim('PATCH', `/Users/${rita.id}`, patchOp({ op: 'replace', value: { active: false } })),
  ],
  ['a DELETE', ({ scim, rita }) => scim('DELETE', `/Users/${rita.id}`)],
])('after %s by an identity provider it is its own again, and the address free', async (_, write) => {
  const company = await withRita();
  await write(company);
  expect(await company.lookUp('rita@example.com')).toEqual([]);
  expect((await company.create({ userName: 'rita@example.com' })).status).toBe(201);
});

test('what the app changes counts', async () => {
  const { api, rita, lookUp } = await withRita();
  await api('PATCH', `/teammates/${rita.id}`, { email: 'r@example.com' });
  expect([await lookUp('rita@example.com'), await lookUp('r@example.com')]).toEqual([[], [rita.id]]);
  await api('PATCH', `/teammates/${rita.id}`, { user_name: 'rita@example.org' });
  expect([await lookUp('r@example.com'), await lookUp('rita@example.org')]).toEqual([[], [rita.id]]);
  await api('PATCH', `/teammates/${rita.id}`, { user_name: 'rita' });
  await api('DELETE', `/teammates/${rita.id}`);
  expect(await lookUp('r@example.com')).toEqual([]);
});

test('who has the address as its userName is the one who is found', async () => {
  const { api, lookUp, create } = await withRita();
  const { body } = await api('POST', '/teammates', { user_name: 'rita@example.com', email: 'other@example.com' });
  expect(await lookUp('rita@example.com')).toEqual([body.id]);
  expect((await create({ userName: 'rita@example.com' })).headers.get('location')).toMatch(new RegExp(`${body.id}$`));
});

test('one whose userName is an address is found by that alone', async () => {
  const { lookUp, create } = await withRita({ user_name: 'rita@example.org' });
  expect(await lookUp('rita@example.com')).toEqual([]);
  expect((await create({ userName: 'rita@example.com' })).status).toBe(201);
});

test('the look-up costs what any costs', async () => {
  const { meteredScim } = await withRita();
  const cost = async (userName) => (await meteredScim('GET', filtered(`userName eq "${userName}"`))).cost;
  await cost('warm');
  const found = await cost('rita');
  expect(await cost('rita@example.com')).toEqual(found);
  expect(await cost('nobody@example.com')).toEqual({ ...found, rowsRead: found.rowsRead - 1 });
});
