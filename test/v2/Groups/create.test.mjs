// POST /Groups: a pushed group, whole or not at all.

import { describe, expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { came, membersOf, named, newGroup, newIds, NOBODY, refusedPost, shown } from '../../support/pushed-groups.mjs';
import { readable, readableAnswer } from '../../support/readable.mjs';
import { GROUP, GROUP_EXTENSION, USER, newUser, patchOp, scimError } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

describe('what it answers', () => {
  test('a name alone: 201 with the group, its Location and its version', async () => {
    const { scim } = await newCompany();
    const answer = await scim('POST', '/Groups', { schemas: [GROUP], displayName: 'Support' });
    expect(readableAnswer(answer)).toEqual({
      status: 201,
      headers: { 'content-type': 'application/scim+json', location: 'https://host/v2/Groups/grp_1' },
      body: {
        schemas: [GROUP],
        id: 'grp_1',
        displayName: 'Support',
        meta: {
          resourceType: 'Group',
          created: '<time>',
          lastModified: '<time>',
          location: 'https://host/v2/Groups/grp_1',
          version: 'W/"1"',
        },
        members: [],
      },
    });
    expect(answer.headers.get('location')).toBe(answer.body.meta.location);
    expect(answer.headers.get('etag')).toBe('W/"1"');
    expect(answer.body.meta.lastModified).toBe(answer.body.meta.created);
    expect((await scim('GET', `/Groups/${answer.body.id}`)).body).toEqual(answer.body);
  });

  test('everything that a group has', async () => {
    const company = await newCompany();
    const [ann, bob] = await newIds(company, 'ann', 'bob');
    const body = {
      schemas: [GROUP, GROUP_EXTENSION],
      displayName: ' Support ',
      externalId: '8aa1',
      [GROUP_EXTENSION]: { description: 'First line' },
      members: [...named(bob, ann), { value: ann, display: 'twice', $ref: `../Users/${ann}`, type: 'User' }],
    };
    const answer = await company.scim('POST', '/Groups', body);
    const { id, meta } = answer.body;
    expect(answer.body).toEqual({ ...body, id, meta, members: shown([ann, bob]) });
    expect((await company.scim('GET', `/Groups/${id}`)).body).toEqual(answer.body);
    expect((await company.scim('GET', `/Users/${ann}`)).body.groups).toMatchObject([
      { value: id, display: ' Support ' },
    ]);
  });

  test("at a connection's own endpoint: Location, meta and $ref continue its base", async () => {
    const company = await newCompany();
    const [ann] = await newIds(company, 'ann');
    const base = `${inject('rollcall').baseUrl}/scim/${company.connectionId}/v2`;
    const answer = await scimWith(
      company.token,
      'POST',
      '/Groups/',
      { displayName: 'x', members: named(ann) },
      {},
      base,
    );
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`${base}/Groups/${answer.body.id}`);
    expect(answer.body.meta.location).toBe(`${base}/Groups/${answer.body.id}`);
    expect(answer.body.members).toEqual(shown([ann], base));
  });

  test.each([
    ['?excludedAttributes=members', ['schemas', 'id', 'displayName', 'meta']],
    ['?attributes=displayName', ['schemas', 'id', 'displayName']],
    ['?attributes=members&aadOptscim062020', ['schemas', 'id', 'members']],
    ['/?nonsense=1', ['schemas', 'id', 'displayName', 'meta', 'members']],
  ])('%s shows that part', async (query, members) => {
    const company = await newCompany();
    const [ann] = await newIds(company, 'ann');
    const answer = await company.scim('POST', `/Groups${query}`, { displayName: 'Support', members: named(ann) });
    expect([answer.status, Object.keys(answer.body).sort()]).toEqual([201, members.sort()]);
    expect([answer.headers.get('etag'), !!answer.headers.get('location')]).toEqual(['W/"1"', true]);
    expect(await membersOf(company, answer.body)).toEqual([ann]);
  });

  test('application/json where Accept names it alone', async () => {
    const { scim } = await newCompany();
    const answer = await scim('POST', '/Groups', { displayName: 'x' }, { accept: 'application/json' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'application/json']);
  });
});

