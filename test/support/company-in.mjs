// A company in a Rollcall that a test has started for itself, beside the one that all tests share.

import { send } from './client.mjs';

/** Resolves with its id and with SCIM as its identity provider: `scim(method, path, body, headers, url)`. */
export async function companyIn({ baseUrl, operatorKey }) {
  const made = async (path, body) => {
    const headers = { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' };
    const answer = await send('POST', `${baseUrl}/api/v1${path}`, { headers, body });
    if (answer.status !== 201)
      throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { id } = await made('/companies', { name: 'Test company', plan: 'scale', group_sync_enabled: true });
  const scopes = ['auto_provisioning', 'provisioning'];
  const { token } = await made(`/companies/${id}/tokens`, { name: 'Test token', scopes });
  return {
    companyId: id,
    token,
    scim(method, path, body, headers, url = baseUrl) {
      const contentType = body && { 'content-type': 'application/scim+json' };
      const all = { authorization: `Bearer ${token}`, ...contentType, ...headers };
      return send(method, `${url}/v2${path}`, { body, headers: all });
    },
  };
}
