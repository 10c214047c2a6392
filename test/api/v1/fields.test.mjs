// A body with a field that can't be used is refused with words that name the field, and nothing is done.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { detailsOf } from './refusals.mjs';

test('an unknown field is named, so that a misspelling is not taken for done', async () => {
  const company = await newCompany();
  expect([
    ...(await detailsOf(company, 'PATCH', '', [{ seat: 5 }])),
    ...(await detailsOf(company, 'POST', '/connections', [{ provider: 'okta', nme: 'x' }])),
    ...(await detailsOf(company, 'POST', '/tokens', [
      { name: 'x', scopes: ['provisioning'], expires: '2030-01-01T00:00:00Z' },
    ])),
    ...(await detailsOf(company, 'POST', '/teammates', [{ userName: 'a@example.com' }])),
  ]).toMatchInlineSnapshot(`
    [
      ""seat" can't be used: unknown field "seat", expected one of "name", "plan", "entitlements", "seats", "group_sync_enabled", "unknown_template", "user_name_must_be_primary_email", "allowed_domains", "idp_may_block_last_admin", "idp_may_unblock", "region", "retention_days", "quota_bytes".",
      ""nme" can't be used: unknown field "nme", expected "provider" or "name".",
      ""expires" can't be used: unknown field "expires", expected one of "name", "scopes", "expires_at", "connection_id".",
      ""userName" can't be used: unknown field "userName", expected one of "user_name", "email", "display_name", "given_name", "family_name", "external_id", "role", "template_id", "custom_fields".",
    ]
  `);
});

test('a value outside a list of names is refused, and the names are listed', async () => {
  const company = await newCompany();
  expect([
    ...(await detailsOf(company, 'PATCH', '', [
      { plan: 'gold' },
      { entitlements: ['everything'] },
      { unknown_template: 'guess' },
      { region: 'mars' },
      { region: 'WEUR' },
    ])),
    ...(await detailsOf(company, 'POST', '/connections', [{ provider: 'ping' }])),
    ...(await detailsOf(company, 'POST', '/tokens', [{ name: 'x', scopes: ['admin'] }])),
    ...(await detailsOf(company, 'POST', '/teammates', [{ user_name: 'a@example.com', role: 'owner' }])),
  ]).toMatchInlineSnapshot(`
    [
      ""plan" can't be used: unknown variant "gold", expected one of "starter", "growth", "scale", "enterprise".",
      ""entitlements[0]" can't be used: unknown variant "everything", expected one of "scim", "templates", "group_sync".",
      ""unknown_template" can't be used: unknown variant "guess", expected "refuse" or "ignore".",
      ""region" can't be used: unknown variant "mars", expected one of "wnam", "enam", "weur", "eeur", "apac", "oc".",
      ""region" can't be used: unknown variant "WEUR", expected one of "wnam", "enam", "weur", "eeur", "apac", "oc".",
      ""provider" can't be used: unknown variant "ping", expected one of "okta", "entra", "onelogin", "jumpcloud", "google", "custom".",
      ""scopes[0]" can't be used: unknown variant "admin", expected "auto_provisioning" or "provisioning".",
      ""role" can't be used: unknown variant "owner", expected "admin" or "teammate".",
    ]
  `);
});

/** Sends the fields one by one, each in a body that is right without it: the refusal has to name the field. */
async function expectNamed(company, method, path, base, fields) {
  for (const [field, value] of fields) {
    const [detail] = await detailsOf(company, method, path, [{ ...base, [field]: value }]);
    expect(detail, `${field}: ${JSON.stringify(value)}`).toContain(`"${field}`);
  }
}

test('a value of the wrong type is refused, and its field is named', async () => {
  const company = await newCompany();
  await expectNamed(company, 'PATCH', '', {}, [
    ['name', 5],
    ['plan', 'gold'],
    ['entitlements', 'scim'],
    ['seats', '5'],
    ['seats', -1],
    ['seats', 1.5],
    ['region', ''],
    ['region', ['weur']],
    ['group_sync_enabled', 'yes'],
    ['allowed_domains', 'acme.com'],
    ['allowed_domains', ['a@b@c']],
  ]);
  await expectNamed(company, 'POST', '/connections', {}, [
    ['provider', 'ping'],
    ['provider', ['okta']],
  ]);
  await expectNamed(company, 'POST', '/tokens', { name: 'x', scopes: ['provisioning'] }, [
    ['scopes', 'provisioning'],
    ['expires_at', 'tomorrow'],
    ['connection_id', 5],
  ]);
  await expectNamed(company, 'POST', '/templates', { name: 'x' }, [
    ['role', 'owner'],
    ['workspaces', {}],
    ['preferences', []],
  ]);
  await expectNamed(company, 'POST', '/teammates', { user_name: 'a@example.com' }, [
    ['user_name', 7],
    ['role', 'owner'],
    ['custom_fields', 'x'],
  ]);
});

test('a field that is missing is named', async () => {
  const company = await newCompany();
  for (const [path, field, body] of [
    ['/connections', 'provider', { name: 'x' }],
    ['/tokens', 'name', { scopes: ['provisioning'] }],
    ['/tokens', 'scopes', { name: 'x' }],
    ['/templates', 'name', {}],
    ['/teammates', 'user_name', { email: 'a@example.com' }],
  ]) {
    const [detail] = await detailsOf(company, 'POST', path, [body]);
    expect(detail, `${path} without ${field}`).toMatch(new RegExp(`["\`]${field}["\`]`));
  }
});

test('null is refused, and named, where a field has to have a value', async () => {
  const company = await newCompany();
  const nulls = (...names) => names.map((name) => [name, null]);
  const template = await company.newTemplate('Squad');
  const { body: teammate } = await company.api('POST', '/teammates', { user_name: 'rita@example.com' });
  const flags = [
    ...['group_sync_enabled', 'user_name_must_be_primary_email'],
    ...['idp_may_block_last_admin', 'idp_may_unblock'],
  ];
  await expectNamed(
    company,
    'PATCH',
    '',
    {},
    nulls('name', 'plan', 'entitlements', 'unknown_template', 'allowed_domains', ...flags),
  );
  await expectNamed(company, 'PATCH', `/connections/${company.connectionId}`, {}, nulls('provider', 'name', 'paused'));
  await expectNamed(
    company,
    'PATCH',
    `/templates/${template.id}`,
    {},
    nulls('name', 'role', 'workspaces', 'custom_fields'),
  );
  await expectNamed(company, 'PATCH', `/teammates/${teammate.id}`, {}, nulls('user_name', 'role'));
});
