// A leaver leaves: a PUT or PATCH that blocks a teammate is done without what can't be used of it, and the log says so.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { bulkRequest, newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

const RITA = {
  userName: 'rita@example.com',
  title: 'Analyst',
  emails: [{ value: 'rita@example.com', type: 'work', primary: true }],
};
const BLOCK = { op: 'replace', path: 'active', value: false };
const LEFT_OUT = ' was left out, so that the user is blocked all the same: ';

const replace = (path, value) => ({ op: 'replace', path, value });

/** What stands where the path or key of a part does in the sentence about it. */
const leftOut = ({ notes }) =>
  notes.filter((note) => note.includes(LEFT_OUT)).map((note) => note.slice(0, note.indexOf(LEFT_OUT)));

/** Sends it, and expects a block by which nothing else changed than `changes` say, with a sentence about each of `parts`. */
async function expectBlocked(company, user, [method, body], parts, changes = {}) {
  const { answer, events, log } = await traced(company, () => company.scim(method, `/Users/${user.id}`, body));
  expect([answer.status, answer.body]).toEqual([
    200,
    { ...user, ...changes, active: false, meta: { ...answer.body.meta, created: user.meta.created } },
  ]);
  expect(events.map(({ type }) => type)).toEqual(['teammate.blocked']);
  expect(leftOut(log[0])).toEqual(parts.map((part) => `"${part}"`));
  expect((await company.scim('GET', `/Users/${user.id}`)).body).toEqual(answer.body);
  await expectConsistent(company);
  return log[0];
}

test.each([
  ['a path that names nothing', [replace('shoeSize', 43), BLOCK], ['shoeSize']],
  ['a path in a bad form', [BLOCK, replace('emails[type eq', 'x')], ['emails[type eq']],
  ['a value of a wrong type', [replace('title', { a: 1 }), BLOCK], ['title']],
  ['a value that is too long', [replace('externalId', 'x'.repeat(2000)), BLOCK], ['externalId']],
  ['a read-only attribute', [replace('groups', [{ value: 'x' }]), BLOCK], ['groups']],
  ['a blank userName', [replace('userName', ' '), BLOCK], ['userName']],
  ['keys of one value', [{ op: 'Replace', value: { 'name.firstName': 'R', active: 'False' } }], ['name.firstName']],
  ['what is no operation', [BLOCK, { op: 'move', path: 'title' }, 'replace'], ['operation 2', 'operation 3']],
])('PATCH with %s', async (_, operations, parts) => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  await expectBlocked(company, user, ['PATCH', patchOp(...operations)], parts);
});

test('what can be used is done, and the log keeps what was understood', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const body = patchOp(replace('title', 'Gone'), replace('shoeSize', 43), replace('locale', 'en'), BLOCK);
  const line = await expectBlocked(company, user, ['PATCH', body], ['shoeSize'], { title: 'Gone', locale: 'en' });
  expect(line.sent).toEqual(body);
  expect(line.understood.map(({ path }) => path)).toEqual(['title', 'locale', 'active']);
  expect(line.stored).toEqual({ title: 'Gone', locale: 'en', active: false });
  expect(line.notes).toEqual([expect.stringMatching(/^"shoeSize" was left out, .*: "shoeSize" is not an attribute/)]);
});

test('a taken userName', async () => {
  const company = await newCompany();
  await newUser(company, { userName: 'marley@example.com' });
  const user = await newUser(company, RITA);
  const operations = [replace('userName', 'Marley@example.com'), replace('title', 'Gone'), BLOCK];
  await expectBlocked(company, user, ['PATCH', patchOp(...operations)], ['userName'], { title: 'Gone' });
});

test('the userName of one who was deleted in the app', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, { userName: 'marley@example.com' });
  await company.api('DELETE', `/teammates/${id}`);
  const user = await newUser(company, RITA);
  await expectBlocked(company, user, ['PUT', { ...user, userName: 'marley@example.com', active: false }], ['userName']);
});

test('a domain that is not allowed, and an e-mail that is not the userName', async () => {
  const company = await newCompany({ allowed_domains: ['example.com'] });
  const user = await newUser(company, RITA);
  await expectBlocked(
    company,
    user,
    ['PATCH', patchOp(replace('userName', 'rita@other.example'), BLOCK)],
    ['userName'],
  );
  await company.api('PATCH', '', { user_name_must_be_primary_email: true });
  const other = await newUser(company, { userName: 'o@example.com', emails: [{ value: 'o@example.com' }] });
  const email = replace('emails', [{ value: 'else@example.com' }]);
  await expectBlocked(company, other, ['PATCH', patchOp(email, BLOCK)], ['emails']);
});

test('more than is kept of a user', async () => {
  const company = await newCompany();
  const fields = (count) =>
    Object.fromEntries(Array.from({ length: count }, (_, place) => [`field${place}`, 'x'.repeat(60_000)]));
  const user = await newUser(company, { ...RITA, 'urn:example:x': fields(4) });
  const photos = (length) => [{ value: 'p'.repeat(length) }];
  const body = patchOp(replace('photos', photos(30_000)), replace('title', 'Gone'), BLOCK);
  await expectBlocked(company, user, ['PATCH', body], ['photos'], { title: 'Gone' });
});

