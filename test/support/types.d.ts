// What TypeScript can't read from the JavaScript.

import 'vitest';

declare module 'vitest' {
  /** What global-setup.mjs tells the test files. */
  interface ProvidedContext {
    rollcall: Record<
      'baseUrl' | 'meteredUrl' | 'faultyUrl' | 'pagesUrl' | 'inspectorUrl' | 'operatorKey' | 'rootSecret',
      string
    >;
  }
}

declare global {
  /** What Vite makes of it: the modules that the pattern finds. */
  interface ImportMeta {
    glob(patterns: string[], options: { eager: true; import: string }): Record<string, any>;
  }

  /** workerd's. */
  interface Scheduler {
    wait(milliseconds: number): Promise<void>;
  }

  interface Headers {
    set(name: string, value: string | number): void;
  }
}
