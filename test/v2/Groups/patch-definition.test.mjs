// PATCH /Groups/{id}: name, externalId and extension.

import { describe, expect, test } from 'vitest';
import { newAppGroup, newGroup, rowOf, shown } from '../../support/pushed-groups.mjs';
import { GROUP, GROUP_EXTENSION, patchOp, scimError } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';
import { add, rename, withGroup } from './patched.mjs';

describe('the definition', () => {
  test('renamed: same id, one event group.renamed, the old name is free', async () => {
    const { company, group, path, patch, ann, bob } = await withGroup();
    const { answer, events } = await traced(company, () => patch(rename(' Help desk ')));
    expect(answer.status).toBe(204);
    expect(
      events.map(({ type, data }) => [type, data.before.display_name, data.after.display_name, data.after.version]),
    ).toEqual([['group.renamed', 'Support', ' Help desk ', 2]]);
    const { body } = await company.scim('GET', path);
    expect([body.id, body.displayName, body.members]).toEqual([group.id, ' Help desk ', shown([ann, bob])]);
    expect((await company.scim('POST', '/Groups', { displayName: 'help DESK' })).status).toBe(409);
    expect((await newGroup(company, 'Support')).id).not.toBe(group.id);
    await expectConsistent(company);
  });

  test('renamed in letter case alone: it is its own name', async () => {
    const { patch, company, group } = await withGroup();
    expect((await patch(rename('SUPPORT '))).status).toBe(204);
    expect((await rowOf(company, group)).display_name).toBe('SUPPORT ');
  });

  test.each([
    ['a pushed one', newGroup],
    ["the app's", newAppGroup],
  ])('renamed onto the name of another, %s: 409 with its Location', async (_, make) => {
    const { company, patch, eve } = await withGroup();
    const other = await make(company, 'Sales');
    const answer = await writingNothing(company, () => patch([add(eve), rename('sales ')]));
    expect([
      answer.status,
      answer.body.scimType,
      answer.headers.get('location').endsWith(`/Groups/${other.id}`),
    ]).toEqual([409, 'uniqueness', true]);
  });

  test('two groups change names by way of a third', async () => {
    const { company, patch, group } = await withGroup();
    const other = await newGroup(company, 'Sales');
    const patchOther = (value) => company.scim('PATCH', `/Groups/${other.id}`, patchOp(rename(value)));
    for (const [call, name] of [
      [/** @type {any} */ (patch), 'Temp'],
      [null, 'Support'],
      [patch, 'Sales'],
    ])
      expect((await (call ? call(rename(name)) : patchOther(name))).status).toBe(204);
    expect([(await rowOf(company, group)).display_name, (await rowOf(company, other)).display_name]).toEqual([
      'Sales',
      'Support',
    ]);
  });

  test.each([
    ['blank', rename(' ')],
    ['null', rename(null)],
    ['removed', { op: 'remove', path: 'displayName' }],
    ['too long', rename('x'.repeat(1025))],
    ['an object', rename({ value: 'x' })],
  ])('a name that is %s: 400, and nothing is applied', async (_, operation) => {
    const { company, patch, eve } = await withGroup();
    const answer = await writingNothing(company, () => patch([add(eve), operation]));
    expect([answer.status, answer.body.schemas]).toEqual([400, scimError(400, '').schemas]);
  });

  test('externalId and description, set and taken away, by group.updated', async () => {
    const { company, path, patch } = await withGroup();
    const description = `${GROUP_EXTENSION}:description`;
    const { events } = await traced(company, () =>
      patch([
        { op: 'add', path: 'externalId', value: 'x' },
        { op: 'replace', path: description, value: 'First line' },
      ]),
    );
    expect(events.map(({ type, data }) => [type, data.after.external_id, data.after.description])).toEqual([
      ['group.updated', 'x', 'First line'],
    ]);
    const shownThen = (await company.scim('GET', path)).body;
    expect([shownThen.externalId, shownThen[GROUP_EXTENSION]]).toEqual(['x', { description: 'First line' }]);
    await patch([
      { op: 'remove', path: description },
      { op: 'replace', path: 'externalId', value: '' },
    ]);
    const shownLater = (await company.scim('GET', path)).body;
    expect([shownLater.externalId, shownLater.schemas]).toEqual([undefined, [GROUP]]);
  });

  test.each([
    ['its path', { op: 'add', path: `${GROUP_EXTENSION}:description`, value: 'New' }],
    ["Entra's path", { op: 'Add', path: `${GROUP_EXTENSION}:2.0:Group:description`, value: 'New' }],
    ['the URN', { op: 'replace', path: GROUP_EXTENSION, value: { description: 'New' } }],
    ['the URN as a key', { op: 'replace', value: { [GROUP_EXTENSION]: { description: 'New' } } }],
    ['the path as a key', { op: 'add', value: { [`${GROUP_EXTENSION}:description`]: 'New' } }],
  ])('the description by %s', async (_, operation) => {
    const { company, group, patch } = await withGroup({ [GROUP_EXTENSION]: { description: 'Old' } });
    expect((await patch(operation)).status).toBe(204);
    expect((await rowOf(company, group)).description).toBe('New');
  });

  test('the extension removed as a whole takes the description away', async () => {
    const { company, group, patch } = await withGroup({ [GROUP_EXTENSION]: { description: 'Old' } });
    expect((await patch({ op: 'remove', path: GROUP_EXTENSION })).status).toBe(204);
    expect((await rowOf(company, group)).description).toBe(null);
  });

  test('set to what it is: 204, a line and no event', async () => {
    const { company, patch } = await withGroup({ externalId: 'x' });
    const body = [rename('Support'), { op: 'replace', path: 'externalId', value: 'x' }];
    const { answer, events, log } = await traced(company, () => patch(body));
    expect([answer.status, answer.headers.get('etag'), events, log.length]).toEqual([204, 'W/"1"', [], 1]);
  });
});
