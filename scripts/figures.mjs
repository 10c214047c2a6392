// npm run figures [-- --clean TIME --again TIME]: writes docs/FIGURES.md: what every call asks of D1, how
// large the Worker is, what its first request takes, and how long it takes to build. The builds are timed by hand, and
// their times stay until others are given. Fails where the Worker is too large, or too slow to begin.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildWorker } from './build-worker.mjs';
import { costTables } from './figures/cost-tables.mjs';
import { options } from './options.mjs';
import { buildFolder, root } from './paths.mjs';
import { runQuietly } from './process.mjs';
import { modernNode } from './setup/node.mjs';
import { ensureNpmPackages } from './setup/npm-packages.mjs';
import { main, say } from './terminal.mjs';

const FILE = join(root, 'docs/FIGURES.md');
const GZIPPED_LIMIT = 1_000_000;
/** Of CPU, in milliseconds. */
const COLD_START_LIMIT = 40;
const UNTIMED = 'not timed yet';

await main(async () => {
  const given = options('npm run figures [-- --clean TIME --again TIME]', {
    clean: { type: 'string' },
    again: { type: 'string' },
  });
  await buildWorker();
  const sizes = sizesOf(readFileSync(join(buildFolder, 'index_bg.wasm')));
  await ensureNpmPackages();
  const coldStart = await coldStartOf();
  writeFileSync(FILE, document(sizes, coldStart, timesOf(given)));
  const words = `${kilobytes(sizes.raw)} of wasm, ${kilobytes(sizes.gzipped)} gzipped (limit ${kilobytes(GZIPPED_LIMIT)})`;
  console.log(`${words}; ${coldStart} ms of CPU until the first answer (limit ${COLD_START_LIMIT} ms)`);
  say(`Written to ${FILE}.`);
  return sizes.gzipped <= GZIPPED_LIMIT && coldStart <= COLD_START_LIMIT ? 0 : 1;
});

async function coldStartOf() {
  const printed = await runQuietly(modernNode(), [join(root, 'scripts/figures/cold-start.mjs')]);
  return JSON.parse(printed).milliseconds;
}

function sizesOf(wasm) {
  return { raw: wasm.length, gzipped: gzipSync(wasm, { level: 9 }).length };
}

/** The lines of the table of build times: those that are given now, else those that the document has. */
function timesOf(/** @type {Record<string, string>} */ { clean, again }) {
  const machine = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${cpus()[0].model.trim()}`;
  const old = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  return [
    ['from clean', clean],
    ['again, after a change', again],
  ].map(([name, time]) => {
    if (time) return `| ${name} | ${time} | ${machine} |`;
    return old.split('\n').find((line) => line.startsWith(`| ${name} |`)) ?? `| ${name} | ${UNTIMED} | |`;
  });
}

function document({ raw, gzipped }, coldStart, times) {
  return `# Figures

Written by \`npm run figures\`. How fast Rollcall is stands in [BENCHMARKS.md](BENCHMARKS.md).

## What a call asks of D1

Round trips, authentication included, and rows as D1 counts and bills them: rows written include the
entries of indexes, rows read all that a statement walks over. \`test/cost\` measures every line from outside,
in companies of 100 and of 10,000 teammates: the numbers are the same, but for a page deep in the list,
which walks one key of an index for each teammate before it. Each answer to somebody who may call tells its own
cost in the header \`server-timing\`.

From one isolate at most once a minute for each token, a call also keeps, after its answer, that the token and its
connection were in use: one round trip and two rows written, which are not in the table.

${costTables()}

## Size of the Worker

| | | limit |
|---|---|---|
| wasm | ${kilobytes(raw)} | |
| gzipped, level 9 | ${kilobytes(gzipped)} | ${kilobytes(GZIPPED_LIMIT)} |

## A cold isolate

What \`/v2/Schemas\` takes of the CPU as the first request of a new isolate: compiling and instantiating the Wasm, and
answering. The median of nine starts of workerd, less what a Worker takes that only answers.

| | | limit |
|---|---|---|
| until the first answer | ${coldStart} ms | ${COLD_START_LIMIT} ms |

## Time to build the Worker

Timed by hand; \`npm run figures -- --clean TIME --again TIME\` records it. From clean, the crates and npm packages
are fetched and the tool that makes the glue is compiled, too.

| \`npm run build\` | time | when and where |
|---|---|---|
${times.join('\n')}
`;
}

function kilobytes(bytes) {
  return `${Math.round(bytes / 1000)} KB`;
}
