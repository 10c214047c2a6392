// Bodies that can't be read are refused with words that say why, and nothing is done.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { writingNothing } from '../../support/tables.mjs';
import { detailsOf } from './refusals.mjs';

test('a refused body is problem details', async () => {
  const company = await newCompany();
  expect(
    readableAnswer(await company.api('POST', '/templates', { name: 'Squad', colour: 'red' })),
  ).toMatchInlineSnapshot(`
      {
        "body": {
          "detail": ""colour" can't be used: unknown field "colour", expected one of "name", "role", "workspaces", "inboxes", "custom_fields", "preferences".",
          "request_id": "req_1",
          "status": 400,
          "title": "The request can't be used",
          "type": "https://host/errors#invalid-input",
        },
        "headers": {
          "content-type": "application/problem+json",
        },
        "status": 400,
      }
    `);
});

test('what is no JSON object is refused', async () => {
  const company = await newCompany();
  const bodies = [
    '',
    '{',
    '{"name":}',
    '[]',
    '"text"',
    'null',
    '{"name":"a"}{"name":"b"}',
    '{"name":"\\ud800"}',
    '{"name":"a\\u0000b"}',
  ];
  expect(await detailsOf(company, 'POST', '/templates', bodies)).toMatchInlineSnapshot(`
    [
      "This request needs a body: a JSON object. The body was empty.",
      "The request body is not valid JSON: EOF while parsing an object at line 1 column 1.",
      "The request body is not valid JSON: expected value at line 1 column 9.",
      "The request body has to be a JSON object, but is a list.",
      "The request body has to be a JSON object, but is a string.",
      "The request body has to be a JSON object, but is null.",
      "The request body is not valid JSON: trailing characters at line 1 column 13.",
      "The request body is not valid JSON: unexpected end of hex escape at line 1 column 16.",
      ""name" contains a NUL character (\\u0000). Remove it and send the value again.",
    ]
  `);
});

test('a body of another media type is refused', async () => {
  const company = await newCompany();
  const answer = await writingNothing(company, () =>
    company.api('POST', '/templates', 'name=Squad', { 'content-type': 'application/x-www-form-urlencoded' }),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "The body is of the media type "application/x-www-form-urlencoded". Send application/scim+json or application/json.",
        "request_id": "req_1",
        "status": 415,
        "title": "The body's media type is not taken",
        "type": "https://host/errors#unsupported-media-type",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 415,
    }
  `);
});

test('a body over the limit is refused', async () => {
  const company = await newCompany();
  const answer = await writingNothing(company, () =>
    company.api('POST', '/templates', { name: 'x', workspaces: ['x'.repeat(600_000)] }),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "The body is larger than 524288 bytes, the most that is taken here. Nothing was changed.",
        "request_id": "req_1",
        "status": 413,
        "title": "The body is too large",
        "type": "https://host/errors#body-too-large",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 413,
    }
  `);
});
