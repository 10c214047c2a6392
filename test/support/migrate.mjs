// Applies migrations/*.sql to the tests' database by D1 itself, each file as one batch, as wrangler does.

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsFolder } from '../../scripts/paths.mjs';
import { sendBatch } from './inspector-client.mjs';
import { statementsOf } from './sql-statements.mjs';

/** Once per database folder: a restart on the same folder finds its tables. */
export async function migrate(inspectorUrl, folder) {
  const stamp = join(folder, 'migrated');
  if (existsSync(stamp)) return;
  for (const name of readdirSync(migrationsFolder)
    .filter((file) => file.endsWith('.sql'))
    .sort()) {
    const statements = statementsOf(readFileSync(join(migrationsFolder, name), 'utf8'));
    await sendBatch(
      inspectorUrl,
      statements.map((sql) => ({ sql })),
    ).catch((error) => {
      throw new Error(`migrations/${name}: ${error.message}`);
    });
  }
  writeFileSync(stamp, '');
}
