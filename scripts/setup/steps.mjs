import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { deps } from './deps.mjs';
import { SetupProblem } from './problem.mjs';
import { caddy, chromium, firefox, redis, webkit } from './tools.mjs';

const steps = { deps, build, chromium, firefox, webkit, redis, caddy };

/** Takes the named steps in order; ends the process with a sentence and code 1 at the first that cannot be done. */
export function take(names) {
  process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..', '..'));
  try {
    for (const name of names) {
      if (!Object.hasOwn(steps, name))
        throw new SetupProblem(`There is no set-up step "${name}"; there are: ${Object.keys(steps).join(', ')}.`);
      steps[name]();
    }
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
