/** `npm run axe`: looks with axe-core at every screen of widget and console, wide and narrow, light and dark. Ends with code 1 when it finds something. */
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

process.chdir(resolve(import.meta.dirname, '..'));
const conditions = ['@clbchat/source', 'node'];
const config = { configFile: false, logLevel: 'error', resolve: { conditions }, ssr: { resolve: { conditions } } };
const { axeAll } = (await runnerImport(resolve('tests/support/axeAll.ts'), config)).module;

const { screens, looks, faults } = await axeAll((line) => console.log(line));
console.log(`${screens} screens, ${looks} looks, ${faults} faults`);
process.exitCode = faults === 0 && looks > 0 ? 0 : 1;
