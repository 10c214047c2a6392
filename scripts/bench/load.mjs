// The load client's process, and what the server's process takes of the CPU meanwhile.

import { fork } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { cpuSecondsOfWorkerd } from './workerd-cpu.mjs';

export class Load {
  constructor({ floor, js, company, large, pulling }) {
    this.targets = { floor, js, company, large, pulling };
    this.child = fork(join(root, 'scripts/bench/load-client.mjs'));
    // Request numbers go on from slice to slice: nobody is created twice.
    this.next = {};
  }

  /** One slice of load; resolves with {perSecond, p50, p99, ownCpu, serverCpu}. */
  async slice(workload, shape) {
    const target = this.targets[workload.split(' ')[0]] ?? this.targets.company;
    const before = cpuSecondsOfWorkerd();
    const result = await this.#ask({ workload, target, first: this.next[workload] ?? 0, ...shape });
    this.next[workload] = result.next;
    // Milliseconds of a core for each request.
    const serverCpu = before === null ? null : ((cpuSecondsOfWorkerd() - before) * 1000) / result.sent;
    return { ...result, serverCpu };
  }

  #ask(job) {
    return new Promise((resolve, reject) => {
      const gone = (code) => reject(new Error(`the load client ended with ${code}`));
      this.child.once('exit', gone);
      this.child.once('message', (/** @type {any} */ result) => {
        this.child.off('exit', gone);
        if (result.error) reject(new Error(result.error));
        else resolve(result);
      });
      this.child.send(job);
    });
  }

  stop() {
    this.child.disconnect();
  }
}
