// D1 can lose a call before it is done, or commit it and lose the answer. Either way a write is done
// whole and once, or not at all, and the identity provider is told the truth.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../support/client.mjs';
import { expectConsistent, tablesOf } from '../support/tables.mjs';

const RITA = { userName: 'rita@example.com', emails: [{ value: 'rita@example.com', primary: true }] };
const BLOCK = { Operations: [{ op: 'replace', path: 'active', value: false }] };

/** What was written of one teammate. */
async function written(company) {
  const { teammates, events, requests, teammateEmails } = await tablesOf(company);
  const ofTeammates = events.filter(({ type }) => type.startsWith('teammate.')).map(({ type }) => type);
  const logged = requests.filter(({ path }) => path.startsWith('/v2/Users')).length;
  return { teammates: teammates.length, emails: teammateEmails.length, events: ofTeammates, logged };
}

describe.concurrent('a create', () => {
  const ONCE = { teammates: 1, emails: 1, events: ['teammate.created'], logged: 1 };

  test('that is committed, and whose answer is lost, is not done again', async () => {
    const company = await newCompany();
    const answer = await company.faultyScim(['ok', 'after'], 'POST', '/Users', RITA);
    expect(answer.status).toBe(201);
    expect(await written(company)).toEqual(ONCE);
    await expectConsistent(company);
    expect((await company.scim('GET', `/Users/${answer.body.id}`)).status).toBe(200);
  });

  test('that is lost before it is done, is done once', async () => {
    const company = await newCompany();
    const answer = await company.faultyScim(['ok', 'before'], 'POST', '/Users', RITA);
    expect(answer.status).toBe(201);
    expect(await written(company)).toEqual(ONCE);
    await expectConsistent(company);
  });

  test('that D1 keeps failing is refused with 503, and nothing is there', async () => {
    const company = await newCompany();
    const answer = await company.faultyScim(['ok', 'before', 'ok', 'before'], 'POST', '/Users', RITA);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '503',
      detail: expect.stringMatching(
        /^Something went wrong on our side\. Try again; if it goes on, name the request req_\w+ to support\.$/,
      ),
    });
    expect(await written(company)).toEqual({ teammates: 0, emails: 0, events: [], logged: 0 });
    await expectConsistent(company);
  });

  test('whose first read fails is refused with 503, and works when repeated', async () => {
    const company = await newCompany();
    expect((await company.faultyScim(['before'], 'POST', '/Users', RITA)).status).toBe(503);
    expect((await company.scim('POST', '/Users', RITA)).status).toBe(201);
    expect(await written(company)).toEqual(ONCE);
  });
});

describe.concurrent('a block', () => {
  async function withRita() {
    const company = await newCompany();
    const { body } = await company.scim('POST', '/Users', RITA);
    return { company, path: `/Users/${body.id}` };
  }
  const ONCE = { teammates: 1, emails: 1, events: ['teammate.created', 'teammate.blocked'], logged: 2 };

  test('that is committed, and whose answer is lost, is not done again', async () => {
    const { company, path } = await withRita();
    const answer = await company.faultyScim(['ok', 'after'], 'PATCH', path, BLOCK);
    expect(answer).toMatchObject({ status: 200, body: { active: false } });
    expect(await written(company)).toEqual(ONCE);
    await expectConsistent(company);
  });

  test('that is lost before it is done, is done once', async () => {
    const { company, path } = await withRita();
    const answer = await company.faultyScim(['ok', 'before'], 'PATCH', path, BLOCK);
    expect(answer).toMatchObject({ status: 200, body: { active: false } });
    expect(await written(company)).toEqual(ONCE);
    await expectConsistent(company);
  });

  test('of which even the look afterwards fails is answered with 503, and repeating it is right either way', async () => {
    const { company, path } = await withRita();
    expect((await company.faultyScim(['ok', 'after', 'before'], 'PATCH', path, BLOCK)).status).toBe(503);
    expect(await company.scim('PATCH', path, BLOCK)).toMatchObject({ status: 200, body: { active: false } });
    expect((await written(company)).events).toEqual(ONCE.events);
    await expectConsistent(company);
  });
});
