// What counts as passed. A tool's own exit status does not do: it takes skips and warnings for success.

/**
 * The verdict on each check `{name, outcome, detail}`, with the line that shows it. `passed` is the only good
 * outcome; any other fails, unless the tool's `exceptions` foresee exactly that outcome of that check, with those words in
 * its detail where they are given. An exception that did not occur fails as well, so that the list can't outlive its
 * reasons.
 */
export function judge({ name: tool, exceptions }, checks) {
  const verdicts = checks.map(({ name, outcome, detail }) => {
    if (outcome === 'passed') return line('passed', tool, name, detail);
    const exception = exceptions[name];
    const isForeseen = exception?.outcome === outcome && detail.includes(exception.detail ?? '');
    if (isForeseen) return line('excepted', tool, name, `${outcome}: ${exception.why}`);
    return line('failed', tool, name, `${outcome}: ${detail}`);
  });
  const outdated = Object.entries(exceptions).filter(
    ([name, { outcome }]) => !checks.some((check) => check.name === name && check.outcome === outcome),
  );
  const gone = outdated.map(([name, { outcome }]) =>
    line('failed', tool, name, `is listed as an exception (${outcome}), but that did not occur: take it off the list`),
  );
  const none = checks.length === 0 ? [line('failed', tool, 'the tool itself', 'ran no check')] : [];
  return [...verdicts, ...gone, ...none];
}

function line(verdict, tool, name, detail) {
  return { verdict, line: `${verdict.padEnd(8)} ${tool}: ${name}${detail ? ` (${detail})` : ''}` };
}
