// A call with exactly the headers that are named: fetch adds Accept, User-Agent and Content-Length of its own.

import { request } from 'node:http';

/**
 * Resolves with {status, headers, body}, the body parsed where it is JSON. A list of chunks as the body goes
 * without a declared length; a path is taken as it is, neither encoded nor normalised.
 *
 * @param {string} method
 * @param {string} origin
 * @param {string} path
 * @param {{ headers?: import('node:http').OutgoingHttpHeaders, body?: any }} [options]
 * @returns {Promise<{ status: number, headers: Headers, body: any }>}
 */
export function rawSend(method, origin, path, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const call = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve(answerOf(response, Buffer.concat(chunks).toString())));
      response.on('error', reject);
    });
    call.on('error', reject);
    if (Array.isArray(body)) for (const chunk of body) call.write(chunk);
    call.end(Array.isArray(body) ? undefined : body);
  });
}

/** @param {import('node:http').IncomingMessage} response */
function answerOf({ statusCode, headers }, text) {
  const isJson = /[/+]json\b/.test(headers['content-type'] ?? '');
  return {
    status: statusCode,
    headers: new Headers(/** @type {Record<string, string>} */ (headers)),
    body: isJson && text ? JSON.parse(text) : text,
  };
}
