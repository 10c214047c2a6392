// One HTTP exchange with exactly the headers given. `fetch` would add its own: a User-Agent, which Entra
// does not send, and a Connection, which is not Okta's.

import http from 'node:http';
import https from 'node:https';
import { gunzipSync, inflateSync } from 'node:zlib';
import { Halt } from '../terminal.mjs';

// Okta gives up after a minute.
const TIMEOUT_MS = 60_000;

/** Resolves with {status, headers, body, text, ms}; `body` is the parsed JSON, or null. */
export async function exchange(method, url, headers, payload) {
  const started = performance.now();
  const {
    status,
    headers: answered,
    bytes,
  } = await request(method, new URL(url), headers, payload).catch((error) => {
    throw new Halt(`${method} ${url}: ${error.message || error.code}\nIs it running? Start it with: npm start`);
  });
  const text = decoded(bytes, answered['content-encoding']).toString();
  return { status, headers: answered, body: parsed(text), text, ms: performance.now() - started };
}

function request(method, url, headers, payload) {
  const content = payload === undefined ? null : Buffer.from(payload);
  const length = content ? { 'Content-Length': content.length } : {};
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    const call = client.request(
      url,
      { method, headers: { ...headers, ...length }, timeout: TIMEOUT_MS },
      (response) => {
        const pieces = [];
        response.on('data', (piece) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(pieces) }),
        );
      },
    );
    call.on('timeout', () => call.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    call.on('error', reject);
    call.end(content);
  });
}

function decoded(bytes, encoding) {
  // Locally, Miniflare names an encoding for answers without a body, too.
  if (bytes.length === 0) return bytes;
  if (encoding === 'gzip') return gunzipSync(bytes);
  if (encoding === 'deflate') return inflateSync(bytes);
  return bytes;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
