// A Node new enough for wrangler and vitest. These scripts themselves run on Node 20 too.

import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { Halt } from '../terminal.mjs';

/** The Node that npm installed for this platform, else the one that runs this script if it will do. */
export function modernNode() {
  const installed = join(root, 'node_modules/.bin/node');
  if (existsSync(installed)) return realpathSync(installed);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath;
  throw new Halt(`wrangler needs Node 22.12 or newer; npm has none for ${process.platform} ${process.arch}, and this is ${process.version}.\nInstall a newer Node and run the same command again.`);
}
