// The demo company of a local instance, and demo.json, which says how to reach it.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { managementApi } from './management-api.mjs';

const TEMPLATES = [
  { name: 'Support squad', role: 'teammate' },
  { name: 'Sales', role: 'teammate' },
  { name: 'Operations', role: 'teammate' },
];

export function demoPath(folder) {
  return join(folder, 'demo.json');
}

/** What demo.json says, or null. */
export function readDemo(folder) {
  const path = demoPath(folder);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** The demo company of a running instance: made on its first run, found again afterwards. */
export async function ensureDemo({ folder, baseUrl, operatorKey }) {
  const scim_url = `${baseUrl}/v2`;
  const old = readDemo(folder);
  // The token is tried, since the database may have been deleted without the file beside it.
  const known = old !== null && (await isAccepted(scim_url, old.token));
  const demo = known ? { ...old, scim_url, operator_key: operatorKey } : await makeDemo(scim_url, baseUrl, operatorKey);
  if (JSON.stringify(demo) !== JSON.stringify(old)) write(demoPath(folder), demo);
  return demo;
}

async function makeDemo(scim_url, baseUrl, operatorKey) {
  const api = managementApi(baseUrl, operatorKey);
  const company = await api('POST', '/companies', { name: 'Demo company', plan: 'scale', group_sync_enabled: true });
  const inCompany = (path) => `/companies/${company.id}/${path}`;
  for (const template of TEMPLATES) await api('POST', inCompany('templates'), template);
  const connection = await api('POST', inCompany('connections'), { provider: 'custom', name: 'Demo connection' });
  const { token } = await api('POST', inCompany('tokens'), {
    name: 'Demo token',
    scopes: ['auto_provisioning', 'provisioning'],
    connection_id: connection.id,
  });
  return { scim_url, token, operator_key: operatorKey, company_id: company.id };
}

async function isAccepted(scimUrl, token) {
  const response = await fetch(`${scimUrl}/Users?count=1`, { headers: { authorization: `Bearer ${token}` } });
  await response.arrayBuffer();
  return response.status !== 401;
}

/** Readable by its owner only from the first moment, and never half written. */
function write(path, demo) {
  const draft = `${path}.new`;
  writeFileSync(draft, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
