// The platform's modules, as far as scripts and tests use them.

declare module 'cloudflare:workers' {
  export class WorkerEntrypoint {
    constructor(ctx: unknown, env: Record<string, any>);
    ctx: any;
    env: Record<string, any>;
  }
  export class DurableObject extends WorkerEntrypoint {}
}
