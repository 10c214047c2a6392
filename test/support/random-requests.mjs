// Random requests, and what holds for the answers to all of them.

import { expect } from 'vitest';
import { ERROR } from './scim.mjs';

/** Sends [method, path, body] each, ten at a time: none is answered 5xx, and every refusal says why. */
export async function expectSensibleAnswers(company, requests) {
  const answers = [];
  while (answers.length < requests.length) {
    const some = requests.slice(answers.length, answers.length + 10);
    answers.push(...(await Promise.all(some.map((request) => company.scim(...request)))));
  }
  answers.forEach(({ status, body }, place) => {
    expect(status, `${JSON.stringify(requests[place])} answered ${JSON.stringify(body)}`).toBeLessThan(500);
    if (status < 400) return;
    expect(body).toMatchObject({ schemas: [ERROR], status: `${status}`, detail: expect.stringMatching(/\w/) });
    expect(body.detail.length, `the detail for ${JSON.stringify(requests[place])}`).toBeLessThan(1000);
  });
  // Both kinds of outcome, or the generator has lost its aim.
  expect(answers.filter(({ status }) => status < 300).length).toBeGreaterThan(requests.length / 10);
  expect(answers.filter(({ status }) => status >= 400).length).toBeGreaterThan(requests.length / 10);
}
