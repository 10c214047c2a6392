// What /Schemas says of each attribute of a user is what the server does: mutability, returned, uniqueness, caseExact,
// required and multiValued, attribute by attribute, as a client finds them when it walks the schemas.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { USER, filtered, patchOp } from '../../support/scim.mjs';
import { at, cases, leavesOf, attributesOf, sample, swappedCase, withValue, writable } from './walk.mjs';

const ATTRIBUTES = await attributesOf('User');
const LEAVES = leavesOf(ATTRIBUTES);

test('every attribute says how it behaves', () => {
  expect(LEAVES.length).toBeGreaterThan(60);
  for (const { path, attribute } of LEAVES) {
    expect([path, attribute.mutability]).toEqual([
      path,
      expect.stringMatching(/^(readWrite|readOnly|writeOnly|immutable)$/),
    ]);
    expect([path, attribute.returned]).toEqual([path, expect.stringMatching(/^(always|default|request|never)$/)]);
    expect([path, attribute.uniqueness]).toEqual([path, expect.stringMatching(/^(none|server|global)$/)]);
  }
});

test.each(cases(LEAVES.filter(writable)))('%s: readWrite, and returned by default', async (path, leaf) => {
  const { scim } = await newCompany({ unknown_template: 'ignore' });
  const value = sample(leaf);
  const { id } = await created(scim, withValue(leaf, value));
  const read = async (query = '') => at((await scim('GET', `/Users/${id}${query}`)).body, leaf);
  expect(await read()).toEqual(value);
  expect(await read(`?attributes=${path}`)).toEqual(value);
  expect(await read(`?attributes=${path === 'title' ? 'nickName' : 'title'}`)).toBeUndefined();
  expect(await read(`?excludedAttributes=${path}`)).toBeUndefined();
  const changed = sample(leaf, 'other');
  const patched = await scim('PATCH', `/Users/${id}`, patchOp({ op: 'replace', path, value: changed }));
  expect([patched.status, at(patched.body, leaf)]).toEqual([200, changed]);
  expect(await read()).toEqual(changed);
});

test.each(cases(LEAVES.filter((leaf) => !writable(leaf) && leaf.attribute.mutability === 'readOnly')))(
  '%s: readOnly is ignored in a resource and refused by path',
  async (path, leaf) => {
    const { scim } = await newCompany({ unknown_template: 'ignore' });
    const resource = await created(scim, withValue(leaf, sample(leaf)));
    expect(at(resource, leaf)).not.toEqual(sample(leaf));
    const patch = await scim('PATCH', `/Users/${resource.id}`, patchOp({ op: 'replace', path, value: sample(leaf) }));
    expect([patch.status, patch.body.scimType]).toEqual([400, 'mutability']);
    expect((await scim('GET', `/Users/${resource.id}`)).body).toEqual(resource);
  },
);

test.each(cases(LEAVES.filter(({ attribute }) => attribute.returned === 'never')))(
  '%s: writeOnly is taken and never given out',
  async (path, leaf) => {
    expect(leaf.attribute.mutability).toBe('writeOnly');
    const { scim } = await newCompany({ unknown_template: 'ignore' });
    const secret = sample(leaf);
    const resource = await created(scim, withValue(leaf, secret));
    const patch = patchOp({ op: 'replace', path, value: secret });
    for (const [method, url, body] of [
      ['GET', `/Users/${resource.id}`],
      ['GET', `/Users/${resource.id}?attributes=${path}`],
      ['PATCH', `/Users/${resource.id}?attributes=${path}`, patch],
      ['GET', '/Users'],
      ['GET', filtered(`${path} eq "${secret}"`)],
      ['GET', `/Users?sortBy=${path}`],
    ])
      expect([url, JSON.stringify((await scim(method, url, body)).body).includes(String(secret))]).toEqual([
        url,
        false,
      ]);
    const compared = await scim('GET', filtered(`${path} eq "${secret}"`));
    expect([compared.status, compared.body.scimType]).toEqual([400, 'invalidFilter']);
  },
);

test.each(cases(LEAVES.filter(({ attribute }) => attribute.returned === 'always')))(
  '%s: always returned, whatever is asked for',
  async (path, leaf) => {
    const { scim } = await newCompany({ unknown_template: 'ignore' });
    const { id } = await created(scim, {});
    for (const query of ['', '?attributes=title', `?excludedAttributes=${path}`])
      expect(at((await scim('GET', `/Users/${id}${query}`)).body, leaf)).toBeDefined();
  },
);

test.each(cases(LEAVES.filter(writable)))('%s: uniqueness is what is enforced', async (_path, leaf) => {
  const { scim } = await newCompany({ unknown_template: 'ignore' });
  const body = withValue(leaf, sample(leaf));
  await created(scim, body);
  const second = await scim('POST', '/Users', { schemas: [USER], userName: 'second@example.com', ...body });
  const isUnique = leaf.attribute.uniqueness !== 'none';
  expect([second.status, second.body.scimType]).toEqual(isUnique ? [409, 'uniqueness'] : [201, undefined]);
});

test.each(cases(LEAVES.filter((leaf) => writable(leaf) && 'caseExact' in leaf.attribute)))(
  '%s: caseExact is how filters compare it',
  async (path, leaf) => {
    const { scim } = await newCompany({ unknown_template: 'ignore' });
    const value = sample(leaf);
    await created(scim, withValue(leaf, value));
    const total = async (text) => (await scim('GET', filtered(`${path} eq "${text}"`))).body.totalResults;
    expect(await total(value)).toBe(1);
    expect(await total(swappedCase(value))).toBe(leaf.attribute.caseExact ? 0 : 1);
  },
);

test.each(cases(ATTRIBUTES.filter(({ attribute }) => attribute.required)))('%s: required', async (path) => {
  const { scim } = await newCompany({ unknown_template: 'ignore' });
  const answer = await scim('POST', '/Users', { schemas: [USER], displayName: 'Nobody' });
  expect([answer.status, answer.body.scimType, answer.body.detail]).toEqual([
    400,
    'invalidValue',
    expect.stringContaining(path),
  ]);
});

test('nothing but what is said to be required is required', async () => {
  const { scim } = await newCompany({ unknown_template: 'ignore' });
  const required = ATTRIBUTES.filter(({ attribute }) => attribute.required);
  const body = Object.assign({}, ...required.map((leaf) => withValue(leaf, sample(leaf))));
  expect((await scim('POST', '/Users', { schemas: [USER], ...body })).status).toBe(201);
});

test.each(cases(ATTRIBUTES.filter(({ attribute }) => attribute.multiValued && attribute.mutability === 'readWrite')))(
  '%s: multi-valued attributes are lists',
  async (path, { attribute, ...schema }) => {
    const { scim } = await newCompany({ unknown_template: 'ignore' });
    const leaf = { path, attribute: attribute.subAttributes[0], parent: attribute, ...schema };
    const resource = await created(scim, withValue(leaf, sample(leaf)));
    expect(Array.isArray(resource[attribute.name])).toBe(true);
  },
);

async function created(scim, body) {
  const answer = await scim('POST', '/Users', { schemas: [USER], userName: 'first@example.com', ...body });
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return answer.body;
}
