// For what is written after an answer.

/** Asks again and again until the answer is as wanted, and resolves with it; fails after ten seconds. */
export async function until(ask, isWanted) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still not so after 10 s: ${JSON.stringify(answer)}`);
  }
}
