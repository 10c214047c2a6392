// The configuration of a local instance: wrangler.toml with other rate limits. A demo, a simulation or a load test on one's
// own machine is in a hurry, and has no neighbours.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';

const UNHURRIED = 100;

/** Writes it beside wrangler.toml, whose paths it has, and gives back where it is. */
export function localConfig() {
  const deployed = readFileSync(join(root, 'wrangler.toml'), 'utf8');
  const local = deployed.replace(/^(simple = \{ limit = )(\d+)/gm, (_, start, limit) => start + limit * UNHURRIED);
  const file = join(root, 'wrangler.local.toml');
  writeFileSync(file, `# Made by npm start from wrangler.toml.\n${local}`);
  return file;
}
