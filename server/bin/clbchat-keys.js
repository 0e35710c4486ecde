#!/usr/bin/env node
// npm links this file when it installs, which is before anything is built.
import { existsSync } from 'node:fs';

const program = new URL('../dist/clbchat-keys.mjs', import.meta.url);
if (existsSync(program)) await import(program.href);
else {
  process.stderr.write('Nothing is built yet: run npm run build first.\n');
  process.exitCode = 1;
}
