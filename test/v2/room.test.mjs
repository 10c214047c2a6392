// The byte quota of a company: what is kept of it is counted in its row, and beyond it an identity provider can take away,
// and no more.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../support/client.mjs';
import { batch, rows } from '../support/database.mjs';
import { newAppGroup, newGroup, newIds, membersOf, named } from '../support/pushed-groups.mjs';
import { CUSTOM_FIELDS, newUser, patchOp } from '../support/scim.mjs';
import { traced, writingNothing } from '../support/tables.mjs';

/** What the company's row says, and what a recount gives; lines of what changed nothing are counted later, by cron. */
async function counted({ companyId }) {
  const sum = (table, condition = 'TRUE') =>
    `(SELECT coalesce(sum(bytes), 0) FROM ${table} WHERE company_id = c.id AND ${condition})`;
  const tables = ['events', 'teammates', 'groups', 'memberships', 'event_values'].map((table) => sum(table));
  const recount = [...tables, sum('requests', 'event_seq IS NOT NULL')].join(' + ');
  return (await rows(`SELECT kept_bytes AS kept, ${recount} AS recounted FROM companies c WHERE id = ?`, companyId))[0];
}

/** As if so many more bytes were kept of it. */
const fill = ({ companyId }, by = 3_000_000_000) =>
  batch([{ sql: 'UPDATE companies SET kept_bytes = kept_bytes + ?2 WHERE id = ?1', params: [companyId, by] }]);

const replace = (path, value) => patchOp({ op: 'replace', path, value });
const NO_ROOM = /^What is kept of this company comes to 300\d{7} bytes, and its quota is 2147483648\. /;

test('what is kept is counted as a recount counts it', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, { userName: 'rita@example.com', externalId: '1', title: 'é' });
  await company.scim('PATCH', `/Users/${id}`, replace('title', 'Chef'));
  await company.scim('PATCH', `/Users/${id}`, replace('title', 'Chef'));
  await company.scim('PUT', `/Users/${id}`, {
    userName: 'rita.book@example.com',
    [CUSTOM_FIELDS]: { a: 'x'.repeat(9000) },
  });
  const ids = await newIds(company, 'ann', 'bob', 'eve', 'dan');
  const group = await newGroup(company, 'Support', { members: named(ids[0], ids[1]) });
  const members = (op, ...of) => ({ op, path: 'members', value: named(...of) });
  await company.scim(
    'PATCH',
    `/Groups/${group.id}`,
    patchOp(members('add', ids[2], ids[3]), members('remove', ids[0])),
  );
  await company.scim('PUT', `/Groups/${group.id}`, { displayName: 'Help', members: named(ids[0]) });
  // Those who are there twice, and at once.
  await Promise.all(
    ids.map((one) => company.scim('PATCH', `/Groups/${group.id}`, patchOp(members('add', one, ids[0])))),
  );
  // An adoption that is undone: whoever was in it comes back.
  const mine = await newAppGroup(company, 'Mine');
  await company.api('PATCH', `/groups/${mine.id}/members`, { add: ids.slice(0, 2) });
  await newGroup(company, 'Mine', { members: named(ids[1], ids[2]) });
  await company.api('POST', `/groups/${mine.id}/undo_adoption`);
  await company.scim('DELETE', `/Users/${ids[3]}`);
  await company.api('DELETE', `/teammates/${ids[2]}`);
  await company.scim('DELETE', `/Groups/${group.id}`);
  const { kept, recounted } = await counted(company);
  expect(kept).toBe(recounted);
});

