// What the scripts say to the person in front of them.

/** A failure that the person can do something about: its message says what. No stack trace. */
export class Halt extends Error {}

/** Progress goes to stderr, so that stdout holds nothing but what was asked for. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** How long something took, for people: "0.4 s", "38 s", "2 min 5 s". */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Runs a script's main function and turns its outcome into an exit status. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    say(error instanceof Halt ? `\n${error.message}` : `\n${error?.stack ?? error}`);
    process.exitCode = 1;
  }
}
