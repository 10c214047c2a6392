// Migrations are applied when they have changed: asking wrangler whether they have takes seconds.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsFolder } from '../paths.mjs';
import { say } from '../terminal.mjs';
import { applyMigrations } from './wrangler.mjs';

/** Brings the local database of `folder` up to date. */
export async function ensureMigrated(folder) {
  const stamp = join(folder, 'migrations.applied');
  const wanted = migrationsHash();
  const database = join(folder, 'v3/d1');
  if (existsSync(database) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Applying the D1 migrations (a few seconds) ...');
  await applyMigrations(folder);
  writeFileSync(stamp, wanted);
}

function migrationsHash() {
  const hash = createHash('sha256');
  for (const name of readdirSync(migrationsFolder).sort()) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(migrationsFolder, name)))
      .update('\0');
  }
  return hash.digest('hex');
}
