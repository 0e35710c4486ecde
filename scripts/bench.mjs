/** `npm run bench -- widget`, or `sign-in`: measures, prints what it found and the same as one line of JSON. Never a gate. */
import { resolve } from 'node:path';
import { signIn } from './bench/signIn.mjs';
import { widget } from './bench/widget.mjs';

const parts = { 'sign-in': signIn, widget };

process.chdir(resolve(import.meta.dirname, '..'));
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(parts, name));
if (asked.length === 0 || unknown !== undefined) {
  console.error(`npm run bench -- <part>; the parts are: ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
for (const name of asked) await parts[name]();
