// npm run simulate -- okta|entra: replays that IdP's first sync against a running instance.

import { demoPath, readDemo } from './local/demo.mjs';
import { managementApi } from './local/management-api.mjs';
import { options } from './options.mjs';
import { persistFolder } from './paths.mjs';
import * as entra from './simulate/entra.mjs';
import { Journal } from './simulate/journal.mjs';
import * as okta from './simulate/okta.mjs';
import { Halt, main } from './terminal.mjs';

const IDPS = { okta, entra };
const USAGE = 'npm run simulate -- okta|entra [--persist-to DIR | --scim-url URL --token TOKEN]';

await main(async () => {
  const given = options(
    USAGE,
    { 'persist-to': { type: 'string' }, 'scim-url': { type: 'string' }, token: { type: 'string' } },
    1,
  );
  const idp = IDPS[given._[0]];
  if (!idp) throw new Halt(`There is no simulation of "${given._[0]}".\n\nUsage: ${USAGE}`);
  const { base, token, templates } = await target(given);

  console.log(`${idp.name} provisions into ${base}`);
  if (templates.size === 0) console.log('No templates are known here: everybody is created without one.');
  const journal = new Journal({ base, headers: (hasBody) => idp.headers(token, hasBody), write: console.log });
  await journal.follow(idp.steps(journal, templates));
  journal.summary();
  return journal.problems.length === 0 ? 0 : 1;
});

/** What to talk to: what the command line names, else the demo company of a local instance. */
/** @param {Record<string, any>} options */
async function target({ 'persist-to': persistTo, 'scim-url': scimUrl, token }) {
  if (Boolean(scimUrl) !== Boolean(token)) throw new Halt(`--scim-url and --token go together.\n\nUsage: ${USAGE}`);
  if (scimUrl) return { base: scimUrl.replace(/\/+$/, ''), token, templates: new Map() };
  const folder = persistFolder(persistTo);
  const demo = readDemo(folder);
  if (demo === null) {
    throw new Halt(
      `There is no ${demoPath(folder)}. Start Rollcall first, in another terminal, and leave it running: npm start`,
    );
  }
  return { base: demo.scim_url, token: demo.token, templates: await templatesOf(demo) };
}

/** The template ids that an admin would copy from the app into the IdP, by the templates' names. */
async function templatesOf({ scim_url, operator_key, company_id }) {
  const api = managementApi(new URL(scim_url).origin, operator_key);
  const { results } = await api('GET', `/companies/${company_id}/templates`);
  return new Map(results.map(({ name, id }) => [name, id]));
}
