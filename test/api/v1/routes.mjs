// All routes of the management API.

/** {method, path} of every route inside the company, with ids that exist there. */
export async function routesOf(company) {
  const template = await company.newTemplate('Template');
  const { body: teammate } = await company.api('POST', '/teammates', { user_name: 'somebody@example.com' });
  const within = `/companies/${company.companyId}`;
  return [
    ...methods(within, ['GET', 'PATCH']),
    ...methods(`${within}/connections`, ['GET', 'POST']),
    ...methods(`${within}/connections/${company.connectionId}`, ['GET', 'PATCH', 'DELETE']),
    ...methods(`${within}/tokens`, ['GET', 'POST']),
    ...methods(`${within}/tokens/${company.tokenId}`, ['GET', 'DELETE']),
    ...methods(`${within}/templates`, ['GET', 'POST']),
    ...methods(`${within}/templates/${template.id}`, ['GET', 'PATCH', 'DELETE']),
    ...methods(`${within}/teammates`, ['GET', 'POST']),
    ...methods(`${within}/teammates/${teammate.id}`, ['GET', 'PATCH', 'DELETE']),
    ...methods(`${within}/teammates/${teammate.id}/block`, ['POST']),
    ...methods(`${within}/teammates/${teammate.id}/unblock`, ['POST']),
    ...methods(within, ['DELETE']),
  ];
}

const methods = (path, names) => names.map((method) => ({ method, path }));

/** Bodies that the routes of a collection take, to create and to edit. */
export const BODIES = {
  connections: { POST: { provider: 'okta' }, PATCH: { name: 'Renamed' } },
  tokens: { POST: { name: 'Token', scopes: ['provisioning'] } },
  templates: { POST: { name: 'Template' }, PATCH: { name: 'Renamed' } },
  teammates: { POST: { user_name: 'another@example.com' }, PATCH: { display_name: 'Renamed' } },
};
