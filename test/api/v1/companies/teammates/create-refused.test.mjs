import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { problem } from '../../../../support/problem.mjs';
import { readableAnswer } from '../../../../support/readable.mjs';
import { newUser } from '../../../../support/scim.mjs';
import { writingNothing } from '../../../../support/tables.mjs';

test('a userName that is taken is refused, in any case of its letters', async () => {
  const company = await newCompany();
  await newUser(company, { userName: 'Straße@example.com' });
  const answer = await writingNothing(company, () =>
    company.api('POST', '/teammates', { user_name: 'STRASSE@example.com' }),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "A teammate with the userName "Straße@example.com" exists already, with the id "tea_1". Link to that one, or choose another userName.",
        "request_id": "req_1",
        "status": 409,
        "title": "The userName is taken",
        "type": "https://host/errors#user-name-taken",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 409,
    }
  `);
});

test('so is that of a blocked teammate', async () => {
  const company = await newCompany();
  await newUser(company, { userName: 'rita@example.com', active: false });
  const answer = await writingNothing(company, () =>
    company.api('POST', '/teammates', { user_name: 'rita@example.com' }),
  );
  expect([answer.status, answer.body.type]).toEqual([409, problem('user-name-taken')]);
});

test('without a seat it is refused, with the figures', async () => {
  const company = await newCompany({ seats: 1 });
  await newUser(company);
  const answer = await writingNothing(company, () =>
    company.api('POST', '/teammates', { user_name: 'sam@example.com' }),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "No seat is left: 1 of 1 are in use. Block a teammate or add seats, then retry.",
        "request_id": "req_1",
        "status": 403,
        "title": "No seat is left",
        "type": "https://host/errors#no-seat-left",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 403,
    }
  `);
});

test('an unknown template is refused, and nothing is written', async () => {
  const company = await newCompany();
  const answer = await writingNothing(company, () =>
    company.api('POST', '/teammates', { user_name: 'rita@example.com', template_id: 'tea_nothing' }),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "No teammate template exists for "tea_nothing". Copy the id from the template's page in the app and correct the mapping in your identity provider; nothing was created.",
        "request_id": "req_1",
        "status": 400,
        "title": "There is no such template",
        "type": "https://host/errors#unknown-template",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 400,
    }
  `);
});

test('a userName of nothing is refused', async () => {
  const company = await newCompany();
  for (const user_name of ['', '  ', null]) {
    const { status } = await writingNothing(company, () => company.api('POST', '/teammates', { user_name }));
    expect([user_name, status]).toEqual([user_name, 400]);
  }
});
