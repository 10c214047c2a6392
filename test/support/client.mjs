// What a test does with Rollcall: make a company of its own, then call SCIM as its IdP and the management
// API as its operator. Every answer is {status, headers, body}, the body parsed where it is JSON.

import { inject } from 'vitest';

const BOTH_SCOPES = ['auto_provisioning', 'provisioning'];

/**
 * One HTTP call. A body that is a string or bytes goes as it is, anything else as JSON.
 *
 * @param {string} method
 * @param {string} url
 * @param {{ body?: any, headers?: Record<string, string> }} [options]
 * @returns {Promise<{ status: number, headers: Headers, body: any }>}
 */
export async function send(method, url, { body, headers = {} } = {}) {
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, { method, headers, body: raw ? body : JSON.stringify(body), redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text, response.headers) };
}

/**
 * The management API, as the operator. `path` begins behind /api/v1.
 *
 * @param {string} method
 * @param {string} path
 * @param {any} [body]
 * @param {Record<string, string>} [headers]
 */
export function operator(method, path, body, headers = {}) {
  const { baseUrl, operatorKey } = inject('rollcall');
  return send(method, `${baseUrl}/api/v1${path}`, {
    body,
    headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json', ...headers },
  });
}

/**
 * SCIM with any token or none. `path` begins behind /v2, unless `base` says otherwise.
 *
 * Tables of tests hold calls of every form: so it takes whatever there is.
 *
 * @param {any} token
 * @param {any} method
 * @param {any} path
 * @param {any} [body]
 * @param {any} [headers]
 */
export function scimWith(token, method, path, body, headers = {}, base = `${inject('rollcall').baseUrl}/v2`) {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const contentType = body === undefined ? {} : { 'content-type': 'application/scim+json' };
  return send(method, `${base}${path}`, { body, headers: { ...authorization, ...contentType, ...headers } });
}

/**
 * A new company (plan scale, group sync on, unless the settings say otherwise) with a connection and a
 * token of both scopes.
 *
 * @returns {Promise<any>}
 */
export async function newCompany(settings = {}) {
  const company = await made('/companies', {
    name: 'Test company',
    plan: 'scale',
    group_sync_enabled: true,
    ...settings,
  });
  const inCompany = (path) => `/companies/${company.id}${path}`;
  const connection = await made(inCompany('/connections'), { provider: 'custom', name: 'Test connection' });
  const newToken = (scopes = BOTH_SCOPES, more = {}) =>
    made(inCompany('/tokens'), { name: 'Test token', scopes, connection_id: connection.id, ...more });
  const { id: tokenId, token } = await newToken();
  return {
    companyId: company.id,
    connectionId: connection.id,
    tokenId,
    token,
    /** Makes another token: resolves with what the management API answers, `token` included. */
    newToken,
    /** Makes a teammate template: resolves with it, `id` included. */
    newTemplate: (name, more = {}) => made(inCompany('/templates'), { name, ...more }),
    scim: (method, path, body, headers) => scimWith(token, method, path, body, headers),
    /** The same, and `cost` in the answer says what the call asked of D1. */
    async meteredScim(method, path, body, headers) {
      const answer = await scimWith(token, method, path, body, headers, `${inject('rollcall').meteredUrl}/v2`);
      return { ...answer, cost: costOf(answer.headers) };
    },
    /** The same, where D1 fails as `faults` says: for each call to it `ok`, `late`, `before` or `after` the commit. */
    faultyScim: (faults, method, path, body, headers) =>
      scimWith(
        token,
        method,
        path,
        body,
        { ...headers, 'x-fault': faults.join() },
        `${inject('rollcall').faultyUrl}/v2`,
      ),
    /** The management API inside the company: `path` begins behind its id. */
    api: (method, path, body, headers) => operator(method, inCompany(path), body, headers),
  };
}

function costOf(headers) {
  const number = (name) => Number(headers.get(name));
  return {
    calls: number('x-d1-calls'),
    statements: number('x-d1-statements'),
    rowsRead: number('x-d1-rows-read'),
    rowsWritten: number('x-d1-rows-written'),
  };
}

async function made(path, body) {
  const answer = await operator('POST', path, body);
  if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

function parsed(text, headers) {
  if (text === '') return null;
  return /[/+]json\b/.test(headers.get('content-type') ?? '') ? JSON.parse(text) : text;
}
