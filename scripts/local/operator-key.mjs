// The operator key of a local instance: made once, kept beside its data.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Halt } from '../terminal.mjs';

/**
 * Returns the key, and the file that hands it to `wrangler dev` as a secret: on a command line every
 * user of the machine could read it.
 */
export function operatorKey(folder) {
  const envFile = join(folder, 'operator.env');
  if (!existsSync(envFile)) {
    const key = randomBytes(32).toString('base64url');
    writeFileSync(envFile, `OPERATOR_KEY=${key}\n`, { mode: 0o600, flag: 'wx' });
  }
  const key = readFileSync(envFile, 'utf8').match(/^OPERATOR_KEY=(\S+)$/m)?.[1];
  if (!key) throw new Halt(`${envFile} holds no OPERATOR_KEY: delete the file, and a new key is made.`);
  return { key, envFile };
}
