/**
 * Each attack runs against a program of its own. `run` says in words what went wrong, and null when it was survived.
 *
 * @typedef {{ name: string, limits?: object, rules?: object, env?: object, full?: boolean, key?: boolean, provider?: boolean,
 *   preload?: string, slow?: boolean, only?: 'memory' | 'redis', run: (target: object) => Promise<string | null> }} Attack
 *   `slow`: not in the short form · `full`: its output goes to a disk without room · `preload`: runs before the program
 *   `key`: it has a key file, so that people may have passwords · `provider`: and an OpenID provider that nobody hears
 */
import { connectionAttacks } from './connections.mjs';
import { gettingInAttacks } from './gettingIn.mjs';
import { peopleAttacks } from './people.mjs';
import { routeAttacks } from './routes.mjs';

/** @type {Attack[]} */
export const attacks = [...connectionAttacks, ...peopleAttacks, ...gettingInAttacks, ...routeAttacks];