describe('what it leaves behind', () => {
  test('one event: group.created, before null, after the group as the app sees it, and who came', async () => {
    const company = await newCompany();
    const [ann, bob] = await newIds(company, 'ann', 'bob');
    const body = { displayName: 'Support', externalId: '8aa1', members: named(bob, ann) };
    const { answer, events, before } = await traced(company, () => company.scim('POST', '/Groups', body));
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event).toMatchObject({
      seq: before.company.last_seq + 1,
      token_id: company.tokenId,
      connection_id: company.connectionId,
      request_id: answer.headers.get('x-request-id'),
    });
    const { before: was, after, ...members } = event.data;
    expect([event.type, was, members]).toEqual([
      'group.created',
      null,
      { members_added: came(...[ann, bob].sort()), members_removed: NOBODY },
    ]);
    expect(readable(after)).toEqual({
      id: 'grp_1',
      display_name: 'Support',
      external_id: '8aa1',
      description: null,
      idp_managed: true,
      state: 'active',
      member_count: 2,
      unconfirmed_members: 0,
      version: 1,
      attributes: {},
      before_adoption: null,
      created_at: '<time>',
      updated_at: '<time>',
      state_changed_at: '<time>',
      restorable_until: null,
    });
    expect(after).toEqual((await company.api('GET', `/groups/${answer.body.id}`)).body);
    await expectConsistent(company);
  });

  test('one line in the log, with the same seq', async () => {
    const company = await newCompany();
    const [ann] = await newIds(company, 'ann');
    const body = { schemas: [GROUP], displayName: 'Support', externalId: '8aa1', members: named(ann) };
    const { answer, events, log } = await traced(company, () =>
      company.scim('POST', '/Groups?aadOptscim062020', body, { 'user-agent': 'Okta SCIM Client 1.0.0' }),
    );
    expect(log).toEqual([
      {
        id: answer.headers.get('x-request-id'),
        occurred_at: events[0].occurred_at,
        connection_id: company.connectionId,
        token_id: company.tokenId,
        method: 'POST',
        path: '/v2/Groups',
        user_agent: 'Okta SCIM Client 1.0.0',
        status: 201,
        resource_id: answer.body.id,
        event_seq: events[0].seq,
        notes: [],
        dialect: 'okta',
        quirks: [],
        sent: body,
        understood: [
          { op: 'replace', path: 'displayName', value: 'Support' },
          { op: 'replace', path: 'externalId', value: '8aa1' },
          { op: 'replace', path: 'members', value: [ann] },
        ],
        stored: null,
      },
    ]);
  });

  test('one row, and one for each member', async () => {
    const company = await newCompany();
    const [ann] = await newIds(company, 'ann');
    const { answer, after } = await traced(company, () =>
      company.scim('POST', '/Groups', { displayName: ' Straße ', members: named(ann) }),
    );
    const { created_at, updated_at, state_changed_at, ...row } = after.groups[0];
    expect(row).toEqual({
      ...row,
      id: answer.body.id,
      display_name: ' Straße ',
      display_name_folded: 'strasse',
      external_id: null,
      description: null,
      is_linked: 1,
      state: 'active',
      member_count: 1,
      unconfirmed_members: 0,
      version: 1,
      definition: 1,
      attributes: null,
      before_adoption: null,
    });
    expect(new Set([created_at, updated_at, state_changed_at]).size).toBe(1);
    const request_id = answer.headers.get('x-request-id');
    const { occurred_at: since, connection_id } = after.requests.find((line) => line.id === request_id);
    expect(connection_id).toMatch(/^con_/);
    expect(after.memberships).toEqual([
      { group_id: answer.body.id, teammate_id: ann, standing: 'idp', since, request_id, connection_id },
    ]);
  });
});

describe('the description, however its path is spelled', () => {
  test.each([
    ['the object of the URN', { [GROUP_EXTENSION]: { description: 'First line' } }],
    ['an undeclared URN', { schemas: [GROUP], [GROUP_EXTENSION]: { description: 'First line' } }],
    ['one name', { [`${GROUP_EXTENSION}:description`]: 'First line' }],
    ['one name in upper case', { [`${GROUP_EXTENSION}:Description`.toUpperCase()]: 'First line' }],
    ['as Entra has to name it', { [`${GROUP_EXTENSION}:2.0:Group:description`]: 'First line' }],
    ['a list of one', { [GROUP_EXTENSION]: { description: ['First line'] } }],
  ])('%s', async (_, spelled) => {
    const company = await newCompany();
    const answer = await company.scim('POST', '/Groups', { displayName: 'Support', ...spelled });
    expect([answer.status, answer.body.schemas, answer.body[GROUP_EXTENSION]]).toEqual([
      201,
      [GROUP, GROUP_EXTENSION],
      { description: 'First line' },
    ]);
  });

  test.each([
    ['null', { [GROUP_EXTENSION]: null }],
    ['a null in it', { [GROUP_EXTENSION]: { description: null } }],
    ['an empty text', { [GROUP_EXTENSION]: { description: '' } }],
    ['nothing', {}],
  ])('%s is none', async (_, spelled) => {
    const company = await newCompany();
    const answer = await company.scim('POST', '/Groups', { displayName: 'Support', ...spelled });
    expect([answer.status, answer.body.schemas, answer.body[GROUP_EXTENSION]]).toEqual([201, [GROUP], undefined]);
  });

  test('10,000 characters are kept, and one more is refused', async () => {
    const company = await newCompany();
    const long = 'é'.repeat(10_000);
    const { body } = await company.scim('POST', '/Groups', {
      displayName: 'a',
      [GROUP_EXTENSION]: { description: long },
    });
    expect(body[GROUP_EXTENSION].description).toBe(long);
    expect(await refusedPost(company, { displayName: 'b', [GROUP_EXTENSION]: { description: `${long}x` } })).toEqual([
      400,
      'invalidValue',
      'description is longer than 10000 characters. Correct the attribute mapping in the identity provider.',
    ]);
  });
});

