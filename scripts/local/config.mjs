// The configuration of a local instance: wrangler.toml without rate limits. A simulation or a load test on one's own machine
// is in a hurry and has no neighbours, and the local counters are a Durable Object that writes to the disk: 15 ms for each
// call, where Cloudflare's are in memory.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';

/** Writes it beside wrangler.toml, whose paths it has, and gives back where it is. */
export function localConfig() {
  const deployed = readFileSync(join(root, 'wrangler.toml'), 'utf8');
  const local = deployed.replace(/^\[\[ratelimits\]\]\n(?:\w.*\n)+/gm, '');
  const file = join(root, 'wrangler.local.toml');
  writeFileSync(file, `# Made by npm start from wrangler.toml.\n${local}`);
  return file;
}
