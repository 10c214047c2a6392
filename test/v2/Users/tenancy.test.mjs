// Ids of another company are 404 in every call, and nothing changes over there.

import { expect, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { newUser, patchOp } from '../../support/scim.mjs';
import { tablesOf, writingNothing } from '../../support/tables.mjs';

test.each([
  ['GET', undefined],
  ['PUT', { userName: 'mine@example.com' }],
  ['PATCH', patchOp({ op: 'replace', path: 'active', value: false })],
  ['DELETE', undefined],
])("%s of another company's teammate", async (method, body) => {
  const owner = await newCompany();
  const stranger = await newCompany();
  const { id } = await newUser(owner);
  const before = await tablesOf(owner);
  const answer = await writingNothing(stranger, () => stranger.scim(method, `/Users/${id}`, body));
  expect(answer.status).toBe(404);
  expect(answer.body.detail).toBe(`No User with the id "${id}" exists here.`);
  expect(await tablesOf(owner)).toEqual(before);
});

test("another company's token can't reach them by this company's endpoint", async () => {
  const owner = await newCompany();
  const stranger = await newCompany();
  const { id, meta } = await newUser(owner);
  const base = meta.location.replace(`/v2/Users/${id}`, `/scim/${owner.connectionId}/v2`);
  const answer = await writingNothing(owner, () =>
    scimWith(stranger.token, 'DELETE', `/Users/${id}`, undefined, {}, base),
  );
  expect(answer.status).toBe(401);
});

test('a token whose company part is exchanged for another is refused', async () => {
  const owner = await newCompany();
  const stranger = await newCompany();
  const forged = stranger.token.replace(/^rc_[^_]+/, owner.token.match(/^rc_[^_]+/)[0]);
  const answer = await writingNothing(owner, () => scimWith(forged, 'POST', '/Users', { userName: 'x@example.com' }));
  expect(answer.status).toBe(401);
});
