// What all operations of one bulk request may compare together.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { bulkRequest, newUser, patchOp } from '../../support/scim.mjs';

const MANY = 400;

test('operations that compare too much together are refused one by one, and the others are done', async () => {
  const company = await newCompany();
  const phoneNumbers = Array.from({ length: MANY }, (_, i) => ({
    type: 'work',
    value: `+49 30 ${i}`.padEnd(130, '0'),
  }));
  const { id } = await newUser(company, { phoneNumbers });
  const filter = Array.from({ length: 75 }, (_, i) => `value co "${i}x"`).join(' or ');
  const heavy = {
    method: 'PATCH',
    path: `/Users/${id}`,
    data: patchOp(...Array.from({ length: 2 }, () => ({ op: 'remove', path: `phoneNumbers[${filter}]` }))),
  };
  const light = (title) => ({
    method: 'PATCH',
    path: `/Users/${id}`,
    data: patchOp({ op: 'replace', path: 'title', value: title }),
  });
  const operations = [light('first'), ...Array.from({ length: 150 }, () => heavy), light('last')];
  const began = Date.now();
  const answer = await company.scim('POST', '/Bulk', bulkRequest(operations));
  const results = answer.body.Operations;
  const refused = results.filter(({ status }) => status === '400');
  expect(answer.status).toBe(200);
  expect(refused.length).toBeGreaterThan(20);
  expect(results.filter(({ status }) => status === '200').length).toBe(results.length - refused.length);
  for (const { response } of refused) {
    expect(response).toMatchObject({
      scimType: 'tooMany',
      detail:
        'The operations of this request compare too much together, so that this one was not done. Send it in a request of its own, or fewer at once, with shorter filters.',
    });
  }
  expect([results[0].status, results.at(-1).status]).toEqual(['200', '200']);
  expect((await company.scim('GET', `/Users/${id}?attributes=title`)).body.title).toBe('last');
  expect(Date.now() - began).toBeLessThan(25_000);
});
