// Bodies that the management API refuses.

import { expect } from 'vitest';
import { problem } from '../../support/problem.mjs';
import { writingNothing } from '../../support/tables.mjs';

/** Sends each body to the path; resolves with the details of the refusals. */
export async function detailsOf(company, method, path, bodies) {
  const details = [];
  for (const body of bodies) {
    const answer = await writingNothing(company, () => company.api(method, path, body));
    expect([answer.status, answer.headers.get('content-type'), answer.body.type]).toEqual([
      400,
      'application/problem+json',
      problem('invalid-input'),
    ]);
    details.push(answer.body.detail);
  }
  return details;
}
