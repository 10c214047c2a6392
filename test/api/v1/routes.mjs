// All routes of the management API.

/** {method, path, body} of every route inside the company, with ids that exist there and bodies that are taken. */
export async function routesOf(company) {
  const template = await company.newTemplate('Template');
  const { body: teammate } = await company.api('POST', '/teammates', { user_name: 'somebody@example.com' });
  const { body: group } = await company.api('POST', '/groups', { display_name: 'Somebody' });
  const within = `/companies/${company.companyId}`;
  return [
    ...methods(within, { GET, PATCH: { seats: 5 } }),
    ...methods(`${within}/connections`, { GET, POST: { provider: 'okta' } }),
    ...methods(`${within}/connections/${company.connectionId}`, { GET, PATCH: { name: 'Renamed' }, DELETE }),
    ...methods(`${within}/tokens`, { GET, POST: { name: 'Token', scopes: ['provisioning'] } }),
    ...methods(`${within}/tokens/${company.tokenId}`, { GET, DELETE }),
    ...methods(`${within}/templates`, { GET, POST: { name: 'Template' } }),
    ...methods(`${within}/templates/${template.id}`, { GET, PATCH: { name: 'Renamed' }, DELETE }),
    ...methods(`${within}/teammates`, { GET, POST: { user_name: 'another@example.com' } }),
    ...methods(`${within}/teammates/${teammate.id}`, { GET, PATCH: { display_name: 'Renamed' }, DELETE }),
    ...methods(`${within}/teammates/${teammate.id}/block`, { POST: undefined }),
    ...methods(`${within}/teammates/${teammate.id}/unblock`, { POST: undefined }),
    ...methods(`${within}/twins`, { GET }),
    ...methods(`${within}/groups`, { GET, POST: { display_name: 'Another' } }),
    ...methods(`${within}/groups/${group.id}`, { GET, PATCH: { display_name: 'Renamed' }, DELETE }),
    ...methods(`${within}/groups/${group.id}/restore`, { POST: undefined }),
    ...methods(`${within}/groups/${group.id}/undo_adoption`, { POST: undefined }),
    ...methods(`${within}/groups/${group.id}/members`, { GET, PATCH: { add: [teammate.id] }, PUT: { members: [] } }),
    ...methods(`${within}/groups/${group.id}/members/drop_unconfirmed`, { POST: undefined }),
    ...methods(within, { DELETE }),
  ];
}

const [GET, DELETE] = [undefined, undefined];

const methods = (path, bodies) => Object.entries(bodies).map(([method, body]) => ({ method, path, body }));
