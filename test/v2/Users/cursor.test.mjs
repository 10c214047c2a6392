// Walking a list by cursors (RFC 9865): by key, so that it does not matter what is written meanwhile.

import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { LIST, newUser, newUsers, patchOp, scimError } from '../../support/scim.mjs';
import { writingNothing } from '../../support/tables.mjs';

const INVALID = scimError(
  400,
  'The cursor was not given out for this query, or was changed. Send nextCursor or previousCursor exactly as received, with the ' +
    'same query, or leave the cursor empty to begin anew.',
  'invalidCursor',
);
const named = (count) =>
  Array.from({ length: count }, (_, place) => `user${String(place).padStart(3, '0')}@example.com`);
const userNames = ({ body }) => body.Resources.map(({ userName }) => userName);

/** All pages from the first to the last, or as many as `most`. `between` runs after each page. */
async function walk({ scim }, query, { between = async (_answer, _number) => {}, most = 50 } = {}) {
  const pages = [];
  let cursor = '';
  while (cursor !== undefined && pages.length < most) {
    const answer = await scim('GET', `/Users?cursor=${cursor}&${query}`);
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    pages.push(answer);
    cursor = answer.body.nextCursor;
    await between(answer, pages.length);
  }
  return pages;
}

describe('pages', () => {
  test('have the ways to their neighbours and no index', async () => {
    const company = await newCompany();
    await newUsers(company, named(5));
    const [first, second, third, ...more] = await walk(company, 'count=2&attributes=userName');
    expect(more).toEqual([]);
    expect(Object.keys(first.body)).toEqual(['schemas', 'totalResults', 'itemsPerPage', 'nextCursor', 'Resources']);
    expect(first.body).toMatchObject({ schemas: [LIST], totalResults: 5, itemsPerPage: 2 });
    expect(Object.keys(second.body)).toEqual([
      'schemas',
      'totalResults',
      'itemsPerPage',
      'previousCursor',
      'nextCursor',
      'Resources',
    ]);
    expect(Object.keys(third.body)).toEqual(['schemas', 'totalResults', 'itemsPerPage', 'previousCursor', 'Resources']);
    expect([first, second, third].map(userNames)).toEqual([
      named(5).slice(0, 2),
      named(5).slice(2, 4),
      named(5).slice(4),
    ]);
  });

  test('lead back as they led on', async () => {
    const company = await newCompany();
    await newUsers(company, named(5));
    const [first, second, third] = await walk(company, 'count=2');
    const back = await company.scim('GET', `/Users?count=2&cursor=${third.body.previousCursor}`);
    expect(userNames(back)).toEqual(userNames(second));
    const start = await company.scim('GET', `/Users?count=2&cursor=${back.body.previousCursor}`);
    expect(userNames(start)).toEqual(userNames(first));
    expect(start.body.previousCursor).toBeUndefined();
    const on = await company.scim('GET', `/Users?count=2&cursor=${start.body.nextCursor}`);
    expect(userNames(on)).toEqual(userNames(second));
  });

  test('are asked for with ?cursor, ?cursor= or an empty cursor in .search', async () => {
    const company = await newCompany();
    await newUsers(company, named(3));
    const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], cursor: '', count: 2 };
    for (const answer of [
      await company.scim('GET', '/Users?cursor&count=2'),
      await company.scim('GET', '/Users?cursor=&count=2'),
      await company.scim('POST', '/Users/.search', search),
      await company.scim('POST', '/.search', search),
    ]) {
      expect([answer.status, answer.body.startIndex, userNames(answer)]).toEqual([200, undefined, named(2)]);
      expect(answer.body.nextCursor).toMatch(/^[\w-]+$/);
    }
  });

  test('of no resources tell the total alone', async () => {
    const company = await newCompany();
    await newUsers(company, named(2));
    const { body } = await company.scim('GET', '/Users?cursor&count=0');
    expect(body).toEqual({ schemas: [LIST], totalResults: 2, itemsPerPage: 0, Resources: [] });
  });

  test('of an empty list lead nowhere', async () => {
    const { scim } = await newCompany();
    const { body } = await scim('GET', '/Users?cursor');
    expect(body).toEqual({ schemas: [LIST], totalResults: 0, itemsPerPage: 0, Resources: [] });
  });

  test('of a filter hold what it matches', async () => {
    const company = await newCompany();
    await newUsers(company, ['a@example.com', 'b@other.com', 'c@example.com', 'd@example.com', 'e@other.com']);
    const filter = encodeURIComponent('userName ew "@example.com"');
    const pages = await walk(company, `count=2&filter=${filter}`);
    expect(pages.map(userNames)).toEqual([['a@example.com', 'c@example.com'], ['d@example.com']]);
    expect(pages.map(({ body }) => body.totalResults)).toEqual([3, 3]);
  });

  test('are not asked for by default', async () => {
    const company = await newCompany();
    await newUsers(company, named(2));
    const { body } = await company.scim('GET', '/Users?count=1');
    expect(Object.keys(body)).toEqual(['schemas', 'totalResults', 'startIndex', 'itemsPerPage', 'Resources']);
  });
});

