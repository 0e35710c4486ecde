/** `npm test`: every gate, then every test or those that are named, then what it all cost and how it ended. */
import { timed } from './setup/timed.mjs';

process.exitCode = await timed([
  [process.execPath, 'scripts/check.mjs'],
  [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)],
]);
