/**
 * Sets a fresh checkout up: node scripts/bootstrap.mjs [deps] [build] [chromium] [firefox] [webkit] [redis] [caddy]
 * Runs before anything is installed, so it and scripts/setup/ stand on Node's own modules alone.
 * Every step is silent and quick when there is nothing to do.
 */
import { nodeIsOld } from './setup/nodeVersion.mjs';

// This file and nodeVersion.mjs are written in the syntax of 2019: an old Node must get as far as the sentence.
const old = nodeIsOld(process.versions.node);
if (old) {
  console.error(old);
  process.exit(1);
}
void import('./setup/steps.mjs').then(({ take }) => take(process.argv.slice(2)));