test('more than is kept of one attribute', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const roles = Array.from({ length: 700 }, (_, place) => ({ value: `${place}`.padEnd(100, 'r') }));
  const body = patchOp(replace('roles', roles), replace('title', 'Gone'), BLOCK);
  await expectBlocked(company, user, ['PATCH', body], ['roles'], { title: 'Gone' });
});

test('PUT: what it says in no usable way stays, what it does not say goes', async () => {
  const company = await newCompany();
  const user = await newUser(company, { ...RITA, displayName: 'Rita', locale: 'en' });
  const { locale: _, ...rest } = user;
  const body = { schemas: user.schemas, active: 'False', title: { a: 1 }, emails: [[1]], displayName: 'R' };
  const { answer, log } = await traced(company, () => company.scim('PUT', `/Users/${user.id}`, body));
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ ...rest, displayName: 'R', active: false, meta: answer.body.meta });
  expect(leftOut(log[0])).toEqual(['"title"', '"emails"']);
  expect(log[0].notes).toContain('userName was missing, and stays as it is');
});

test('of one who is blocked already, by PATCH and PUT', async () => {
  const company = await newCompany();
  const user = await newUser(company, { ...RITA, active: false });
  const patched = await traced(company, () =>
    company.scim('PATCH', `/Users/${user.id}`, patchOp(replace('shoeSize', 43), replace('title', 'Gone'))),
  );
  expect([patched.answer.status, patched.answer.body.title, patched.answer.body.active]).toEqual([200, 'Gone', false]);
  expect(leftOut(patched.log[0])).toEqual(['"shoeSize"']);
  const put = await traced(company, () => company.scim('PUT', `/Users/${user.id}`, { ...user, nickName: { a: 1 } }));
  expect([put.answer.status, put.answer.body.title]).toEqual([200, 'Analyst']);
  expect(leftOut(put.log[0])).toEqual(['"nickName"']);
  const nothing = await traced(company, () =>
    company.scim('PATCH', `/Users/${user.id}`, patchOp(replace('shoeSize', 43))),
  );
  expect([nothing.answer.status, nothing.events]).toEqual([200, []]);
  expect(leftOut(nothing.log[0])).toEqual(['"shoeSize"']);
});

test('20 at once that would each rename it to a taken userName: all are done, and it is blocked', async () => {
  const company = await newCompany();
  await newUser(company, { userName: 'marley@example.com' });
  const user = await newUser(company, RITA);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, place) => {
      const operations = [replace('userName', 'marley@example.com'), replace('title', `T${place}`), BLOCK];
      return company.scim('PATCH', `/Users/${user.id}`, patchOp(...operations));
    }),
  );
  expect(answers.map(({ status, body }) => [status, body.userName, body.title])).toEqual(
    answers.map((_, place) => [200, RITA.userName, `T${place}`]),
  );
  expect((await company.scim('GET', `/Users/${user.id}`)).body).toMatchObject({
    userName: RITA.userName,
    active: false,
  });
  await expectConsistent(company);
});

test('in a bulk request', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const path = `/Users/${user.id}`;
  const { body } = await company.scim(
    'POST',
    '/Bulk',
    bulkRequest([{ method: 'PATCH', path, data: patchOp(replace('shoeSize', 43), BLOCK) }]),
  );
  expect(body.Operations.map(({ status }) => status)).toEqual(['200']);
  expect((await company.scim('GET', path)).body.active).toBe(false);
});

test.each([
  ['one who stays', patchOp(replace('title', 'Boss'), replace('shoeSize', 43)), 400],
  ['one who is unblocked at last', patchOp(BLOCK, replace('shoeSize', 43), replace('active', 'True')), 400],
  ['an active that is neither', patchOp(replace('active', 'perhaps'), replace('title', 'Boss')), 400],
  ['no Operations', { ...patchOp(BLOCK), Operations: undefined, active: false }, 400],
  ['more operations than are taken', patchOp(...Array(1001).fill(BLOCK)), 400],
])('PATCH of %s is refused whole', async (_, body, status) => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const answer = await writingNothing(company, () => company.scim('PATCH', `/Users/${user.id}`, body));
  expect(answer.status).toBe(status);
});

test('what is about the caller, the version, or the company itself refuses as ever', async () => {
  const company = await newCompany();
  const { body: boss } = await company.api('POST', '/teammates', { user_name: 'boss@example.com', role: 'admin' });
  const user = await newUser(company, RITA);
  const body = patchOp(replace('shoeSize', 43), BLOCK);
  const refused = (id, headers) => writingNothing(company, () => company.scim('PATCH', `/Users/${id}`, body, headers));
  expect((await refused(boss.id)).status).toBe(403);
  expect((await refused('tea_none')).status).toBe(404);
  expect((await refused(user.id, { 'if-match': 'W/"9"' })).status).toBe(412);
  const post = await writingNothing(company, () =>
    company.scim('POST', '/Users', { userName: 'new@example.com', active: false, title: { a: 1 } }),
  );
  expect(post.status).toBe(400);
});
