import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { problem } from '../../../../support/problem.mjs';
import { readable } from '../../../../support/readable.mjs';
import { tablesOf, traced, writingNothing } from '../../../../support/tables.mjs';
import { detailsOf } from '../../refusals.mjs';
import { newAppGroup } from './groups.mjs';

test('an edit changes what it names and nothing else', async () => {
  const company = await newCompany();
  const before = await newAppGroup(company, 'Support', { description: 'First line' });
  const edit = async (body) => (await company.api('PATCH', `/groups/${before.id}`, body)).body;
  const renamed = await edit({ display_name: ' Help desk ' });
  expect(renamed).toEqual({ ...before, display_name: 'Help desk', version: 2, updated_at: renamed.updated_at });
  const described = await edit({ description: 'Second line' });
  expect(described).toEqual({ ...renamed, description: 'Second line', version: 3, updated_at: described.updated_at });
  expect((await edit({ description: null })).description).toBe(null);
  expect((await edit({ description: 'Third line' })).description).toBe('Third line');
  expect((await edit({ description: ' ' })).description).toBe(null);
});

test('a rename is an event of its own name, and other edits are updates', async () => {
  const company = await newCompany();
  const { id } = await newAppGroup(company);
  const { events: renames } = await traced(company, () =>
    company.api('PATCH', `/groups/${id}`, { display_name: 'Help desk', description: 'First line' }),
  );
  const { events: updates, log } = await traced(company, () =>
    company.api('PATCH', `/groups/${id}`, { description: 'Second line' }),
  );
  expect([renames.map(({ type }) => type), updates.map(({ type }) => type)]).toEqual([
    ['group.renamed'],
    ['group.updated'],
  ]);
  expect(readable({ event: updates[0], log })).toMatchInlineSnapshot(`
    {
      "event": {
        "connection_id": null,
        "data": {
          "after": {
            "attributes": {},
            "before_adoption": null,
            "created_at": "<time>",
            "description": "Second line",
            "display_name": "Help desk",
            "external_id": null,
            "id": "grp_1",
            "idp_managed": false,
            "member_count": 0,
            "restorable_until": null,
            "state": "active",
            "state_changed_at": "<time>",
            "unconfirmed_members": 0,
            "updated_at": "<time>",
            "version": 3,
          },
          "before": {
            "attributes": {},
            "before_adoption": null,
            "created_at": "<time>",
            "description": "First line",
            "display_name": "Help desk",
            "external_id": null,
            "id": "grp_1",
            "idp_managed": false,
            "member_count": 0,
            "restorable_until": null,
            "state": "active",
            "state_changed_at": "<time>",
            "unconfirmed_members": 0,
            "updated_at": "<time>",
            "version": 2,
          },
          "members_added": {
            "count": 0,
            "ids": [],
          },
          "members_removed": {
            "count": 0,
            "ids": [],
          },
        },
        "id": "evt_1",
        "occurred_at": "<time>",
        "request_id": "req_1",
        "seq": 6,
        "token_id": null,
        "type": "group.updated",
      },
      "log": [
        {
          "connection_id": null,
          "dialect": null,
          "event_seq": 6,
          "id": "req_1",
          "method": "PATCH",
          "notes": [],
          "occurred_at": "<time>",
          "path": "/api/v1/companies/cmp_1/groups/grp_1",
          "quirks": null,
          "resource_id": "grp_1",
          "sent": null,
          "status": 200,
          "stored": null,
          "token_id": null,
          "understood": null,
          "user_agent": "node",
        },
      ],
    }
  `);
});

test('an edit that changes nothing leaves a line of the log and no event', async () => {
  const company = await newCompany();
  const before = await newAppGroup(company);
  const { answer, events, log } = await traced(company, () =>
    company.api('PATCH', `/groups/${before.id}`, { display_name: 'Support', description: null }),
  );
  expect([answer.status, answer.body, events, log.length]).toEqual([200, before, [], 1]);
});

test('the name of another group is refused, its own in other letters is not', async () => {
  const company = await newCompany();
  const [one, other] = [await newAppGroup(company, 'Support'), await newAppGroup(company, 'Sales')];
  const rename = (display_name) => company.api('PATCH', `/groups/${other.id}`, { display_name });
  const { status, body } = await writingNothing(company, () => rename('support'));
  expect([status, body.detail]).toEqual([
    409,
    `A teammate group with the name "Support" exists already, with the id "${one.id}". Link to that one, or rename ` +
      'one of the two, and retry.',
  ]);
  expect((await rename('SALES')).status).toBe(200);
});

test('a deleted group is not edited', async () => {
  const company = await newCompany();
  const { id } = await newAppGroup(company);
  await company.api('DELETE', `/groups/${id}`);
  for (const body of [{ display_name: 'Sales' }, { description: 'x' }]) {
    const answer = await writingNothing(company, () => company.api('PATCH', `/groups/${id}`, body));
    expect([answer.status, answer.body.detail, answer.body.type]).toEqual([
      409,
      `The teammate group "${id}" was deleted. Restore it, and retry.`,
      problem('group-deleted'),
    ]);
  }
});

test("a body that can't be used is refused", async () => {
  const company = await newCompany();
  const { id } = await newAppGroup(company);
  expect(
    await detailsOf(company, 'PATCH', `/groups/${id}`, [
      { display_name: null },
      { display_name: '' },
      { description: 5 },
      { description: 'x'.repeat(10_001) },
      { members: [] },
    ]),
  ).toMatchInlineSnapshot(`
    [
      ""display_name" can't be used: invalid type: null, expected a string.",
      ""display_name" must be a text of 1 to 1024 characters on one line.",
      ""description" can't be used: invalid type: integer "5", expected a string.",
      ""description" must be a text of at most 10000 characters.",
      ""members" can't be used: unknown field "members", expected one of "display_name", "description", "idp_managed".",
    ]
  `);
});

test('edits at once are all done, each on the one before', async () => {
  const company = await newCompany();
  const { id } = await newAppGroup(company);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) => company.api('PATCH', `/groups/${id}`, { description: `Line ${i}` })),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  const { events } = await tablesOf(company);
  const updates = events.filter(({ type }) => type === 'group.updated').map(({ data }) => data);
  expect(updates).toHaveLength(10);
  for (const [i, update] of updates.entries()) if (i > 0) expect(update.before).toEqual(updates[i - 1].after);
});