describe('while others write', () => {
  const writers = {
    'a user of a page that was shown is removed': async (company, page) => company.remove(page[0]),
    'a user of a page to come is removed': async (company, _, all) => company.remove(all.at(-1)),
    'the user that the page ended with is removed': async (company, page) => company.remove(page.at(-1)),
    'users are renamed to the front': async (company, page) => {
      for (const user of page) await company.edit(user, 'userName', `000-${user.userName}`);
    },
    'users are changed and blocked': async (company, page, all) => {
      for (const user of [page[0], all.at(-2)]) await company.edit(user, 'active', false);
    },
    'users are created': async (company) => {
      await newUser(company, { userName: `new-${Math.random()}@example.com` });
    },
  };

  test.each(['', 'sortBy=userName', 'sortBy=meta.lastModified&sortOrder=descending', 'sortBy=displayName'])(
    'a walk in the order "%s" meets each who existed throughout once',
    async (order) => {
      for (const [what, write] of Object.entries(writers)) {
        const company = await newCompany();
        const all = await newUsers(company, named(9));
        const gone = new Set();
        company.remove = async (user) => {
          gone.add(user.id);
          await company.scim('DELETE', `/Users/${user.id}`);
        };
        company.edit = (user, path, value) =>
          company.scim('PATCH', `/Users/${user.id}`, patchOp({ op: 'replace', path, value }));
        const pages = await walk(company, `count=2&${order}`, {
          between: async ({ body }, number) =>
            number < 4 && body.Resources.length > 0 && (await write(company, body.Resources, all)),
        });
        const met = pages.flatMap(({ body }) => body.Resources.map(({ id }) => id));
        expect([what, met.length]).toEqual([what, new Set(met).size]);
        const throughout = all.map(({ id }) => id).filter((id) => !gone.has(id));
        expect([what, throughout.filter((id) => !met.includes(id))]).toEqual([what, []]);
      }
    },
  );

  test('a walk of 300 among random writes', async () => {
    const company = await newCompany();
    const all = await newUsers(company, named(300));
    const gone = new Set();
    const pick = () => all[Math.floor(Math.random() * all.length)];
    let done = false;
    const writing = Array.from({ length: 4 }, async (_, writer) => {
      for (let turn = 0; !done; turn += 1) {
        const { id } = pick();
        if (turn % 4 === 0) await newUser(company, { userName: `new-${writer}-${turn}@example.com` });
        else if (turn % 4 === 1) {
          gone.add(id);
          await company.scim('DELETE', `/Users/${id}`);
        } else
          await company.scim(
            'PATCH',
            `/Users/${id}`,
            patchOp({ op: 'replace', path: 'displayName', value: `${turn}` }),
          );
      }
    });
    const pages = await walk(company, 'count=7&attributes=id', { most: 200 });
    done = true;
    await Promise.all(writing);
    const met = pages.flatMap(({ body }) => body.Resources.map(({ id }) => id));
    expect(met.length).toBe(new Set(met).size);
    expect(all.map(({ id }) => id).filter((id) => !gone.has(id) && !met.includes(id))).toEqual([]);
  });
});

