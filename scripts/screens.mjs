/**
 * `npm run screens`: starts the service, walks past every screen of widget and console, and writes a picture of each into
 * screens/, to be looked at beside the mock-ups; after -- come words of those that are wanted ("640x360", "dark").
 * With --sheet: the pictures of one screen beside each other, in screens/sheets; takes them first when there are none.
 * With --docs: the pictures of the README and of docs/coordinator.md instead; after it may come which, as `readme`.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

process.chdir(resolve(import.meta.dirname, '..'));
const asked = process.argv.slice(2);
const wanted = asked.filter((word) => !word.startsWith('--'));

// the walk is shared with the tests and is TypeScript, which Node 20 does not read by itself
const conditions = ['@clbchat/source', 'node'];
const config = { configFile: false, logLevel: 'error', resolve: { conditions }, ssr: { resolve: { conditions } } };
const load = async (file) => (await runnerImport(resolve('tests/support', file), config)).module;

if (asked.includes('--docs')) {
  mkdirSync('docs/pictures', { recursive: true });
  const isWanted = (which) => wanted.length === 0 || wanted.includes(which);
  if (isWanted('readme')) await (await load('readmePictures.ts')).takeForReadme('docs/pictures');
  if (isWanted('coordinator')) await (await load('coordinatorPictures.ts')).takeForCoordinator('docs/pictures');
} else {
  const sheet = asked.includes('--sheet');
  if (!sheet || !existsSync('screens')) {
    rmSync('screens', { recursive: true, force: true });
    mkdirSync('screens');
    const count = await (await load('pictures.ts')).takeAll('screens', wanted);
    console.log(`${count} pictures in screens/`);
  }
  if (sheet) console.log(`${await (await load('sheets.ts')).makeSheets('screens')} sheets in screens/sheets/`);
}
