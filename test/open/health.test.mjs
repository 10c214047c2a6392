// What anybody may ask: whether the Worker lives, and whether D1 answers. What that costs is told to nobody.

import { expect, inject, test } from 'vitest';
import { send } from '../support/client.mjs';

const ask = (path, method = 'GET') => send(method, inject('rollcall').meteredUrl + path);

test('/health says that the Worker lives, and asks D1 nothing', async () => {
  const { status, headers, body } = await ask('/health');
  expect([status, body, headers.get('content-type')]).toEqual([200, { status: 'ok' }, 'application/json']);
  expect([headers.get('x-d1-calls'), headers.get('server-timing')]).toEqual(['0', null]);
});

test('/ready says that D1 answers, in one call of at most one row', async () => {
  const { status, headers, body } = await ask('/ready');
  expect([status, body]).toEqual([200, { status: 'ok' }]);
  expect([headers.get('x-d1-calls'), headers.get('server-timing')]).toEqual(['1', null]);
  expect(Number(headers.get('x-d1-rows-read'))).toBeLessThanOrEqual(1);
});

test.each(['/health', '/ready'])('%s takes no other method', async (path) => {
  const { status, headers } = await ask(path, 'POST');
  expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});