describe('where the quota is used up', () => {
  test('a create, a change and an unblock are 507 with the figures, and write nothing', async () => {
    const company = await newCompany();
    const { id } = await newUser(company);
    const { id: blocked } = await newUser(company, { userName: 'bob@example.com', active: false });
    await fill(company);
    for (const [method, path, body] of [
      ['POST', '/Users', { userName: 'new@example.com' }],
      ['PATCH', `/Users/${id}`, replace('title', 'Chef')],
      ['PUT', `/Users/${id}`, { userName: 'other@example.com' }],
      ['PATCH', `/Users/${blocked}`, replace('active', true)],
    ]) {
      const answer = await writingNothing(company, () => company.scim(method, path, body));
      expect([method, answer.status, answer.body]).toEqual([
        method,
        507,
        {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
          status: '507',
          detail: expect.stringMatching(NO_ROOM),
        },
      ]);
    }
  });

  test('whoever leaves is blocked, without what else is said of them; a removal and a delete are done', async () => {
    const company = await newCompany();
    const [ann, bob, eve] = await newIds(company, 'ann', 'bob', 'eve');
    await fill(company);
    const leaving = patchOp(
      { op: 'replace', path: 'active', value: false },
      { op: 'add', path: CUSTOM_FIELDS, value: { a: 'x'.repeat(9000) } },
    );
    const { answer, events } = await traced(company, () => company.scim('PATCH', `/Users/${ann}`, leaving));
    expect([answer.status, answer.body.active, answer.body[CUSTOM_FIELDS]]).toEqual([200, false, undefined]);
    expect(events.map(({ type }) => type)).toEqual(['teammate.blocked']);
    expect((await company.scim('PATCH', `/Users/${bob}`, replace('active', false))).status).toBe(200);
    expect((await company.scim('DELETE', `/Users/${bob}`)).status).toBe(204);
    expect((await company.scim('DELETE', `/Users/${eve}`)).status).toBe(204);
  });

  test('members are taken away by PATCH and PUT, a group is deleted; who comes and a new name are 507', async () => {
    const company = await newCompany();
    const [ann, bob, eve] = await newIds(company, 'ann', 'bob', 'eve');
    const group = await newGroup(company, 'Support', { members: named(ann, bob) });
    await fill(company);
    const path = `/Groups/${group.id}`;
    const refused = async (method, to, body) => {
      const answer = await writingNothing(company, () => company.scim(method, to, body));
      expect([answer.status, answer.body.detail]).toEqual([507, expect.stringMatching(NO_ROOM)]);
    };
    const members = (op, ...ids) => patchOp({ op, path: 'members', value: named(...ids) });
    await refused('POST', '/Groups', { displayName: 'New' });
    await refused('PATCH', path, members('add', eve));
    await refused('PUT', path, { displayName: 'Support', members: named(ann, bob, eve) });
    await refused('PATCH', path, replace('displayName', 'Help'));
    // What is there already needs no room.
    expect((await company.scim('PATCH', path, members('add', ann))).status).toBe(204);
    expect((await company.scim('PUT', path, { displayName: 'Support', members: named(ann) })).status).toBe(200);
    expect(await membersOf(company, group)).toEqual([ann]);
    const both = await Promise.all([
      company.scim('PATCH', path, members('remove', ann)),
      company.scim('PATCH', path, members('add', eve)),
      company.scim('PATCH', path, members('add', bob)),
    ]);
    expect(both.map(({ status }) => status)).toEqual([204, 507, 507]);
    expect(await membersOf(company, group)).toEqual([]);
    expect((await company.scim('DELETE', path)).status).toBe(204);
  });

  test('the operator is never refused for it, and raises it', async () => {
    const company = await newCompany();
    await fill(company);
    const created = await company.api('POST', '/teammates', { user_name: 'ann@example.com' });
    expect(created.status).toBe(201);
    const group = await company.api('POST', '/groups', { display_name: 'Mine' });
    expect(group.status).toBe(201);
    const added = await company.api('PATCH', `/groups/${group.body.id}/members`, { add: [created.body.id] });
    expect(added.status).toBe(200);
    expect((await company.api('PATCH', '', { quota_bytes: 4_000_000_000 })).body.quota_bytes).toBe(4_000_000_000);
    expect((await company.scim('POST', '/Users', { userName: 'bob@example.com' })).status).toBe(201);
  });

  test('a request that changes nothing is answered, and leaves no line', async () => {
    const company = await newCompany();
    const { id } = await newUser(company, { title: 'Chef' });
    await fill(company);
    const answer = await writingNothing(company, () => company.scim('PATCH', `/Users/${id}`, replace('title', 'Chef')));
    expect([answer.status, answer.body.title]).toEqual([200, 'Chef']);
  });
});

test('a quota and a retention are within their bounds', async () => {
  const company = await newCompany();
  const details = [];
  for (const body of [{ retention_days: 6 }, { retention_days: 3651 }, { quota_bytes: 1000 }, { quota_bytes: 1e12 }]) {
    const answer = await writingNothing(company, () => company.api('PATCH', '', body));
    expect(answer.status).toBe(400);
    details.push(answer.body.detail);
  }
  expect(details).toEqual([
    '"retention_days" takes 7 to 3650, not 6.',
    '"retention_days" takes 7 to 3650, not 3651.',
    '"quota_bytes" takes 1048576 to 10737418240, not 1000.',
    '"quota_bytes" takes 1048576 to 10737418240, not 1000000000000.',
  ]);
});
