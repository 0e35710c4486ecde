/**
 * `npm run screens`: starts the service, walks past every screen of widget and console, and writes a picture of each into
 * screens/, to be looked at beside the mock-ups. With --docs: the two pictures of the README instead.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

process.chdir(resolve(import.meta.dirname, '..'));
// the walk is shared with the tests and is TypeScript, which Node 20 does not read by itself
const conditions = ['@clbchat/source', 'node'];
const config = { configFile: false, logLevel: 'error', resolve: { conditions }, ssr: { resolve: { conditions } } };
const { module } = await runnerImport(resolve('tests/support/pictures.ts'), config);

if (process.argv.includes('--docs')) {
  mkdirSync('docs/pictures', { recursive: true });
  await module.takeForReadme('docs/pictures');
} else {
  rmSync('screens', { recursive: true, force: true });
  mkdirSync('screens');
  const count = await module.takeAll('screens');
  console.log(`${count} pictures in screens/`);
}
