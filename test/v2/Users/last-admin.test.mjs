// The last active company admin can't be blocked by an identity provider, unless the company allows it.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, tablesOf, writingNothing } from '../../support/tables.mjs';

async function withAdmins(userNames, settings) {
  const company = await newCompany(settings);
  const { id } = await company.newTemplate('Admins', { role: 'admin' });
  const roles = [{ type: 'template', value: id }];
  const admins = [];
  for (const userName of userNames) admins.push(await newUser(company, { userName, roles }));
  return { company, admins };
}

/** @type {any[][]} */
const WRITES = [
  ['PUT with active false', (user) => ['PUT', `/Users/${user.id}`, { ...user, active: false }]],
  [
    'PATCH of active',
    (user) => ['PATCH', `/Users/${user.id}`, patchOp({ op: 'Replace', path: 'active', value: 'False' })],
  ],
  ['DELETE', (user) => ['DELETE', `/Users/${user.id}`]],
];

test.each(WRITES)('%s of the last one is 403 that says so, and nothing is written', async (_, write) => {
  const { company, admins } = await withAdmins(['boss@example.com']);
  await newUser(company);
  const answer = await writingNothing(company, () => company.scim(...write(admins[0])));
  expect(answer.status).toBe(403);
  expect(answer.body.detail).toBe(
    '"boss@example.com" is the last active company admin and can\'t be blocked by the identity provider. Make another teammate an admin ' +
      'first, or allow it with the company setting idp_may_block_last_admin.',
  );
});

test('the whole answer', async () => {
  const { company, admins } = await withAdmins(['boss@example.com']);
  expect(readableAnswer(await company.scim('DELETE', `/Users/${admins[0].id}`))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": ""boss@example.com" is the last active company admin and can't be blocked by the identity provider. Make another teammate an admin first, or allow it with the company setting idp_may_block_last_admin.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "status": "403",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 403,
    }
  `);
});

test.each(WRITES)('%s of the last one works where the company allows it', async (_, write) => {
  const { company, admins } = await withAdmins(['boss@example.com'], { idp_may_block_last_admin: true });
  const { status } = await company.scim(...write(admins[0]));
  expect(status).toBeLessThan(300);
  expect((await tablesOf(company)).company.active_admins).toBe(0);
  await expectConsistent(company);
});

test('a profile change of the last one works', async () => {
  const { company, admins } = await withAdmins(['boss@example.com']);
  const { status } = await company.scim('PUT', `/Users/${admins[0].id}`, {
    ...admins[0],
    title: 'Boss',
    userName: 'chief@example.com',
  });
  expect(status).toBe(200);
});

test('a refused block in one PUT takes the profile change with it', async () => {
  const { company, admins } = await withAdmins(['boss@example.com']);
  const answer = await writingNothing(company, () =>
    company.scim('PUT', `/Users/${admins[0].id}`, { ...admins[0], title: 'Gone', active: false }),
  );
  expect(answer.status).toBe(403);
});

test('of two, one can be blocked, and then the other can not', async () => {
  const { company, admins } = await withAdmins(['a@example.com', 'b@example.com']);
  const first = await company.scim('DELETE', `/Users/${admins[0].id}`);
  const second = await company.scim('DELETE', `/Users/${admins[1].id}`);
  expect([first.status, second.status]).toEqual([204, 403]);
});

test('an admin who is blocked already may be removed, for the last active one stays', async () => {
  const { company, admins } = await withAdmins(['a@example.com', 'b@example.com']);
  await company.scim('PUT', `/Users/${admins[0].id}`, { ...admins[0], active: false });
  expect((await company.scim('DELETE', `/Users/${admins[0].id}`)).status).toBe(204);
  await expectConsistent(company);
});

test('a company without any admin blocks whom it likes', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  expect((await company.scim('DELETE', `/Users/${id}`)).status).toBe(204);
});

test('two admins blocked at once: exactly one is', async () => {
  const { company, admins } = await withAdmins(['a@example.com', 'b@example.com']);
  const answers = await Promise.all(
    admins.map((admin) => company.scim('PUT', `/Users/${admin.id}`, { ...admin, active: false })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  expect((await tablesOf(company)).company.active_admins).toBe(1);
  await expectConsistent(company);
});

test('eight admins blocked at once in three ways: one is left', async () => {
  const { company, admins } = await withAdmins(Array.from({ length: 8 }, (_, place) => `admin${place}@example.com`));
  const answers = await Promise.all(admins.map((admin, place) => company.scim(...WRITES[place % 3][1](admin))));
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(7);
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(1);
  expect((await tablesOf(company)).company.active_admins).toBe(1);
  await expectConsistent(company);
});

test('an admin made in the app counts', async () => {
  const { company, admins } = await withAdmins(['boss@example.com']);
  await company.api('POST', '/teammates', { user_name: 'owner@example.com', role: 'admin' });
  expect((await company.scim('DELETE', `/Users/${admins[0].id}`)).status).toBe(204);
});
