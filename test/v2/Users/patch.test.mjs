// PATCH /Users/{id}: the protocol of RFC 7644 section 3.5.2, applied whole or not at all.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

const RITA = {
  userName: 'rita@example.com',
  title: 'Analyst',
  emails: [
    { value: 'rita@example.com', type: 'work', primary: true },
    { value: 'rita@home.example', type: 'home' },
  ],
};

const patch =
  (company, id, ...operations) =>
  () =>
    company.scim('PATCH', `/Users/${id}`, patchOp(...operations));

test('200 with the user; one event however many operations, one line in the log', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { answer, events, log, after } = await traced(
    company,
    patch(
      company,
      user.id,
      { op: 'replace', path: 'title', value: 'Boss' },
      { op: 'add', path: 'nickName', value: 'Babs' },
      { op: 'remove', path: 'emails' },
    ),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "active": true,
        "id": "tea_1",
        "meta": {
          "created": "<time>",
          "lastModified": "<time>",
          "location": "https://host/v2/Users/tea_1",
          "resourceType": "User",
          "version": "W/"2"",
        },
        "nickName": "Babs",
        "schemas": [
          "urn:ietf:params:scim:schemas:core:2.0:User",
        ],
        "title": "Boss",
        "userName": "rita@example.com",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 200,
    }
  `);
  expect(events.map(({ type, data }) => [type, data.before.attributes.title, data.after.attributes])).toEqual([
    ['teammate.updated', 'Analyst', { title: 'Boss', nickName: 'Babs' }],
  ]);
  expect(log).toMatchObject([
    { method: 'PATCH', path: `/v2/Users/${user.id}`, status: 200, event_seq: events[0].seq, notes: [] },
  ]);
  expect(after.teammates).toMatchObject([{ version: 2 }]);
  await expectConsistent(company);
});

test('a later operation that fails undoes the earlier ones', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const answer = await writingNothing(
    company,
    patch(
      company,
      user.id,
      { op: 'replace', path: 'title', value: 'Boss' },
      { op: 'replace', path: 'nickName', value: 'Babs' },
      { op: 'replace', path: 'emails[type sw "o"].value', value: 'x' },
    ),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "No element of emails matches [type sw "o"]. An element can be made only from a filter of the form attribute eq value.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "scimType": "noTarget",
        "status": "400",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 400,
    }
  `);
  expect((await company.scim('GET', `/Users/${user.id}`)).body).toEqual(user);
});

test('operations see what the ones before them did', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  const { body } = await company.scim(
    'PATCH',
    `/Users/${id}`,
    patchOp(
      { op: 'remove', path: 'emails' },
      { op: 'add', path: 'emails', value: [{ value: 'new@example.com', type: 'work' }] },
      { op: 'replace', path: 'emails[type eq "work"].display', value: 'New' },
    ),
  );
  expect(body.emails).toEqual([{ value: 'new@example.com', type: 'work', display: 'New' }]);
});

test('a PATCH that changes nothing: 200, no event, one line in the log', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { answer, events, log, before, after } = await traced(
    company,
    patch(
      company,
      user.id,
      { op: 'replace', path: 'title', value: 'Analyst' },
      { op: 'add', path: 'emails', value: [RITA.emails[0]] },
    ),
  );
  expect(answer.body).toEqual(user);
  expect(events).toEqual([]);
  expect(log).toMatchObject([{ status: 200, event_seq: null }]);
  expect(after.teammates).toEqual(before.teammates);
});

test.each([
  ['without schemas (authentik)', { Operations: [{ op: 'replace', path: 'title', value: 'Boss' }] }],
  ['with foreign schemas', { schemas: ['urn:x:y'], Operations: [{ op: 'replace', path: 'title', value: 'Boss' }] }],
  ['with member names in lower case', { operations: [{ OP: 'REPLACE', Path: 'TITLE', VALUE: 'Boss' }] }],
  ['with one operation that is no list', { Operations: { op: 'replace', path: 'title', value: 'Boss' } }],
  [
    'with a URN-qualified path',
    patchOp({ op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:title', value: 'Boss' }),
  ],
  ['with a null path', patchOp({ op: 'replace', path: null, value: { title: 'Boss' } })],
  ['with an empty path', patchOp({ op: 'replace', path: '', value: { title: 'Boss' } })],
])('%s', async (_, body) => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  const answer = await company.scim('PATCH', `/Users/${id}`, body);
  expect([answer.status, answer.body.title]).toEqual([200, 'Boss']);
});

test.each([
  ['attributes=title', { title: 'Boss' }],
  ['excludedAttributes=emails,meta,active,userName', { title: 'Boss' }],
])('?%s chooses what comes back', async (query, expected) => {
  const company = await newCompany();
  const { id, schemas } = await newUser(company, RITA);
  const answer = await company.scim(
    'PATCH',
    `/Users/${id}?${query}`,
    patchOp({ op: 'replace', path: 'title', value: 'Boss' }),
  );
  expect(answer.body).toEqual({ id, schemas, ...expected });
});
