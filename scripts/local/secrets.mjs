// The secrets of a local instance: made once, kept beside its data.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Halt } from '../terminal.mjs';

/** Those that a deployment needs (src/directory/deployment.rs), which takes none that is shorter. */
const NAMES = ['OPERATOR_KEY', 'ROOT_SECRET'];
const LEAST_SECRET = 32;

export const newSecret = () => randomBytes(32).toString('base64url');

/**
 * Returns the operator key, and the file that hands all secrets to `wrangler dev`: on a command line every user of the
 * machine could read them. One that the file lacks is made, so that a folder of an earlier version goes on.
 */
export function localSecrets(folder) {
  const envFile = join(folder, 'secrets.env');
  // What the file was called while it held the operator key alone.
  const earlier = join(folder, 'operator.env');
  if (!existsSync(envFile) && existsSync(earlier)) renameSync(earlier, envFile);
  const text = existsSync(envFile) ? readFileSync(envFile, 'utf8') : '';
  const secrets = Object.fromEntries(NAMES.map((name) => [name, secretIn(text, name, envFile) ?? newSecret()]));
  const missing = NAMES.filter((name) => !text.includes(`${name}=`));
  if (missing.length > 0) {
    const draft = `${envFile}.new`;
    const lines = missing.map((name) => `${name}=${secrets[name]}\n`);
    const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    writeFileSync(draft, whole + lines.join(''), { mode: 0o600 });
    renameSync(draft, envFile);
  }
  return { key: secrets.OPERATOR_KEY, envFile };
}

function secretIn(text, name, envFile) {
  if (!text.includes(`${name}=`)) return null;
  const secret = text.match(new RegExp(`^${name}=(\\S+)$`, 'm'))?.[1] ?? '';
  if (secret.length >= LEAST_SECRET) return secret;
  throw new Halt(
    `${envFile} has no ${name} of ${LEAST_SECRET} characters at least: delete its line, and a new one is made.`,
  );
}
