// A group that was written and can't be read back for the answer is answered all the same: told of a failure, a
// client would write it again, and be told that the name is taken.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../support/client.mjs';
import { GROUP } from '../support/scim.mjs';
import { steer } from '../support/steer.mjs';

/** A company whose token the faulty Worker remembers: its next call to D1 is the one that reads the group back. */
async function withGroup() {
  const company = await newCompany();
  const { body } = await company.faultyScim([], 'POST', '/Groups', { displayName: 'Support' });
  return { company, path: `/Groups/${body.id}` };
}

const parts = ({ status, headers, body }) => [status, headers.get('etag'), Object.keys(body)];
const BARE = ['schemas', 'id', 'displayName', 'meta'];

describe.concurrent('an answer without members', () => {
  test('where D1 fails after the write', async () => {
    const { company, path } = await withGroup();
    const posted = await company.faultyScim(['before'], 'POST', '/Groups', { displayName: 'Sales' });
    expect(parts(posted)).toEqual([201, 'W/"1"', BARE]);
    expect(posted.headers.get('location')).toBe(posted.body.meta.location);
    const put = await company.faultyScim(['before'], 'PUT', path, { displayName: 'Help' });
    expect(parts(put)).toEqual([200, 'W/"2"', BARE]);
    expect((await company.scim('GET', path)).body).toEqual({
      ...put.body,
      meta: { ...put.body.meta, location: expect.any(String) },
      members: [],
    });
  });

  test('where the token ends after the write', async () => {
    const { company } = await withGroup();
    const steering = steer(company);
    await steering.tell({ hold: 'marked' });
    const posting = company.faultyScim(['held'], 'POST', '/Groups', { schemas: [GROUP], displayName: 'Sales' });
    await steering.untilHeld();
    await company.api('DELETE', `/tokens/${company.tokenId}`);
    await steering.tell({ hold: null });
    const answer = await posting;
    expect(parts(answer)).toEqual([201, 'W/"1"', BARE]);
  });
});
