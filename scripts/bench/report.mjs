// docs/BENCHMARKS.md, and the same table on stdout.

import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { say } from '../terminal.mjs';
import { contests, contestsWith, cpuShareOf, floors, shareOf, shareText } from './contests.mjs';
import { POPULATION } from './workloads.mjs';

const FILE = join(root, 'docs/BENCHMARKS.md');

export function writeReport(run) {
  const ratios = ratioTable(run.results);
  writeFileSync(FILE, document(run, ratios));
  console.log(`\n${ratios}\n`);
  say(`Written to ${FILE}.`);
}

function document({ began, rounds, loadBefore, slice, results }, ratios) {
  return `# Benchmarks

Written by \`npm run bench\`, which takes about four minutes. Ratios are what counts: they were measured in
one run, each slice of Rollcall's right beside one of its floor's, and carry over to other machines. The
absolute numbers are those of this machine on this day.

| | |
|---|---|
| date | ${began.toISOString().slice(0, 16).replace('T', ' ')} UTC |
| command | \`npm run bench -- --rounds ${rounds}\` |
| machine | ${cpus().length} cores, ${cpus()[0].model.trim()}; ${Math.round(totalmem() / 2 ** 30)} GiB; ${type()} ${release()} ${arch()} |
| load average | ${loadBefore.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after (the bench itself makes about one) |
| versions | Node ${process.versions.node}, miniflare ${versionOf('miniflare')}, workerd ${versionOf('workerd')} |

## Shares of the floor

The floor is \`scripts/bench/floor\`: a bare Worker on the same crate and the same profile as Rollcall, that
makes one D1 read by a unique index, or one D1 insert, and answers JSON. The last two lines hold the same
in JavaScript against it: a Worker in Rust pays for each crossing between wasm and JavaScript. All run in one
workerd, with ${POPULATION.toLocaleString('en')} rows each, without a proxy in front; the load comes from another process, in a closed loop on
keep-alive connections.

Each share is the median of ${rounds} pairs of slices of ${slice / 1000} s (a page: 1 s); in brackets, a quarter of the pairs lies below and a
quarter above. A target is reached where the median is at or above it.

${ratios}
${cpuPart(results)}
## Absolute numbers, as of this machine

${results.map(absoluteTable).join('\n\n')}

The load client took at most ${Math.round(100 * mostOfClient(results))} % of one core in any slice, so that it is not what limits.
${notes()}`;
}

function ratioTable(results) {
  return shareTable(results, (pairs, target) => {
    const shares = pairs.map(shareOf);
    const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantile(shares, share));
    const verdict = target ? (median >= target ? ', reached' : ', **missed**') : '';
    return `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})${verdict}`;
  });
}

/** Empty where the system does not tell what a process takes. */
function cpuPart(results) {
  const isKnown = results[0].pairs[contests[0].workload][0].own.serverCpu !== null;
  if (!isKnown) return '';
  const shares = shareTable(results, (pairs) => quantile(pairs.map(cpuShareOf), 0.5).toFixed(2));
  return `
These shares by the CPU that workerd takes for a request, the floor's divided by Rollcall's. Where other work
runs on the machine it is the steadier measure; it leaves out what waits for the disk.

${shares}
`;
}

function shareTable(results, cell) {
  const head = ['', ...results.map(({ clients }) => clientsText(clients)), 'target'];
  const lines = contests.map((contest) => [
    `${contest.what}, ${shareText(contest)}`,
    ...results.map(({ pairs }) => (pairs[contest.workload] ? cell(pairs[contest.workload], contest.target) : '')),
    contest.target ? Number(contest.target.toFixed(2)) : '',
  ]);
  return table(head, lines);
}

function absoluteTable({ clients, pairs }) {
  const head = [clientsText(clients), 'requests/s', 'p50, ms', 'p99, ms', 'CPU of workerd a request, ms'];
  const line = (name, slices) => {
    const of = (key, digits) =>
      quantile(
        slices.map((slice) => slice[key]),
        0.5,
      ).toFixed(digits);
    const cpu = slices[0].serverCpu === null ? 'unknown' : of('serverCpu', 2);
    return [name, of('perSecond', 0), of('p50', 1), of('p99', 1), cpu];
  };
  return table(head, [
    ...floors
      .filter((name) => contestsWith(clients).some(({ floor }) => floor === name))
      .map((name) =>
        line(
          name,
          contestsWith(clients)
            .filter(({ floor }) => floor === name)
            .flatMap(({ workload }) => pairs[workload].map(({ floor }) => floor)),
        ),
      ),
    ...contestsWith(clients).map(({ workload }) =>
      line(
        workload,
        pairs[workload].map(({ own }) => own),
      ),
    ),
  ]);
}

function mostOfClient(results) {
  const slices = results.flatMap(({ pairs }) => Object.values(pairs).flat()).flatMap(({ own, floor }) => [own, floor]);
  return Math.max(...slices.map(({ ownCpu }) => ownCpu));
}

function clientsText(clients) {
  return `${clients} client${clients > 1 ? 's' : ''}`;
}

function table(head, lines) {
  const row = (cells) => `| ${cells.join(' | ')} |`;
  return [row(head), `|${head.map(() => '---|').join('')}`, ...lines.map(row)].join('\n');
}

function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

/** What people have written below the figures stays. */
function notes() {
  const heading = '\n## Notes\n';
  let text = '';
  try {
    text = readFileSync(FILE, 'utf8');
  } catch {
    // The first report.
  }
  const place = text.indexOf(heading);
  return place < 0 ? '' : text.slice(place);
}

function versionOf(name) {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
}
