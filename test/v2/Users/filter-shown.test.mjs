// GET /Users?filter=...: which teammates a look-up shows, whatever their state and origin.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { filtered, newUser, patchOp } from '../../support/scim.mjs';

const EMAIL = 'rita@example.com';
const FILTERS = [`userName eq "${EMAIL}"`, 'externalId eq "E-7"', `emails.value eq "${EMAIL}"`];

async function found(company, filters = FILTERS) {
  const answers = await Promise.all(filters.map((filter) => company.scim('GET', filtered(filter))));
  return answers.map(({ body }) => body.Resources.map(({ id, active }) => [id, active]));
}

const rita = (company, more) =>
  newUser(company, { userName: EMAIL, externalId: 'E-7', emails: [{ value: EMAIL }], ...more });

test('a blocked teammate is found, so that it is unblocked instead of made twice (Okta, Entra)', async () => {
  const company = await newCompany();
  const { id } = await rita(company);
  await company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'replace', path: 'active', value: false }));
  expect(await found(company)).toEqual(Array(3).fill([[id, false]]));
});

test('one that was made in the app before SCIM is found, so that it is linked', async () => {
  const company = await newCompany();
  const { body } = await company.api('POST', '/teammates', { user_name: EMAIL, external_id: 'E-7' });
  expect(await found(company)).toEqual(Array(3).fill([[body.id, true]]));
});

test('one that was blocked in the app is found too', async () => {
  const company = await newCompany();
  const { id } = await rita(company);
  await company.api('POST', `/teammates/${id}/block`);
  expect(await found(company)).toEqual(Array(3).fill([[id, false]]));
});

test('a removed teammate is not found, and is again once it is created again', async () => {
  const company = await newCompany();
  const { id } = await rita(company);
  await company.scim('DELETE', `/Users/${id}`);
  expect(await found(company, [...FILTERS, `id eq "${id}"`])).toEqual([[], [], [], []]);
  await rita(company);
  expect(await found(company)).toEqual(Array(3).fill([[id, true]]));
});

test('a teammate deleted in the app is not found', async () => {
  const company = await newCompany();
  const { id } = await rita(company);
  await company.api('DELETE', `/teammates/${id}`);
  expect(await found(company, [...FILTERS, `id eq "${id}"`])).toEqual([[], [], [], []]);
});
