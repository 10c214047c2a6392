// npm run deny [-- advisories]: what deny.toml asks of the crates. Without a word all that needs no more than the registry:
// bans, licences, sources, and that none was yanked. The database of advisories is a git repository elsewhere.

import { yankedCrate } from './deny/yanked.mjs';
import { root } from './paths.mjs';
import { run } from './process.mjs';
import { ensureCargoDeny } from './setup/cargo-deny.mjs';
import { ensureRust } from './setup/rust.mjs';
import { Halt, main, say } from './terminal.mjs';

await main(async () => {
  const checks = process.argv.slice(2);
  await ensureRust();
  const cargoDeny = await ensureCargoDeny();
  const words = checks.length > 0 ? checks : ['bans', 'licenses', 'sources'];
  await run(cargoDeny, ['--locked', 'check', '--hide-inclusion-graph', ...words]);
  if (checks.length > 0) return;
  for (const folder of ['', 'fuzz', 'scripts/bench/floor']) {
    const yanked = await yankedCrate(`${root}/${folder}/Cargo.lock`);
    if (yanked) throw new Halt(`${folder || '.'}/Cargo.lock names a crate that was yanked. cargo says:\n${yanked}`);
  }
  say('yanked ok');
});
