// Child processes that are run to their end.

import { spawn, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { Halt } from './terminal.mjs';
import { cargoHome, root } from './paths.mjs';
import { installedNodeFolder } from './setup/node.mjs';

/**
 * The environment of every child: what npm installed goes first, Node included, and cargo's folder last (a
 * fresh rustup is often not yet in the PATH of the shell).
 */
export function childEnv(extra = {}) {
  const folders = [installedNodeFolder(), join(root, 'node_modules/.bin'), process.env.PATH, join(cargoHome, 'bin')];
  return { ...process.env, PATH: folders.filter(Boolean).join(delimiter), ...extra };
}

/**
 * Runs a command whose output the person sees. Its stdout is progress, and goes to stderr, unless it is
 * what the person asked for (`output: 'stdout'`); a function as `output` reads along what goes to stdout.
 * Resolves with the exit status.
 *
 * @typedef {object} Shown
 * @property {Record<string, string>} [env]
 * @property {'ignore' | 'inherit'} [input]
 * @property {'stdout' | 'stderr' | ((piece: string) => void)} [output]
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Shown} [options]
 * @returns {Promise<number>}
 */
export function status(command, args, { env = {}, input = 'ignore', output = 'stderr' } = {}) {
  const listener = typeof output === 'function' ? output : null;
  const stdout = listener ? 'pipe' : output === 'stdout' ? 'inherit' : process.stderr;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: childEnv(env),
      stdio: [input, stdout, 'inherit'],
    });
    child.stdout?.on('data', (piece) => {
      process.stdout.write(piece);
      listener(piece.toString());
    });
    child.on('error', (error) => reject(missing(command, error)));
    child.on('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/**
 * As `status`, but anything other than success is a `Halt`, with `advice` as its second line.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Shown & { advice?: string }} [options]
 */
export async function run(command, args, { advice, ...options } = {}) {
  const code = await status(command, args, options);
  if (code !== 0) throw new Halt(failed(command, args, advice));
}

/**
 * Runs a command silently; what it printed appears only if it fails. Resolves with its stdout.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string, signal?: AbortSignal, advice?: string }} [options]
 * @returns {Promise<string>}
 */
export function runQuietly(command, args, { env = {}, cwd = root, signal, advice } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, signal, env: childEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });
    let all = '';
    let out = '';
    child.stdout.on('data', (piece) => {
      all += piece;
      out += piece;
    });
    child.stderr.on('data', (piece) => (all += piece));
    child.on('error', (error) => reject(missing(command, error)));
    child.on('close', (code) => {
      if (code === 0) resolve(out);
      else reject(new Halt(`${all.trimEnd()}\n\n${failed(command, args, advice)}`));
    });
  });
}

/** The trimmed stdout of a command that answers at once, or null if it is missing or fails. */
export function answer(command, args, env = {}) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, env: childEnv(env), encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

function failed(command, args, advice) {
  return `Failed: ${[command, ...args].join(' ')}${advice ? `\n${advice}` : ''}`;
}

function missing(command, error) {
  return error.code === 'ENOENT' ? new Halt(`The command ${command} is not there.`) : error;
}
