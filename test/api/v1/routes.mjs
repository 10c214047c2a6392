// All routes of the management API inside a company, as the Worker's own table has them.

import { managementCalls } from '../../support/refused-calls.mjs';

/**
 * {method, path, body} of every route inside the company, with ids that exist there and bodies that are taken. What
 * erases the company comes last.
 */
export async function routesOf(company) {
  const template = await company.newTemplate('Template');
  const { body: teammate } = await company.api('POST', '/teammates', { user_name: 'somebody@example.com' });
  const { body: group } = await company.api('POST', '/groups', { display_name: 'Somebody' });
  const calls = managementCalls({
    company: company.companyId,
    connection: company.connectionId,
    token: company.tokenId,
    template: template.id,
    user: teammate.id,
    userName: 'another@example.com',
    group: group.id,
    groupName: 'Another',
  });
  const within = calls.filter(({ path }) => path.startsWith(`/companies/${company.companyId}`));
  const erase = ({ operation }) => operation === 'EraseCompany';
  return [...within.filter((call) => !erase(call)), ...within.filter(erase)];
}
