// What a company's object does with calls that fail, that come late, and with more commands than it can hold.

import { describe, expect, test } from 'vitest';
import { rows } from '../support/database.mjs';
import { patchOp, scimError } from '../support/scim.mjs';
import { expectConsistent } from '../support/tables.mjs';
import { add, groupCompany, id, removeOne, rename } from './group-company.mjs';

describe.concurrent('a call that failed', () => {
  test('is shut out: what comes of it late finds a newer epoch', async () => {
    const company = await groupCompany();
    const { steering, support } = company;
    const before = await company.epoch();
    await steering.tell({ faults: ['before'], forget: true });
    expect((await company.faulty('PATCH', support, add(5))).status).toBe(204);
    expect(await company.epoch()).toBe(before + 1);
    // The next one is decided on what is remembered since: one call.
    expect((await company.faulty('PATCH', support, add(6))).status).toBe(204);
    expect(await company.epoch()).toBe(before + 1);
    expect(await company.events(support)).toEqual([
      ['group.created', [0, 1, 2, 3], []],
      ['group.members_added', [5], []],
      ['group.members_added', [6], []],
    ]);
    await expectConsistent(company);
  });

  test('three times: 503 with Retry-After, nothing is done, and the next command is served', async () => {
    const company = await groupCompany();
    const { steering, support } = company;
    await steering.tell({ faults: ['before', 'before', 'before'], forget: true });
    const answer = await company.faulty('PATCH', support, add(5));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(answer.body).toEqual(
      scimError(
        503,
        expect.stringMatching(/^Something went wrong on our side\. Try again; if it goes on, name the request req_/),
      ),
    );
    expect(await company.members(support)).toEqual([0, 1, 2, 3]);
    expect((await company.faulty('PATCH', support, add(6))).status).toBe(204);
    await expectConsistent(company);
  });

  test('and was committed, each time that something is written: done once, and told its own version', async () => {
    const company = await groupCompany();
    const { steering, support } = company;
    await steering.tell({ faults: ['after'], forget: true });
    const answers = await Promise.all([5, 6, 7].map((number) => company.faulty('PATCH', support, add(number))));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(answers.map(({ headers }) => headers.get('etag')).sort()).toEqual(['W/"2"', 'W/"3"', 'W/"4"']);
    expect((await company.events(support)).slice(1).sort()).toEqual(
      [5, 6, 7].map((number) => ['group.members_added', [number], []]),
    );
    await expectConsistent(company);
  });

  test('of a create that was committed: one group, and its client has its version, whoever changed it since', async () => {
    const company = await groupCompany();
    const { steering } = company;
    await steering.tell({ hold: 'answers', forget: true });
    const made = company.faulty('POST', '/Groups', { displayName: 'Night' });
    await steering.untilHeld();
    const [{ id: groupId }] = await rows(
      "SELECT id FROM groups WHERE company_id = ? AND display_name = 'Night'",
      company.companyId,
    );
    // The answer to the create is lost; another instance changes the group before it is asked for again.
    expect((await company.scim('PATCH', `/Groups/${groupId}`, add(1))).status).toBe(204);
    await steering.reset();
    await steering.tell({ hold: null });
    const { status, body } = await made;
    expect([status, body.id]).toEqual([201, groupId]);
    expect((await company.events(`/Groups/${groupId}`)).map(([type]) => type)).toEqual([
      'group.created',
      'group.members_added',
    ]);
    await expectConsistent(company);
  });
});

test('more than can be held is refused with 503 at once; what is held is done', { timeout: 60_000 }, async () => {
  const company = await groupCompany();
  const { steering, support } = company;
  await steering.tell({ hold: 'calls', forget: true });
  const first = company.faulty('PATCH', support, add(4));
  await steering.untilHeld();
  // Some two million bytes each, and nobody in them can be a member: they wait all the same.
  const value = Array.from({ length: 10_000 }, (_, number) => ({ value: `${number}`.padStart(200, 'x') }));
  const large = patchOp({ op: 'remove', path: 'members', value });
  const answers = Array.from({ length: 12 }, () => company.faulty('PATCH', support, large));
  const refused = await Promise.race(answers);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  await steering.tell({ hold: null });
  const statuses = (await Promise.all([first, ...answers])).map(({ status }) => status);
  expect(statuses[0]).toBe(204);
  expect([...new Set(statuses)].sort()).toEqual([204, 503]);
  // How many there is room for depends on how their bodies come: those that are refused had a part of the room until then.
  expect(statuses.filter((status) => status === 204).length).toBeGreaterThan(1);
  // There is room again.
  expect((await company.faulty('PATCH', support, large)).status).toBe(204);
  expect(await company.members(support)).toEqual([0, 1, 2, 3, 4]);
  await expectConsistent(company);
});

test('a company that is erased while its groups are written: everything is answered, and nothing is left', {
  timeout: 60_000,
}, async () => {
  const company = await groupCompany();
  const { support, sales } = company;
  let isErased = false;
  const client = async (number) => {
    const statuses = [];
    for (let turn = 0; !isErased || turn < 3; turn += 1) {
      const [path, body] = [
        [support, add(number)],
        [support, removeOne(number)],
        [sales, rename(`Sales ${number}.${turn}`)],
      ][turn % 3];
      statuses.push((await company.scim('PATCH', path, body)).status);
      statuses.push(
        (
          await company.scim('POST', '/Groups', {
            displayName: `Group ${number}.${turn}`,
            members: [{ value: id(number) }],
          })
        ).status,
      );
      const app = await company.api('POST', '/groups', { display_name: `App ${number}.${turn}` });
      statuses.push(app.status);
      if (isErased && turn > 50) break;
    }
    return statuses;
  };
  const clients = Promise.all(Array.from({ length: 6 }, (_, number) => client(number + 4)));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const erased = await company.api('DELETE', '');
  isErased = true;
  expect(erased.status).toBe(204);
  const statuses = (await clients).flat();
  // Done before; or: the token is gone, the company is gone, or there was nothing to remove.
  expect([...new Set(statuses)].filter((status) => ![201, 204, 400, 401, 404].includes(status))).toEqual([]);
  for (const table of ['groups', 'memberships', 'requests', 'events', 'company_writers', 'teammates'])
    expect([table, await rows(`SELECT count(*) AS n FROM ${table} WHERE company_id = ?`, company.companyId)]).toEqual([
      table,
      [{ n: 0 }],
    ]);
});
