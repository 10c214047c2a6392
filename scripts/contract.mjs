// npm run contract: writes the files that are made from src/contract anew. A host test fails where they are stale.

import { run } from './process.mjs';
import { main } from './terminal.mjs';

await main(() =>
  run('cargo', ['test', '--locked', '--quiet', '--lib', 'contract::generated'], {
    env: { ROLLCALL_WRITE_CONTRACT: '1' },
  }),
);
