// `email` is no attribute of any schema, and yet what Okta asks for where Frontegg's guide is followed: the addresses, and the
// userName of who has none.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { newUser, newUsers } from '../../support/scim.mjs';

const local = ({ userName }) => userName.split('@')[0];

async function withThree() {
  const company = await newCompany();
  await newUser(company, {
    userName: 'rita@example.com',
    emails: [{ value: 'Zoe@example.org', type: 'work', primary: true }, { value: 'b@example.org' }],
  });
  await newUsers(company, ['ann@example.com', 'Bob@example.com']);
  const asked = (parameters) => company.scim('GET', `/Users?${new URLSearchParams(parameters)}`);
  return { ...company, asked, found: async (filter) => (await asked({ filter })).body.Resources.map(local).sort() };
}

test.each([
  ['email eq "ZOE@example.org"', ['rita']],
  ['Email eq "b@example.org"', ['rita']],
  ['urn:ietf:params:scim:schemas:core:2.0:User:email eq "b@example.org"', ['rita']],
  ['email eq "rita@example.com"', []],
  ['email eq "bob@example.com"', ['Bob']],
  ['email ne "bob@example.com"', ['ann', 'rita']],
  ['email sw "B"', ['Bob', 'rita']],
  ['email co "example.com"', ['Bob', 'ann']],
  ['email ew ".org" or email sw "ann"', ['ann', 'rita']],
  ['email pr', ['Bob', 'ann', 'rita']],
  ['email eq null', []],
  ['not (email eq "ann@example.com") and active eq true', ['Bob', 'rita']],
])('%s', async (filter, who) => {
  const { found } = await withThree();
  expect(await found(filter)).toEqual(who);
});

test('sortBy=email', async () => {
  const { asked } = await withThree();
  const sorted = async (sortOrder) => (await asked({ sortBy: 'email', sortOrder })).body.Resources.map(local);
  expect(await sorted('ascending')).toEqual(['ann', 'Bob', 'rita']);
  expect(await sorted('descending')).toEqual(['rita', 'Bob', 'ann']);
});

test('of a group it is no attribute, and it has no parts', async () => {
  const { scim, asked } = await withThree();
  expect((await scim('GET', '/Groups?filter=email%20eq%20%22a%22')).body.scimType).toBe('invalidFilter');
  for (const filter of ['email.value eq "a"', 'email[type eq "work"]'])
    expect((await asked({ filter })).body.scimType).toBe('invalidFilter');
});
