// The few calls of the management API that the scripts make.

import { Halt } from '../terminal.mjs';

/** Returns `call(method, path, body?)`, which resolves with the answer's JSON and fails on any error status. */
export function managementApi(baseUrl, operatorKey) {
  return async function call(method, path, body) {
    const response = await fetch(`${baseUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    }).catch((error) => {
      throw new Halt(`Nothing answers at ${baseUrl} (${error.cause?.code ?? error.message}). Start it with: npm start`);
    });
    const text = await response.text();
    if (!response.ok) throw new Halt(`${method} /api/v1${path} was answered with ${response.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  };
}
