// `cargo build`, with its progress read along.

import { spawn } from 'node:child_process';
import { root } from '../paths.mjs';
import { childEnv } from '../process.mjs';
import { Halt, say } from '../terminal.mjs';

// cargo's own bar says how many crates there are and how many are done: `Building [===>   ] 12/83: serde, syn`.
const BAR = /\bBuilding \[.*\] (\d+)\/(\d+)/;
const DOWNLOADING = /^\s*(Updating|Locking|Downloading|Downloaded|Fetch)\b/;
// What a build says of itself when all is well.
const CHATTER = /^\s*(Compiling|Building|Finished|Fresh|Adding|Blocking)\b|^\s*$/;
const COLOURS = /\x1b\[[0-9;]*[A-Za-z]/g;

/**
 * Runs `cargo build` with `args`. Tells `tell({ words, done, of })` how many crates are done. What cargo says beside its
 * progress, warnings and why it fails, is said when it ends.
 *
 * @param {string[]} args
 * @param {object} options
 * @param {(told: { words: string, done: number, of: number }) => void} options.tell
 * @param {string} [options.cwd]
 * @param {Record<string, string>} [options.env]
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<void>}
 */
export function cargoBuild(args, { tell, cwd = root, env = {}, signal }) {
  return new Promise((resolve, reject) => {
    const child = spawn('cargo', ['build', '--locked', ...args], {
      cwd,
      signal,
      env: childEnv({
        ...env,
        // Without a width cargo draws no bar where there is no terminal.
        CARGO_TERM_PROGRESS_WHEN: 'always',
        CARGO_TERM_PROGRESS_WIDTH: '100',
        CARGO_TERM_COLOR: process.stderr.isTTY ? 'always' : 'never',
      }),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const words = [];
    let rest = '';
    const read = (line) => {
      const plain = line.replace(COLOURS, '');
      const bar = plain.match(BAR);
      if (bar) tell({ words: `${bar[1]} of ${bar[2]} crates`, done: Number(bar[1]), of: Number(bar[2]) });
      else if (DOWNLOADING.test(plain)) tell({ words: 'downloading crates', done: 0, of: 1 });
      else if (!CHATTER.test(plain)) words.push(line);
    };
    child.stderr.setEncoding('utf8').on('data', (piece) => {
      const lines = (rest + piece).split(/[\r\n]/);
      rest = lines.pop();
      lines.forEach(read);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      read(rest);
      if (code === 0) {
        if (words.length > 0) say(words.join('\n'));
        resolve();
      } else reject(new Halt([...words, `Failed: cargo build ${args.join(' ')}`].join('\n')));
    });
  });
}
