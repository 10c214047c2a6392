// The tools, how each is run, and what of each is excepted, with the reason.

import { join } from 'node:path';
import { root } from '../paths.mjs';
import { runTool } from './run-tool.mjs';

/** No server of SCIM 2.0 alone has them: they are of an individual's Internet-Draft, not of an RFC. */
const NO_AGENTS = { outcome: 'skipped', why: 'draft-abbey-scim-agent-extension is not part of SCIM 2.0' };

const AGENTS = {
  'Agent CRUD Lifecycle': NO_AGENTS,
  'AgenticApplication CRUD Lifecycle': NO_AGENTS,
  'Agent Rapid Lifecycle': NO_AGENTS,
};

// scim-sanity asks for 200 after every PATCH; RFC 7644 section 3.5.2 allows 204, and a group of 100,000 members must
// not come back for one that was added.
const GROUP_PATCH_IS_204 = {
  outcome: 'failed',
  detail: 'got 204',
  why: 'PATCH of a group answers 204, RFC 7644 section 3.5.2',
};

const GROUPS = {
  'PATCH /Groups/{id}': GROUP_PATCH_IS_204,
  'PATCH /Groups/{id} remove members': GROUP_PATCH_IS_204,
  'PATCH /Groups/{id} add member': {
    outcome: 'failed',
    detail: 'got 400',
    why: 'the tool adds a member that does not exist: 400',
  },
};

const SANITY_EXCEPTIONS = { ...AGENTS, ...GROUPS };

export const TOOLS = [
  {
    name: 'scim2-tester',
    takes: 'about half a minute',
    exceptions: {},
    checks: ({ python, baseUrl, token }) =>
      scim2Tester([python, join(root, 'scripts/conformance/scim2_tester_checks.py'), baseUrl], token),
  },
  {
    name: 'scim-sanity',
    takes: 'some seconds',
    exceptions: SANITY_EXCEPTIONS,
    checks: (target) => scimSanity(target),
  },
  {
    name: 'scim-sanity, profile entra',
    takes: 'some seconds',
    exceptions: SANITY_EXCEPTIONS,
    checks: (target) => scimSanity(target, '--profile', 'entra', '--user-domain', 'example.com'),
  },
];

/** Its command line tool can't say which of its checks ran; ours prints each result as a line of JSON. */
async function scim2Tester(command, token) {
  const { stdout } = await runTool(command, { SCIM_TOKEN: token });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text));
}

const SANITY_OUTCOMES = { pass: 'passed', fail: 'failed', error: 'failed', warn: 'warned', skip: 'skipped' };

async function scimSanity({ python, baseUrl, token }, ...more) {
  const args = ['probe', baseUrl, '--token', token, '--strict', '--json-output', '--i-accept-side-effects'];
  // Exits with 1 where a check failed, and prints its report all the same.
  const { stdout } = await runTool([python, '-m', 'scim_sanity', ...args, ...more], {}, [0, 1]);
  return JSON.parse(stdout).results.map(({ name, status, message }) => ({
    name,
    outcome: SANITY_OUTCOMES[status] ?? status,
    detail: message ?? '',
  }));
}
