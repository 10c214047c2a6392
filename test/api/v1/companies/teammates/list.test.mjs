import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { newUsers, patchOp } from '../../../../support/scim.mjs';
import { walked } from '../../pages.mjs';

/** A company with a teammate in every state; `list` resolves with the local parts of the userNames. */
async function inEveryState() {
  const company = await newCompany();
  const [, blocked, removed, deleted] = await newUsers(company, [
    'active@example.com',
    'blocked@example.com',
    'removed@example.com',
    'deleted@example.com',
  ]);
  await company.scim('PATCH', `/Users/${blocked.id}`, patchOp({ op: 'replace', value: { active: false } }));
  await company.scim('DELETE', `/Users/${removed.id}`);
  await company.api('DELETE', `/teammates/${deleted.id}`);
  const list = async (query = '') =>
    (await company.api('GET', `/teammates${query}`)).body.results.map(({ user_name }) => user_name.split('@')[0]);
  return { ...company, list };
}

test('the list has everybody but those who were deleted', async () => {
  const { list } = await inEveryState();
  expect((await list()).sort()).toEqual(['active', 'blocked', 'removed']);
});

test('a state narrows it', async () => {
  const { list } = await inEveryState();
  for (const state of ['active', 'blocked', 'removed', 'deleted'])
    expect(await list(`?state=${state}`)).toEqual([state]);
});

test('a state that is none is refused', async () => {
  const { api } = await inEveryState();
  const { status, body } = await api('GET', '/teammates?state=gone');
  expect([status, body.detail]).toEqual([400, '"state" must be one of active, blocked, removed and deleted.']);
});

test('teammates come in the order of creation, on pages of any size', async () => {
  const company = await newCompany();
  const users = await newUsers(company, [
    'e@example.com',
    'd@example.com',
    'c@example.com',
    'b@example.com',
    'a@example.com',
  ]);
  const ids = users.map(({ id }) => id).sort();
  for (const limit of [1, 2, 5, 10]) {
    expect((await walked((query) => company.api('GET', `/teammates${query}`), limit)).map(({ id }) => id)).toEqual(ids);
    expect(
      (await walked((query) => company.api('GET', `/teammates${query}&state=active`), limit)).map(({ id }) => id),
    ).toEqual(ids);
  }
});

test('a teammate in the list is the teammate as it is alone', async () => {
  const { api } = await inEveryState();
  for (const teammate of (await api('GET', '/teammates')).body.results) {
    expect((await api('GET', `/teammates/${teammate.id}`)).body).toEqual(teammate);
  }
});

test('a search finds the beginning of userNames, in any case, by their order', async () => {
  const company = await newCompany();
  await newUsers(company, [
    'Rita@example.com',
    'ricky@example.com',
    'RICARDA@example.com',
    'Strauß@example.com',
    'sam@example.com',
    'x%_y@example.com',
  ]);
  const search = async (text) =>
    (await company.api('GET', `/teammates?search=${encodeURIComponent(text)}`)).body.results.map(
      ({ user_name }) => user_name,
    );
  expect(await search('RI')).toEqual(['RICARDA@example.com', 'ricky@example.com', 'Rita@example.com']);
  expect(await search('rita@')).toEqual(['Rita@example.com']);
  expect(await search('STRAUSS')).toEqual(['Strauß@example.com']);
  expect(await search('x%')).toEqual(['x%_y@example.com']);
  expect(await search('%')).toEqual([]);
  expect(await search('nobody')).toEqual([]);
});

test('a search is paged, and narrowed by a state', async () => {
  const company = await newCompany();
  const users = await newUsers(company, [
    'ra@example.com',
    'rb@example.com',
    'rc@example.com',
    'rd@example.com',
    'sa@example.com',
  ]);
  await company.scim('PATCH', `/Users/${users[1].id}`, patchOp({ op: 'replace', value: { active: false } }));
  const found = async (query, limit) =>
    (await walked((page) => company.api('GET', `/teammates${page}&search=r${query}`), limit))
      .map(({ user_name }) => user_name[1])
      .join('');
  for (const limit of [1, 2, 3, 4]) {
    expect([await found('', limit), await found('&state=active', limit), await found('&state=blocked', limit)]).toEqual(
      ['abcd', 'acd', 'b'],
    );
  }
});

test('nobody of another company is in it', async () => {
  const [company, other] = [await newCompany(), await newCompany()];
  await newUsers(other, ['rita@example.com']);
  for (const query of ['', '?search=rita', '?state=active']) {
    expect((await company.api('GET', `/teammates${query}`)).body.results).toEqual([]);
  }
});
