// What wrangler.toml tells Cloudflare about who reaches the Worker and what is logged of them, as wrangler itself reads it.

import { expect, test } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import { join } from 'node:path';
import { root } from '../../scripts/paths.mjs';

test('no name but those that the operator sets, and no query in the logs', () => {
  const config = unstable_readConfig({ config: join(root, 'wrangler.toml') });
  expect([config.workers_dev, config.preview_urls]).toEqual([false, false]);
  expect(config.observability).toEqual({ enabled: true, redact_query_string: true });
});
