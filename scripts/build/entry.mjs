// What the runtime calls: the JavaScript in front of a Worker's Rust. scripts/build/compile.mjs bundles it with
// wasm-bindgen's glue.
//
// A Wasm instance whose code trapped is not to be entered again: nothing was unwound, so what it had borrowed stays
// borrowed and what it had half written stays so. The next call gets a new instance. The calls that were under way in
// the old one fail at once: nothing would ever answer them, and an object's caller would wait for ever.

import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers';

// Rust's frames are many: the default of ten would show nothing of who called.
Error.stackTraceLimit = 100;

/** What a Worker may be called for. Rust exports those that it has. */
const EVENTS = ['fetch', 'scheduled', 'queue', 'email', 'tail'];

/** What a Durable Object may be called for. */
const OBJECT_EVENTS = ['fetch', 'alarm', 'webSocketMessage', 'webSocketClose', 'webSocketError'];

/** The classes that the runtime is given, for the module that wasm-bindgen made of the Rust. */
export function entryPoints(rust) {
  const instance = instanceOf(rust);
  return { Worker: workerClass(rust, instance), object: (RustObject) => objectClass(RustObject, instance) };
}

/**
 * The instance that calls go into. `state` is the crate `worker`'s: it counts the instances, and says by
 * `criticalError` that the present one has panicked.
 */
function instanceOf(rust) {
  const state = rust.__worker_init_state();
  /** How the calls under way are made to fail. */
  const underWay = new Set();

  const giveUp = (error) => {
    console.error('The Wasm instance trapped; the next call gets a new one.', error);
    state.criticalError = true;
    for (const fail of underWay) fail(error);
  };
  // Most of Rust runs in the callbacks of promises, where no caller stands to catch what is thrown. A callback of an
  // instance that is gone throws, too, but an Error like any other: the present instance has nothing to do with it.
  addEventListener('error', ({ error }) => {
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) giveUp(error);
  });

  const untilGivenUp = (answer) => {
    let fail;
    const givenUp = new Promise((_, reject) => underWay.add((fail = reject)));
    return Promise.race([answer, givenUp]).finally(() => underWay.delete(fail));
  };

  return {
    get number() {
      return state.instanceId;
    },
    /** Calls into Rust. What Rust refuses comes as a promise's rejection; what is thrown came through its frames. */
    enter(call) {
      try {
        if (state.criticalError) {
          rust.__wbg_reset_state();
          state.criticalError = false;
        }
        const answer = call();
        return answer instanceof Promise ? untilGivenUp(answer) : answer;
      } catch (error) {
        giveUp(error);
        throw error;
      }
    },
  };
}

function workerClass(rust, instance) {
  class Worker extends WorkerEntrypoint {}
  for (const event of EVENTS.filter((name) => name in rust)) {
    Worker.prototype[event] = function (subject) {
      return instance.enter(() => rust[event].call(this, subject, this.env, this.ctx));
    };
  }
  return Worker;
}

/** A Durable Object whose Rust half is made anew in each new instance: what it remembered went with the old one. */
function objectClass(RustObject, instance) {
  const halves = new WeakMap();
  const rustHalf = (object) => {
    const known = halves.get(object);
    if (known?.number === instance.number) return known.half;
    const half = new RustObject(object.ctx, object.env);
    halves.set(object, { half, number: instance.number });
    return half;
  };
  class RustDurableObject extends DurableObject {
    constructor(ctx, env) {
      super(ctx, env);
      instance.enter(() => rustHalf(this));
    }
  }
  for (const event of OBJECT_EVENTS.filter((name) => name in RustObject.prototype)) {
    RustDurableObject.prototype[event] = function (...subjects) {
      return instance.enter(() => rustHalf(this)[event](...subjects));
    };
  }
  return RustDurableObject;
}
