// Starts the one workerd that all test files talk to, and tells them where it is.

import { startRollcall } from './rollcall.mjs';

export default async function setup(project) {
  const rollcall = await startRollcall();
  project.provide('rollcall', {
    baseUrl: rollcall.baseUrl,
    meteredUrl: rollcall.meteredUrl,
    faultyUrl: rollcall.faultyUrl,
    pagesUrl: rollcall.pagesUrl,
    inspectorUrl: rollcall.inspectorUrl,
    operatorKey: rollcall.operatorKey,
  });
  return rollcall.stop;
}