describe('sorted', () => {
  test('a walk keeps its order to the end, and leads back', async () => {
    const company = await newCompany();
    for (const displayName of ['delta', 'Alpha', 'charlie', 'Bravo', undefined])
      await newUser(company, { userName: `${displayName}@example.com`, displayName });
    const names = ({ body }) => body.Resources.map(({ displayName }) => displayName);
    const pages = await walk(company, 'count=2&sortBy=displayName');
    expect(pages.map(names)).toEqual([['Alpha', 'Bravo'], ['charlie', 'delta'], [undefined]]);
    expect(pages[0].body.previousCursor).toBeUndefined();
    const back = await company.scim('GET', `/Users?count=2&sortBy=displayName&cursor=${pages[2].body.previousCursor}`);
    expect(names(back)).toEqual(['charlie', 'delta']);
    const descending = await walk(company, 'count=3&sortBy=displayName&sortOrder=descending');
    expect(descending.map(names)).toEqual([
      [undefined, 'delta', 'charlie'],
      ['Bravo', 'Alpha'],
    ]);
  });

  test('a walk leads back past those who are gone without meeting anybody twice', async () => {
    const company = await newCompany();
    const all = await newUsers(company, named(12));
    const pages = await walk(company, 'count=3&sortBy=userName');
    for (const { id } of all.slice(4, 6)) await company.scim('DELETE', `/Users/${id}`);
    const back = [];
    for (let page = pages[2].body; page.previousCursor; page = back.at(-1).body)
      back.push(await company.scim('GET', `/Users?count=3&sortBy=userName&cursor=${page.previousCursor}`));
    expect(back.map(userNames)).toEqual([[named(12)[3]], named(3)]);
    const on = await company.scim('GET', `/Users?count=3&sortBy=userName&cursor=${back[0].body.nextCursor}`);
    expect(userNames(on)).toEqual(named(12).slice(6, 9));
  });

  test('a page of a walk costs the same however many come after it', async () => {
    const page = async (size) => {
      const company = await newCompany();
      await newUsers(company, named(size));
      const { body } = await company.scim('GET', '/Users?count=5&sortBy=userName&cursor');
      return (await company.meteredScim('GET', `/Users?count=5&sortBy=userName&cursor=${body.nextCursor}`)).cost;
    };
    const [few, many] = [await page(20), await page(120)];
    // One for each further id in the part; a whole part is never exceeded.
    expect(many.rowsRead - few.rowsRead).toBeLessThanOrEqual(100);
  });

  test('the newest walks of a company go on, older ones have expired', async () => {
    const company = await newCompany();
    await newUsers(company, named(3));
    const starts = [];
    for (let turn = 0; turn < 10; turn += 1)
      starts.push((await company.scim('GET', '/Users?sortBy=userName&count=1&cursor')).body.nextCursor);
    const next = (cursor) => company.scim('GET', `/Users?sortBy=userName&count=1&cursor=${cursor}`);
    expect(userNames(await next(starts.at(-1)))).toEqual([named(3)[1]]);
    const old = await next(starts[0]);
    expect([old.status, old.body.scimType]).toEqual([400, 'expiredCursor']);
  });
});

