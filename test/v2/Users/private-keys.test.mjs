// Keys that a JSON library might take for its own are a client's data like any other: what was taken can be
// read, listed and changed ever after.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';

const KEYS = ['$serde_json::private::RawValue', '$serde_json::private::Number', '__proto__'];

describe.concurrent.each(KEYS)('%s', (key) => {
  const extension = 'urn:example:extension:2.0:User';
  // The null in front goes away when the user is read: then the key is the first of its object.
  const object = (value) => JSON.parse(`{"gone": null, ${JSON.stringify(key)}: ${JSON.stringify(value)}}`);

  test.each(['x', '{"a":1}', '[', '\u00e9', 5])('with the value %j', async (value) => {
    const company = await newCompany();
    const sent = { userName: 'rita@example.com', name: object(value), [extension]: object(value) };
    const created = await company.scim('POST', '/Users', sent);
    expect([201, 400]).toContain(created.status);
    const listed = await company.scim('GET', '/Users');
    expect(listed.status).toBe(200);
    expect((await company.api('GET', '/teammates')).status).toBe(200);
    if (created.status !== 201) return;
    expect(listed.body.Resources).toEqual([created.body]);
    const block = { Operations: [{ op: 'replace', path: 'active', value: false }] };
    expect((await company.scim('PATCH', `/Users/${created.body.id}`, block)).status).toBe(200);
  });
});
