// Another userName by PUT or PATCH: the id stays, the old name is free, and a taken one is refused.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readable, readableAnswer } from '../../support/readable.mjs';
import { newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

const RITA = { userName: 'rita@example.com', title: 'Analyst' };

const put = (company, id, body) => () => company.scim('PUT', `/Users/${id}`, body);
const patch =
  (company, id, ...operations) =>
  () =>
    company.scim('PATCH', `/Users/${id}`, patchOp(...operations));

test('a rename keeps the id and frees the old name', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const renamed = await company.scim('PUT', `/Users/${user.id}`, { ...user, userName: 'marley@example.com' });
  expect(renamed.body).toMatchObject({ id: user.id, userName: 'marley@example.com' });
  const second = await newUser(company, { userName: 'rita@example.com' });
  expect(second.id).not.toBe(user.id);
});

test('a rename that changes letter case alone is no conflict with itself', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { answer, events } = await traced(company, put(company, user.id, { ...user, userName: 'Rita@Example.com' }));
  expect([answer.status, answer.body.userName]).toEqual([200, 'Rita@Example.com']);
  expect(events).toHaveLength(1);
});

test('a rename to a userName that is taken answers 409, and nothing is written', async () => {
  const company = await newCompany();
  const other = await newUser(company, { userName: 'marley@example.com', active: false });
  const user = await newUser(company, RITA);
  const answer = await writingNothing(
    company,
    put(company, user.id, { ...user, title: 'Boss', userName: 'MARLEY@example.com' }),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "A teammate with the userName "marley@example.com" exists already, with the id "tea_1". Link to that one, or choose another userName.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "scimType": "uniqueness",
        "status": "409",
      },
      "headers": {
        "content-type": "application/scim+json",
        "location": "https://host/v2/Users/tea_1",
      },
      "status": 409,
    }
  `);
  expect(answer.headers.get('location')).toBe(other.meta.location);
});

test('a rename to the userName of a removed teammate answers 409 and says what to do', async () => {
  const company = await newCompany();
  const other = await newUser(company, { userName: 'marley@example.com' });
  await company.scim('DELETE', `/Users/${other.id}`);
  const user = await newUser(company, RITA);
  const answer = await writingNothing(company, put(company, user.id, { ...user, userName: 'marley@example.com' }));
  expect(readable([answer.status, answer.body.scimType, answer.body.detail])).toMatchInlineSnapshot(`
    [
      409,
      "uniqueness",
      "The userName "marley@example.com" belongs to a teammate that was removed from SCIM. Create a user with that userName to bring the teammate back, or choose another userName.",
    ]
  `);
});

test('a rename keeps the id; to a taken name it is 409 and nothing is written', async () => {
  const company = await newCompany();
  await newUser(company, { userName: 'taken@example.com' });
  const { id } = await newUser(company, RITA);
  const renamed = await company.scim(
    'PATCH',
    `/Users/${id}`,
    patchOp({ op: 'replace', path: 'userName', value: 'marley@example.com' }),
  );
  expect(renamed.body).toMatchObject({ id, userName: 'marley@example.com' });
  const answer = await writingNothing(
    company,
    patch(
      company,
      id,
      { op: 'replace', path: 'title', value: 'Boss' },
      { op: 'replace', path: 'userName', value: 'Taken@example.com' },
    ),
  );
  expect([answer.status, answer.body.scimType]).toEqual([409, 'uniqueness']);
  expect((await newUser(company, RITA)).id).not.toBe(id);
});

test('two concurrent renames to one userName: one is 200, the other 409', async () => {
  const company = await newCompany();
  const users = [await newUser(company, { userName: 'a' }), await newUser(company, { userName: 'b' })];
  const answers = await Promise.all(
    users.map(({ id }) =>
      company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'replace', path: 'userName', value: 'c' })),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  await expectConsistent(company);
});