describe('a name that a managed group has', () => {
  test.each(['Support', '  support', 'SUPPORT\u00a0', 'suPPort\n'])(
    '%j is 409 uniqueness, with Location',
    async (displayName) => {
      const company = await newCompany();
      const group = await newGroup(company, 'Support');
      const answer = await writingNothing(company, () => company.scim('POST', '/Groups', { displayName }));
      expect([answer.status, answer.headers.get('location')]).toEqual([409, group.meta.location]);
      const detail = `A teammate group with the name "Support" exists already, with the id "${group.id}". Link to that one, or rename one of the two, and retry.`;
      expect(answer.body).toEqual(scimError(409, detail, 'uniqueness'));
    },
  );

  test('Unicode is folded, and not more', async () => {
    const company = await newCompany();
    await newGroup(company, 'Straße');
    expect((await company.scim('POST', '/Groups', { displayName: 'STRASSE' })).status).toBe(409);
    expect((await company.scim('POST', '/Groups', { displayName: 'Strase' })).status).toBe(201);
    expect((await company.scim('POST', '/Groups', { displayName: 'Stra ße' })).status).toBe(201);
  });

  test('is taken whatever else comes with it, members and an externalId of its own', async () => {
    const company = await newCompany();
    const [ann] = await newIds(company, 'ann');
    const group = await newGroup(company, 'Support', { externalId: 'a' });
    const [status] = await refusedPost(company, { displayName: 'support', externalId: 'b', members: named(ann) });
    expect([status, await membersOf(company, group)]).toEqual([409, []]);
  });

  test('is free again once the group has been renamed, and brings one back that was deleted', async () => {
    const company = await newCompany();
    const first = await newGroup(company, 'Support');
    await company.scim('PATCH', `/Groups/${first.id}`, patchOp({ op: 'replace', path: 'displayName', value: 'Help' }));
    const second = await newGroup(company, 'Support');
    await company.scim('DELETE', `/Groups/${second.id}`);
    const third = await newGroup(company, 'Support');
    expect([second.id === first.id, third.id]).toEqual([false, second.id]);
    await expectConsistent(company);
  });

  test('20 creates of one name at once: one 201, the others 409', async () => {
    const company = await newCompany();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        company.scim('POST', '/Groups', { displayName: number % 2 ? 'Support' : 'SUPPORT' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    const { headers } = answers.find(({ status }) => status === 201);
    for (const answer of answers) expect(answer.headers.get('location')).toBe(headers.get('location'));
    await expectConsistent(company);
  });

  test('of two companies is no matter', async () => {
    await newGroup(await newCompany(), 'Support');
    await newGroup(await newCompany(), 'Support');
  });
});

describe('bodies that can not be used', () => {
  const NO_NAME =
    "displayName is missing or blank. Map an attribute to displayName in the identity provider, usually the group's name.";

  test.each([
    ['no name', {}, 400, 'invalidValue', NO_NAME],
    ['an empty name', { displayName: '' }, 400, 'invalidValue', NO_NAME],
    ['a name of spaces', { displayName: ' \t\u00a0 ' }, 400, 'invalidValue', NO_NAME],
    ['a null name', { displayName: null }, 400, 'invalidValue', NO_NAME],
    [
      'a name that is an object',
      { displayName: { text: 7 } },
      400,
      'invalidValue',
      /^displayName has to be a string, but is /,
    ],
    [
      'a name too long',
      { displayName: 'x'.repeat(1025) },
      400,
      'invalidValue',
      /^displayName is longer than 1024 characters/,
    ],
    [
      'an externalId too long',
      { displayName: 'x', externalId: 'x'.repeat(1025) },
      400,
      'invalidValue',
      /^externalId is longer than 1024/,
    ],
    ['a NUL in the name', { displayName: 'a\u0000b' }, 400, 'invalidValue', /NUL/],
    ['no JSON', '{"displayName":', 400, 'invalidSyntax', /^The request body is not valid JSON/],
    ['a list', '[]', 400, 'invalidSyntax', 'The request body has to be a JSON object, but is a list.'],
    ['nothing', '', 400, 'invalidSyntax', /^This request needs a body/],
    ['bytes that are no UTF-8', new Uint8Array([123, 34, 255, 34, 125]), 400, 'invalidSyntax', /not UTF-8/],
    ['33 levels', `{"a":${'['.repeat(33)}${']'.repeat(33)}}`, 400, 'invalidSyntax', /nested more than 32 levels/],
  ])('%s', async (_, body, status, scimType, detail) => {
    const company = await newCompany();
    const expected = typeof detail === 'string' ? detail : expect.stringMatching(detail);
    expect(await refusedPost(company, body)).toEqual([status, scimType, expected]);
  });

  test('another media type: 415; JSON under any spelling of its own: 201', async () => {
    const company = await newCompany();
    const post = (type) => company.scim('POST', '/Groups', { displayName: type }, { 'content-type': type });
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
      const answer = await writingNothing(company, () => post(type));
      expect([answer.status, answer.body.scimType]).toEqual([415, 'invalidSyntax']);
    }
    for (const type of ['application/json', 'APPLICATION/SCIM+JSON; charset=utf-8', 'application/scim+json;x=y'])
      expect((await post(type)).status).toBe(201);
  });

  test('24 MiB and one byte: 413', async () => {
    const company = await newCompany();
    const body = new Uint8Array(24 * 1024 * 1024 + 1).fill(32);
    expect(await refusedPost(company, body)).toEqual([
      413,
      undefined,
      'The body is larger than 25165824 bytes, the most that is taken here. Nothing was changed.',
    ]);
  });

  test('a projection that can not be read', async () => {
    const company = await newCompany();
    const path = `/Groups?attributes=${'a'.repeat(8193)}`;
    const answer = await writingNothing(company, () => company.scim('POST', path, { displayName: 'x' }));
    expect(answer.status).toBe(400);
  });

  test('a name of 1,024 characters is kept, whatever it folds to', async () => {
    const company = await newCompany();
    const displayName = 'ΐ'.repeat(1024);
    const group = await newGroup(company, displayName);
    expect(group.displayName).toBe(displayName);
    expect((await company.scim('POST', '/Groups', { displayName })).status).toBe(409);
  });
});

describe('what is tolerated (decision 6)', () => {
  test.each([
    ['no schemas', { schemas: undefined }],
    [
      'unknown schemas',
      { schemas: ['urn:x', 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'] },
    ],
    ['a text for schemas', { schemas: GROUP }],
    ['nulls', { externalId: null, members: null, meta: null }],
    ['an id and meta of its own', { id: 'grp_mine', meta: { resourceType: 'Group', version: 'W/"9"' } }],
    ['attributes that nobody knows', { colour: 'red', owners: [{ value: 'x' }] }],
    ['an extension without attributes', { 'urn:x:y:z': {} }],
    ["a user's schema", { schemas: [GROUP, USER] }],
  ])('%s', async (_, more) => {
    const company = await newCompany();
    const group = await newGroup(company, 'Support', more);
    expect(readable(group)).toEqual({
      schemas: [GROUP],
      id: 'grp_1',
      displayName: 'Support',
      meta: {
        resourceType: 'Group',
        created: '<time>',
        lastModified: '<time>',
        location: 'https://host/v2/Groups/grp_1',
        version: 'W/"1"',
      },
      members: [],
    });
    expect(group.id).not.toBe('grp_mine');
  });

  test('our own GET, posted as another group: a group of its own', async () => {
    const company = await newCompany();
    const user = await newUser(company);
    const group = await newGroup(company, 'Support', { members: named(user.id) });
    const copy = await company.scim('POST', '/Groups', { ...group, displayName: 'Copy' });
    expect([copy.status, copy.body.members]).toEqual([201, group.members]);
    expect(copy.body.id).not.toBe(group.id);
  });

  test('no User-Agent', async () => {
    const company = await newCompany();
    const answer = await company.scim('POST', '/Groups', { displayName: 'x' }, { 'user-agent': '' });
    expect(answer.status).toBe(201);
  });
});