describe('refused', () => {
  test('what is no cursor of ours, or was changed', async () => {
    const company = await newCompany();
    await newUsers(company, named(3));
    const { body } = await company.scim('GET', '/Users?cursor&count=1');
    const cursor = body.nextCursor;
    const changed = [...cursor].map(
      (letter, place) => `${cursor.slice(0, place)}${letter === 'A' ? 'B' : 'A'}${cursor.slice(place + 1)}`,
    );
    for (const text of [
      'x',
      '1',
      'tea_1',
      '%00',
      `${cursor}A`,
      cursor.slice(1),
      ...changed.filter((_, place) => place % 9 === 0),
    ]) {
      const answer = await writingNothing(company, () => company.scim('GET', `/Users?count=1&cursor=${text}`));
      expect([text, answer.status, answer.body]).toEqual([text, 400, INVALID]);
    }
  });

  test('a cursor of another company, another query or another page size', async () => {
    const company = await newCompany();
    const other = await newCompany();
    await newUsers(company, named(3));
    await newUsers(other, named(3));
    const cursor = (await company.scim('GET', '/Users?cursor&count=1')).body.nextCursor;
    expect((await other.scim('GET', `/Users?count=1&cursor=${cursor}`)).body).toEqual(INVALID);
    for (const more of ['filter=userName%20pr', 'sortBy=userName', 'attributes=userName', 'excludedAttributes=meta'])
      expect((await company.scim('GET', `/Users?count=1&cursor=${cursor}&${more}`)).body).toEqual(INVALID);
    const counted = await company.scim('GET', `/Users?count=2&cursor=${cursor}`);
    expect(counted.body).toEqual(
      scimError(
        400,
        'count was 1 when the walk began, and is 2 now. Ask for as many as at first, or begin anew.',
        'invalidCount',
      ),
    );
    expect((await company.scim('GET', `/Users?count=1&cursor=${cursor}&aadOptscim062020`)).status).toBe(200);
  });

  test('a count that is no number', async () => {
    const { scim } = await newCompany();
    const { status, body } = await scim('GET', '/Users?cursor&count=many');
    expect([status, body]).toEqual([400, scimError(400, 'count has to be an integer, but is "many".', 'invalidCount')]);
  });

  test('a cursor that is older than the time that discovery states', async () => {
    const company = await newCompany();
    await newUsers(company, named(2));
    const { body: config } = await company.scim('GET', '/ServiceProviderConfig');
    const { cursorTimeout } = config.pagination;
    const ofAge = (seconds) => sealed(company.companyId, { issuedAt: Math.floor(Date.now() / 1000) - seconds });
    const fresh = await company.scim('GET', `/Users?count=1&cursor=${ofAge(cursorTimeout - 60)}`);
    expect([fresh.status, userNames(fresh)]).toEqual([200, named(1)]);
    const old = await company.scim('GET', `/Users?count=1&cursor=${ofAge(cursorTimeout + 60)}`);
    expect([old.status, old.body]).toEqual([
      400,
      scimError(400, 'The cursor is older than 3600 seconds. Leave the cursor empty to begin anew.', 'expiredCursor'),
    ]);
  });

  test('nobody learns whether a cursor is good without a token', async () => {
    const { scim } = await newCompany();
    const { status } = await scim('GET', '/Users?cursor=x', undefined, { authorization: 'Bearer wrong' });
    expect(status).toBe(401);
  });
});

/** A cursor as the server seals it, which takes the root secret: only so can one be old already. */
function sealed(companyId, { issuedAt, count = 1 }) {
  const key = Buffer.from(hkdfSync('sha256', inject('rollcall').rootSecret, '', 'rollcall v1 scim cursors', 32));
  const payload = Buffer.alloc(16);
  payload.writeUInt8(1, 0);
  payload.writeBigInt64BE(BigInt(issuedAt), 1);
  payload.writeUInt16BE(count, 9);
  payload.write('a', 11);
  const mac = createHmac('sha256', key).update(payload);
  for (const part of [companyId, '/Users', '', '', '', '', '']) {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(Buffer.byteLength(part)));
    mac.update(length).update(part);
  }
  return Buffer.concat([payload, mac.digest().subarray(0, 16)]).toString('base64url');
}
