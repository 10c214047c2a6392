// Command line options.

import { parseArgs } from 'node:util';
import { Halt } from './terminal.mjs';

/**
 * The values of the options; an unknown one ends the script with the usage. `_` holds the words that are none.
 *
 * @param {string} usage
 * @param {import('node:util').ParseArgsOptionsConfig} known
 * @returns {Record<string, any>}
 */
export function options(usage, known, words = 0) {
  try {
    const { values, positionals } = parseArgs({ options: known, allowPositionals: words > 0 });
    if (positionals.length === words) return { ...values, _: positionals };
    throw new Error(`It takes ${words} word${words === 1 ? '' : 's'}, not ${positionals.length}.`);
  } catch (error) {
    throw new Halt(`${error.message}\n\nUsage: ${usage}`);
  }
}
