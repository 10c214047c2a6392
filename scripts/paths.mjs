// Where things are.

import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What `npm run build` writes and wrangler deploys. */
export const buildFolder = join(root, 'build');

export const migrationsFolder = join(root, 'migrations');

/** Tools are cached here, outside the clone, for all clones. */
export const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');

/** Where a local instance keeps its state: `--persist-to`, else `.wrangler/state` in the clone. */
export function persistFolder(persistTo) {
  return persistTo ? resolve(persistTo) : join(root, '.wrangler/state');
}
