// How much memory a worker's isolate takes: what its limit of 128 MB at Cloudflare is about. workerd tells through
// the protocol of debuggers (Chrome DevTools Protocol).

/** Watches the worker named `name` of a Rollcall that was started with `inspectorPort`. */
export async function isolateMemory({ debuggerUrl }, name) {
  const socket = new WebSocket(`${debuggerUrl}core:user:${name}`);
  const answers = new Map();
  let context;
  let sent = 0;
  socket.onmessage = ({ data }) => {
    const { id, method, params, result, error } = JSON.parse(data);
    if (method === 'Runtime.executionContextCreated') context = params.context.id;
    if (id) answers.get(id)(error ? Promise.reject(new Error(error.message)) : result);
  };
  await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
  const ask = (method, params) =>
    new Promise((resolve) => {
      sent += 1;
      answers.set(sent, resolve);
      socket.send(JSON.stringify({ id: sent, method, params }));
    });
  await ask('Runtime.enable');

  /** Bytes of the linear memories of its Wasm instances. They never shrink: what they are is what they ever were at most. */
  const wasm = async () => {
    const expression = 'WebAssembly.Memory.prototype';
    const { result: prototype } = await ask('Runtime.evaluate', { expression, contextId: context });
    const { objects } = await ask('Runtime.queryObjects', { prototypeObjectId: prototype.objectId });
    const functionDeclaration = 'function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) }';
    const sum = { objectId: objects.objectId, functionDeclaration, returnByValue: true };
    return (await ask('Runtime.callFunctionOn', sum)).result.value;
  };
  /** Bytes of JavaScript's heap, garbage included, and of the buffers that it refers to. */
  const heap = async () => {
    const { usedSize, embedderHeapUsedSize, backingStorageSize } = await ask('Runtime.getHeapUsage');
    return usedSize + embedderHeapUsedSize + backingStorageSize;
  };
  return {
    wasm,
    /**
     * Runs `work`, and resolves with the most that the isolate took meanwhile, as far as it could be asked: it
     * answers between two turns of JavaScript.
     */
    async most(work) {
      // It is done with the isolate's next work, and never answered.
      void ask('HeapProfiler.collectGarbage');
      let isOver = false;
      let most = await heap();
      const watching = (async () => {
        while (!isOver) {
          most = Math.max(most, await heap());
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      })();
      try {
        await work();
      } finally {
        isOver = true;
        await watching;
      }
      return most + (await wasm());
    },
    close: () => socket.close(),
  };
}
