// How fast one token and one company may call: a Rollcall of its own, whose limits are low.

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../support/client.mjs';
import { startRollcall } from '../support/rollcall.mjs';
import { scimError } from '../support/scim.mjs';

const operatorKey = randomBytes(32).toString('base64url');
let rollcall;
beforeAll(async () => {
  const rates = { TOKEN_CALLS: 5, COMPANY_CALLS: 8 };
  rollcall = await startRollcall({ operatorKey, entries: [], rates, logFile: '/dev/null' });
});
afterAll(() => rollcall.stop());

const operator = async (path, body) => {
  const headers = { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' };
  return (await send('POST', `${rollcall.baseUrl}/api/v1${path}`, { headers, body })).body;
};

/** A company with so many tokens. */
async function companyWith(count) {
  const { id } = await operator('/companies', { name: 'Hasty', plan: 'scale' });
  const tokens = [];
  for (let i = 0; i < count; i += 1) {
    tokens.push((await operator(`/companies/${id}/tokens`, { name: 'Hasty', scopes: ['auto_provisioning'] })).token);
  }
  return tokens;
}

const list = (token) =>
  send('GET', `${rollcall.baseUrl}/v2/Users?count=0`, { headers: { authorization: `Bearer ${token}` } });

/** Nothing is counted across the end of a period. */
async function early() {
  const left = 10_000 - (Date.now() % 10_000);
  if (left < 6_000) await new Promise((resolve) => setTimeout(resolve, left + 50));
}

async function calls(tokens, count) {
  const answers = [];
  for (let i = 0; i < count; i += 1) answers.push(await list(tokens[i % tokens.length]));
  return answers;
}

test('a token that calls too fast waits, and no other does', async () => {
  const [hasty] = await companyWith(1);
  const [patient] = await companyWith(1);
  await early();
  const answers = await calls([hasty], 7);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
  const { headers, body } = answers[6];
  expect([headers.get('retry-after'), headers.get('content-type'), body]).toEqual([
    '10',
    'application/scim+json',
    scimError(429, 'This token has made more calls than one may. Try again after 10 seconds; nothing was done.'),
  ]);
  expect((await list(patient)).status).toBe(200);
});

test("all tokens of a company share the company's", async () => {
  const tokens = await companyWith(3);
  await early();
  const answers = await calls(tokens, 13);
  // The first call of each token is counted for the token alone: nobody had found it good.
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(11);
  expect(answers[11].body.detail).toMatch(/^The company's tokens have made more calls than they may\. /);
});

test('who only knows the form of a token uses up nothing of its company', async () => {
  const [token] = await companyWith(1);
  await early();
  const forged = Array.from({ length: 12 }, (_, i) => token.slice(0, -43) + String(i).padStart(43, 'A'));
  const answers = await calls(forged, 12);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  expect((await list(token)).status).toBe(200);
});
