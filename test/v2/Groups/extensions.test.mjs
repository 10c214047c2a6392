// Extensions of groups: what no schema declares is kept and echoed, as it is of users.

import { beforeAll, describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { GROUP, GROUP_EXTENSION, groupsWhere } from '../../support/groups.mjs';
import { newGroup, newUser, patchOp, scimError } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

const ACME = 'urn:ietf:params:scim:schemas:extension:acme:2.0:Group';
const HR = 'urn:example:hr:1.0:Group';

const syncing = () => newCompany({ group_sync_enabled: true });
const app = async (company, { id }) => (await company.api('GET', `/groups/${id}`)).body;

test('POST keeps them as sent, and every answer has them', async () => {
  const company = await syncing();
  const extensions = { [ACME]: { tag: 't', List: [{ value: 'A' }, 7], empty: '' }, [HR]: { grade: 0.5 } };
  const { answer, events } = await traced(company, () =>
    company.scim('POST', '/Groups', { schemas: [GROUP, ACME], displayName: 'Support', ...extensions, members: [] }),
  );
  expect([answer.status, answer.body]).toEqual([
    201,
    {
      schemas: [GROUP, ACME, HR],
      id: answer.body.id,
      displayName: 'Support',
      ...extensions,
      meta: answer.body.meta,
      members: [],
    },
  ]);
  const { id } = answer.body;
  expect((await company.scim('GET', `/Groups/${id}`)).body).toEqual(answer.body);
  expect((await company.scim('GET', '/Groups')).body.Resources).toEqual([answer.body]);
  expect((await app(company, { id })).attributes).toEqual(extensions);
  expect(events.map(({ type, data }) => [type, data.after.attributes])).toEqual([['group.created', extensions]]);
});

test('an undeclared attribute of a declared extension stands beside its description', async () => {
  const company = await syncing();
  const group = await newGroup(company, 'Support', { [GROUP_EXTENSION]: { description: 'First line', colour: 'red' } });
  expect(group[GROUP_EXTENSION]).toEqual({ description: 'First line', colour: 'red' });
  expect(group.schemas).toEqual([GROUP, GROUP_EXTENSION]);
  await company.scim('PATCH', `/Groups/${group.id}`, patchOp({ op: 'remove', path: `${GROUP_EXTENSION}:description` }));
  expect((await company.scim('GET', `/Groups/${group.id}`)).body[GROUP_EXTENSION]).toEqual({ colour: 'red' });
  await company.scim('PATCH', `/Groups/${group.id}`, patchOp({ op: 'remove', path: GROUP_EXTENSION }));
  expect((await company.scim('GET', `/Groups/${group.id}`)).body.schemas).toEqual([GROUP]);
});

test('PATCH changes them with the rest of what it says, in one event, and a repetition changes nothing', async () => {
  const company = await syncing();
  const { id: user } = await newUser(company);
  const { id } = await newGroup(company, 'Support', { [ACME]: { tag: 't', list: [{ value: 'A' }, { value: 'B' }] } });
  const body = patchOp(
    { op: 'Replace', path: `${ACME}:tag`, value: 't2' },
    { op: 'Remove', path: `${ACME}:list`, value: [{ value: 'A' }] },
    { op: 'Replace', path: `${ACME}:list[value eq "B"].display`, value: 'b' },
    { op: 'Add', path: `${ACME}:obj`, value: { n: 1 } },
    { op: 'Replace', path: 'displayName', value: 'Help' },
    { op: 'Add', path: 'members', value: [{ value: user }] },
  );
  const after = { tag: 't2', list: [{ value: 'B', display: 'b' }], obj: { n: 1 } };
  const { answer, events } = await traced(company, () => company.scim('PATCH', `/Groups/${id}`, body));
  expect(answer.status).toBe(204);
  expect(
    events.map(({ type, data }) => [type, data.after.display_name, data.after.attributes, data.members_added.count]),
  ).toEqual([['group.renamed', 'Help', { [ACME]: after }, 1]]);
  const group = (await company.scim('GET', `/Groups/${id}`)).body;
  expect([group.displayName, group[ACME], group.members.length]).toEqual(['Help', after, 1]);
  const again = await traced(company, () => company.scim('PATCH', `/Groups/${id}`, body));
  expect([again.answer.status, again.events, again.log.length]).toEqual([204, [], 1]);
  await expectConsistent(company);
});

test('changes of members that meet one of an extension lose nothing', async () => {
  const company = await syncing();
  const users = await Promise.all([1, 2, 3, 4].map((n) => newUser(company, { userName: `u${n}@example.com` })));
  const { id } = await newGroup(company, 'Support', { [ACME]: { list: ['t'] } });
  const patches = users.flatMap((user, n) => [
    { op: 'Add', path: 'members', value: [{ value: user.id }] },
    { op: 'Add', path: `${ACME}:list`, value: `t${n}` },
  ]);
  const answers = await Promise.all(patches.map((patch) => company.scim('PATCH', `/Groups/${id}`, patchOp(patch))));
  expect(answers.map(({ status }) => status)).toEqual(patches.map(() => 204));
  const group = (await company.scim('GET', `/Groups/${id}`)).body;
  expect(group.members).toHaveLength(4);
  expect(group[ACME].list.sort()).toEqual(['t', 't0', 't1', 't2', 't3']);
  await expectConsistent(company);
});

test('PUT has all that the group has afterwards', async () => {
  const company = await syncing();
  const { id } = await newGroup(company, 'Support', { [ACME]: { tag: 't' }, [HR]: { grade: 1 } });
  const put = await company.scim('PUT', `/Groups/${id}`, { displayName: 'Support', [HR]: { grade: 2 } });
  expect([put.status, put.body.schemas, put.body[HR]]).toEqual([200, [GROUP, HR], { grade: 2 }]);
  const own = (await company.scim('GET', `/Groups/${id}`)).body;
  const echoed = await traced(company, () => company.scim('PUT', `/Groups/${id}`, own));
  expect([echoed.answer.status, echoed.events]).toEqual([200, []]);
});

describe('a projection', () => {
  let company;
  let path;

  beforeAll(async () => {
    company = await syncing();
    path = `/Groups/${(await newGroup(company, 'Support', { [ACME]: { tag: 't', obj: { a: 1, b: 2 } }, [HR]: { grade: 1 } })).id}`;
  });

  const schemas = [GROUP, ACME, HR];

  test.each([
    [`attributes=${ACME}`, { schemas, [ACME]: { tag: 't', obj: { a: 1, b: 2 } } }],
    [`attributes=${ACME}:tag,displayName`, { schemas, displayName: 'Support', [ACME]: { tag: 't' } }],
    [`excludedAttributes=members,meta,${ACME}`, { schemas, displayName: 'Support', [HR]: { grade: 1 } }],
    [
      `excludedAttributes=members,meta,${HR}:grade,${ACME}:obj`,
      { schemas, displayName: 'Support', [ACME]: { tag: 't' } },
    ],
  ])('%s', async (query, expected) => {
    const { body } = await company.scim('GET', `${path}?${query}`);
    expect(body).toEqual({ id: body.id, ...expected });
    const list = await company.scim('GET', `/Groups?${query}`);
    expect(list.body.Resources).toEqual([body]);
  });
});

test('a filter finds them by schemas, and is refused for an undeclared attribute as that of a user is', async () => {
  const company = await syncing();
  const { id } = await newGroup(company, 'Support', { [ACME]: { tag: 't' } });
  await newGroup(company, 'Sales');
  const found = await company.scim('GET', groupsWhere(`schemas eq "${ACME}"`));
  expect(found.body.Resources.map((group) => group.id)).toEqual([id]);
  const filter = encodeURIComponent(`${ACME}:tag eq "t"`);
  const [group, user] = await Promise.all(
    ['Groups', 'Users'].map((type) => company.scim('GET', `/${type}?filter=${filter}`)),
  );
  expect([group.status, group.body.scimType]).toEqual([user.status, user.body.scimType]);
});

test('an adoption keeps those that were, and its undo brings them back', async () => {
  const company = await syncing();
  const group = await newGroup(company, 'Support', { [ACME]: { tag: 'old' } });
  // Turned off and deleted, it is the app's; restored, it is free to be adopted.
  await company.scim('DELETE', `/Groups/${group.id}`);
  expect((await company.api('POST', `/groups/${group.id}/restore`)).status).toBe(200);
  expect((await app(company, group)).attributes).toEqual({ [ACME]: { tag: 'old' } });
  const adopted = await newGroup(company, 'Support', { [HR]: { grade: 2 } });
  expect([adopted.id, adopted.schemas]).toEqual([group.id, [GROUP, HR]]);
  expect((await app(company, group)).before_adoption.attributes).toEqual({ [ACME]: { tag: 'old' } });
  const undone = await company.api('POST', `/groups/${group.id}/undo_adoption`);
  expect([undone.status, undone.body.attributes]).toEqual([200, { [ACME]: { tag: 'old' } }]);
});

test('what is too long, or has no reading, is refused, and changes nothing', async () => {
  const company = await syncing();
  const { id } = await newGroup(company, 'Support', { [ACME]: { list: [{ value: 'A' }] } });
  const rename = { op: 'replace', path: 'displayName', value: 'Help' };
  for (const [operation, detail, scimType] of /** @type {any[][]} */ ([
    [
      { op: 'add', path: `${ACME}:long`, value: 'x'.repeat(65_536) },
      /^The extensions of the group have 656\d\d bytes; at most 65536 are kept\. Map fewer or shorter attributes to it\.$/,
      'invalidValue',
    ],
    [
      { op: 'add', path: `${ACME}:list[value co "Z"].display`, value: 'd' },
      /^No element of list matches \[value co "Z"\]\. An element can be made only from a filter of the form attribute eq value\.$/,
      'noTarget',
    ],
  ])) {
    const { status, body } = await writingNothing(company, () =>
      company.scim('PATCH', `/Groups/${id}`, patchOp(rename, operation)),
    );
    expect([status, body]).toEqual([400, scimError(400, expect.stringMatching(detail), scimType)]);
  }
});

test('secrets are kept nowhere', async () => {
  const company = await syncing();
  const group = await newGroup(company, 'Support', { [ACME]: { tag: 't', apiToken: 'hunter2' } });
  expect(group[ACME]).toEqual({ tag: 't' });
  const { answer, log } = await traced(company, () =>
    company.scim(
      'PATCH',
      `/Groups/${group.id}`,
      patchOp({ op: 'add', path: `${ACME}:passwords[type eq "x"].value`, value: 'hunter2' }),
    ),
  );
  expect([answer.status, JSON.stringify(log).includes('hunter2')]).toEqual([204, false]);
  expect((await company.scim('GET', `/Groups/${group.id}`)).body[ACME]).toEqual({ tag: 't' });
});
