// Whether a lock file names a crate that was yanked. cargo-deny asks that together with advisories, whose database is
// not in the registry; and cargo itself takes what is locked without a word. But it takes no yanked crate anew.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runQuietly } from '../process.mjs';
import { Halt } from '../terminal.mjs';

const PACKAGE = /^name = "(.+)"\nversion = "(.+)"\nsource = "registry\+/gm;

/** cargo's words about the first yanked crate that it met, or null. */
export async function yankedCrate(lockFile) {
  const packages = [...readFileSync(lockFile, 'utf8').matchAll(PACKAGE)];
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-yanked-'));
  try {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/lib.rs'), '');
    writeFileSync(join(folder, 'Cargo.toml'), manifest(packages));
    await runQuietly('cargo', ['generate-lockfile', '--quiet'], { cwd: folder });
    return null;
  } catch (error) {
    if (error instanceof Halt && error.message.includes('yanked')) return error.message;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A crate that wants each of these, in exactly that version, and lets cargo find out anew where they are. */
function manifest(packages) {
  const wanted = packages.map(
    ([, name, version], place) =>
      `p${place} = { package = "${name}", version = "=${version}", default-features = false }`,
  );
  return `[package]\nname = "locked"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\n${wanted.join('\n')}\n`;
}
