// All routes of the management API, as the Worker's own table has them.

import { readFileSync } from 'node:fs';

const table = JSON.parse(readFileSync(new URL('../../support/routes.json', import.meta.url), 'utf8'));

/** A body that is taken, by operation; the others take none. */
const bodies = (teammate) => ({
  EditCompany: { seats: 5 },
  CreateConnection: { provider: 'okta' },
  EditConnection: { name: 'Renamed' },
  CreateToken: { name: 'Token', scopes: ['provisioning'] },
  CreateTemplate: { name: 'Template' },
  EditTemplate: { name: 'Renamed' },
  CreateTeammate: { user_name: 'another@example.com' },
  EditTeammate: { display_name: 'Renamed' },
  CreateTeammateGroup: { display_name: 'Another' },
  EditTeammateGroup: { display_name: 'Renamed' },
  ChangeMembers: { add: [teammate] },
  ReplaceMembers: { members: [] },
});

/**
 * {method, path, body} of every route inside the company, with ids that exist there and bodies that are taken. What
 * erases the company comes last.
 */
export async function routesOf(company) {
  const template = await company.newTemplate('Template');
  const { body: teammate } = await company.api('POST', '/teammates', { user_name: 'somebody@example.com' });
  const { body: group } = await company.api('POST', '/groups', { display_name: 'Somebody' });
  const ids = {
    connections: company.connectionId,
    tokens: company.tokenId,
    templates: template.id,
    teammates: teammate.id,
    groups: group.id,
  };
  const taken = bodies(teammate.id);
  const within = table.filter(({ base, path }) => base === '/api/v1' && path.startsWith('/companies/{company_id}'));
  const erase = ({ operation }) => operation === 'EraseCompany';
  return [...within.filter((route) => !erase(route)), ...within.filter(erase)].map(({ method, path, operation }) => ({
    method,
    path: path
      .replace('{company_id}', company.companyId)
      .replace(/\/(\w+)\/\{id\}/, (_, resource) => `/${resource}/${known(ids, resource)}`),
    body: taken[operation],
  }));
}

function known(ids, resource) {
  if (!ids[resource]) throw new Error(`There is a new kind of resource, ${resource}: say here which one exists.`);
  return ids[resource];
}
