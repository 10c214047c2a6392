// Starts the one workerd that all test files talk to, and tells them where it is.

import { sendBatch } from './inspector-client.mjs';
import { Recorder } from './recorder.mjs';
import { startRollcall } from './rollcall.mjs';

export default async function setup(project) {
  const recording = process.env.ROLLCALL_RECORDING;
  const recorder = recording && new Recorder();
  const rollcall = await startRollcall({ recorder });
  project.provide('rollcall', {
    baseUrl: rollcall.baseUrl,
    meteredUrl: rollcall.meteredUrl,
    faultyUrl: rollcall.faultyUrl,
    pagesUrl: rollcall.pagesUrl,
    inspectorUrl: rollcall.inspectorUrl,
    operatorKey: rollcall.operatorKey,
    rootSecret: rollcall.rootSecret,
  });
  return async () => {
    await rollcall.stop();
    if (!recorder) return;
    const empty = await startRollcall({ entries: [] });
    await recorder.write(recording, (statements) => sendBatch(empty.inspectorUrl, statements));
    await empty.stop();
  };
}
