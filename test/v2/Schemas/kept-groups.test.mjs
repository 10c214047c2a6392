// What /Schemas says of each attribute of a group is what the server does, attribute by attribute.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { GROUP, newGroup, newUser, patchOp } from '../../support/scim.mjs';
import { at, attributesOf, cases, leavesOf, sample, swappedCase, withValue, writable } from './walk.mjs';

const ATTRIBUTES = await attributesOf('Group');
const LEAVES = leavesOf(ATTRIBUTES);
const ofMembers = LEAVES.filter(({ parent }) => parent?.name === 'members');
const immutable = LEAVES.filter(({ attribute }) => attribute.mutability === 'immutable');

test('every attribute of a group is checked below', () => {
  expect(LEAVES.map(({ path, attribute }) => [path, attribute.mutability])).toEqual([
    ['id', 'readOnly'],
    ['externalId', 'readWrite'],
    ['displayName', 'readWrite'],
    ['members.value', 'immutable'],
    ['members.$ref', 'immutable'],
    ['members.type', 'immutable'],
    ['members.display', 'readOnly'],
    ['urn:ietf:params:scim:schemas:extension:frontapp:group:description', 'readWrite'],
  ]);
});

/** A company with a user, and what it is to ask and to change there. */
async function stage() {
  const company = await newCompany();
  const { id: user, meta } = await newUser(company, { displayName: 'Rita Marley' });
  const { id: other } = await newUser(company, { userName: 'bob@example.com' });
  const read = async (id, query = '') => (await company.scim('GET', `/Groups/${id}${query}`)).body;
  return { ...company, user, other, location: meta.location, read };
}

test.each(cases(LEAVES.filter(writable)))('%s: readWrite, and returned by default', async (path, leaf) => {
  const { scim, read, ...company } = await stage();
  const value = sample(leaf);
  const { id } = await newGroup({ ...company, scim }, undefined, withValue(leaf, value));
  const found = async (query) => at(await read(id, query), leaf);
  expect(await found()).toEqual(value);
  expect(await found(`?attributes=${path}`)).toEqual(value);
  expect(await found('?attributes=members')).toBeUndefined();
  expect(await found(`?excludedAttributes=${path}`)).toBeUndefined();
  const changed = sample(leaf, 'other');
  const patch = patchOp({ op: 'replace', path, value: changed });
  expect((await scim('PATCH', `/Groups/${id}`, patch)).status).toBe(204);
  expect(await found()).toEqual(changed);
  const projected = await scim('PATCH', `/Groups/${id}?attributes=${path}`, patch);
  expect([projected.status, at(projected.body, leaf)]).toEqual([200, changed]);
});

test.each(cases(LEAVES.filter(({ attribute }) => attribute.mutability === 'readOnly')))(
  '%s: readOnly is ignored in a resource and refused by path',
  async (path, leaf) => {
    const { scim, read, user, ...company } = await stage();
    const group = await newGroup({ ...company, scim }, undefined, withValue(leaf, sample(leaf), user));
    expect(at(group, leaf)).not.toEqual(sample(leaf));
    const patch = await scim('PATCH', `/Groups/${group.id}`, patchOp({ op: 'replace', path, value: sample(leaf) }));
    expect([patch.status, patch.body.scimType]).toEqual([400, 'mutability']);
    expect(await read(group.id)).toEqual(group);
  },
);

test.each(cases(immutable))('%s: immutable comes with its member and is refused by path', async (path, leaf) => {
  const { scim, read, user, other, location, ...company } = await stage();
  const values = { value: user, $ref: location, type: 'User' };
  const value = values[leaf.attribute.name];
  const group = await newGroup({ ...company, scim }, undefined, withValue(leaf, value, user));
  expect(at(group, leaf)).toBe(value);
  for (const changed of [path, path.replace('.', `[value eq "${user}"].`)]) {
    const patch = await scim('PATCH', `/Groups/${group.id}`, patchOp({ op: 'replace', path: changed, value: other }));
    expect([changed, patch.status, patch.body.scimType]).toEqual([changed, 400, 'mutability']);
  }
  expect(await read(group.id)).toEqual(group);
});

test.each(cases(ofMembers))('%s: returned by default, alone where it is asked for alone', async (path, leaf) => {
  const { scim, read, user, ...company } = await stage();
  const { id } = await newGroup({ ...company, scim }, undefined, { members: [{ value: user }] });
  const value = at(await read(id), leaf);
  expect(value).toEqual(expect.any(String));
  expect(await read(id, `?attributes=${path}`)).toEqual({
    schemas: [GROUP],
    id,
    members: [{ [leaf.attribute.name]: value }],
  });
  expect(at(await read(id, `?excludedAttributes=${path}`), leaf)).toBeUndefined();
});

test.each(cases(LEAVES.filter(({ attribute }) => attribute.returned === 'always')))(
  '%s: always returned, whatever is asked for',
  async (path, leaf) => {
    const { scim, read, ...company } = await stage();
    const { id } = await newGroup({ ...company, scim });
    for (const query of ['', '?attributes=displayName', `?excludedAttributes=${path}`])
      expect(at(await read(id, query), leaf)).toBeDefined();
  },
);

test.each(cases(LEAVES.filter(writable)))('%s: uniqueness is what is enforced', async (_path, leaf) => {
  const { scim, ...company } = await stage();
  const body = withValue(leaf, sample(leaf));
  await newGroup({ ...company, scim }, 'First', body);
  const second = await scim('POST', '/Groups', { schemas: [GROUP], displayName: 'Second', ...body });
  const isUnique = leaf.attribute.uniqueness !== 'none';
  expect([second.status, second.body.scimType]).toEqual(isUnique ? [409, 'uniqueness'] : [201, undefined]);
});

test.each(cases(LEAVES.filter((leaf) => 'caseExact' in leaf.attribute && leaf.attribute.name !== '$ref')))(
  '%s: caseExact is how filters compare it',
  async (path, leaf) => {
    const { scim, user, ...company } = await stage();
    const sent = leaf.parent ? { members: [{ value: user }] } : withValue(leaf, sample(leaf));
    const value = at(await newGroup({ ...company, scim }, undefined, sent), leaf);
    const total = async (text) =>
      (await scim('GET', `/Groups?filter=${encodeURIComponent(`${path} eq "${text}"`)}`)).body.totalResults;
    expect(await total(value)).toBe(1);
    expect(await total(swappedCase(value))).toBe(leaf.attribute.caseExact ? 0 : 1);
  },
);

test.each(cases(ATTRIBUTES.filter(({ attribute }) => attribute.required)))('%s: required', async (path) => {
  const { scim } = await stage();
  const answer = await scim('POST', '/Groups', { schemas: [GROUP], externalId: 'g-1', members: [] });
  expect([answer.status, answer.body.scimType, answer.body.detail]).toEqual([
    400,
    'invalidValue',
    expect.stringContaining(path),
  ]);
});

test('nothing but what is said to be required is required', async () => {
  const { scim } = await stage();
  const required = ATTRIBUTES.filter(({ attribute }) => attribute.required);
  const body = Object.assign({}, ...required.map((leaf) => withValue(leaf, sample(leaf))));
  expect((await scim('POST', '/Groups', body)).status).toBe(201);
});

test('members are a list, with none in it as well', async () => {
  const { scim, read, user, ...company } = await stage();
  const none = await newGroup({ ...company, scim }, 'None');
  const one = await newGroup({ ...company, scim }, 'One', { members: { value: user } });
  expect([(await read(none.id)).members, (await read(one.id)).members.length]).toEqual([[], 1]);
});
