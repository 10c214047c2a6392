// How wrangler is called for a local instance.

import { join } from 'node:path';
import { root } from '../paths.mjs';
import { runQuietly } from '../process.mjs';
import { modernNode } from '../setup/node.mjs';

// Not bin/wrangler.js, which starts this one as its child and dies of a signal before it.
const WRANGLER = join(root, 'node_modules/wrangler/wrangler-dist/cli.js');

/** The command line of wrangler, as a list whose head is the program. */
export function wranglerCommand(...args) {
  return [modernNode(), '--no-warnings', WRANGLER, ...args];
}

/** What keeps a local instance to itself: nothing leaves the machine, nothing is written outside `folder`. */
export function wranglerEnv(folder) {
  return {
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    WRANGLER_LOG_PATH: join(folder, 'logs'),
    WRANGLER_REGISTRY_PATH: join(folder, 'registry'),
    // Without it each start asks Cloudflare what location to pretend, and warns when offline.
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    // wrangler is one file of many MB: compiling it anew would take a second of each start.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
    // The trace store would keep every request, tokens included, and costs time on each.
    X_LOCAL_OBSERVABILITY: 'false',
  };
}

/** Applies the migrations that the local database of `folder` lacks. */
export async function applyMigrations(folder) {
  const [program, ...args] = wranglerCommand('d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', folder);
  await runQuietly(program, args, {
    env: { ...wranglerEnv(folder), CI: 'true' },
    advice: `A migration in migrations/ failed on the local database. Mend it, or start afresh by deleting ${folder}.`,
  });
}
