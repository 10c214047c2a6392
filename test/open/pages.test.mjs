// The pages that anybody may open: what is here, and what each error means.

import { expect, inject, test } from 'vitest';
import { operator } from '../support/client.mjs';

const page = async (path) => {
  const response = await fetch(inject('rollcall').pagesUrl + path);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

test('a browser at the root gets a page that says where to go', async () => {
  const { status, type, text } = await page('/');
  expect([status, type]).toEqual([200, 'text/html; charset=utf-8']);
  expect(text).toContain('Rollcall is running');
});

test('what is no page goes to the Worker', async () => {
  const { status, type } = await page('/nothing');
  expect([status, type]).toEqual([404, 'application/problem+json']);
  expect((await page('/v2/Schemas')).type).toBe('application/scim+json');
});

test("a problem's type opens the page that has its entry", async () => {
  const { body } = await operator('GET', '/companies/cmp_nobody');
  const [url, name] = body.type.split('#');
  const { status, type, text } = await page(new URL(url).pathname);
  expect([status, type]).toEqual([200, 'text/html; charset=utf-8']);
  expect(text).toContain(`<section id="${name}">`);
});
