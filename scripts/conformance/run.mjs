// Runs every tool against one Rollcall, each in a company of its own. Called by ../conformance.mjs, on a Node new
// enough for Miniflare.

import { startRollcall } from '../../test/support/rollcall.mjs';
import { managementApi } from '../local/management-api.mjs';
import { duration, main, say } from '../terminal.mjs';
import { judge } from './judge.mjs';
import { TOOLS } from './tools.mjs';

const [python] = process.argv.slice(2);

await main(async () => {
  const rollcall = await startRollcall();
  try {
    const verdicts = [];
    for (const tool of TOOLS) verdicts.push(...(await verdictsOf(tool, rollcall)));
    const count = (wanted) => verdicts.filter(({ verdict }) => verdict === wanted).length;
    for (const { line } of verdicts.filter(({ verdict }) => verdict === 'failed')) console.log(`\n${line}`);
    const [failed, excepted] = [count('failed'), count('excepted')];
    console.log(`\n${count('passed')} passed, ${failed} failed${excepted ? `, ${excepted} excepted` : ''}`);
    return failed === 0 ? 0 : 1;
  } finally {
    await rollcall.stop();
  }
});

async function verdictsOf(tool, rollcall) {
  say(`\n== ${tool.name} (${tool.takes}) ...`);
  const started = Date.now();
  const checks = await tool.checks({ python, baseUrl: `${rollcall.baseUrl}/v2`, token: await newToken(rollcall) });
  const verdicts = judge(tool, checks);
  for (const { line } of verdicts) console.log(line);
  say(`${tool.name}: ${checks.length} checks in ${duration(Date.now() - started)}`);
  return verdicts;
}

/** A token of both scopes, of a new company whose plan includes everything. */
async function newToken({ baseUrl, operatorKey }) {
  const api = managementApi(baseUrl, operatorKey);
  const { id } = await api('POST', '/companies', {
    name: 'Conformance',
    plan: 'enterprise',
    group_sync_enabled: true,
    unknown_template: 'ignore',
  });
  const connection = await api('POST', `/companies/${id}/connections`, { provider: 'custom', name: 'Conformance' });
  const { token } = await api('POST', `/companies/${id}/tokens`, {
    name: 'Conformance',
    scopes: ['auto_provisioning', 'provisioning'],
    connection_id: connection.id,
  });
  return token;
}
