import { closeSync, constants, openSync, readSync } from 'node:fs';
import * as v from 'valibot';
import {
  SETTING_CHARS_MAX,
  settings,
  type Reader,
  type Setting,
  type SettingName,
  type SettingValue,
} from './settings.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** That of this process. */
export const ofProcess: Env = process.env;

/** Why it does not start: one sentence for the person who typed the command. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

/** What a setting is in this environment. @throws StartProblem, which names it and what may stand there */
export function valueOf<Name extends SettingName>(name: Name, env: Env): SettingValue<Name> {
  const { schema, must, otherwise, secret }: Setting<unknown> = settings[name];
  const written = secret ? fromFile(name, env) : env[name];
  if (written === undefined || written === '') return otherwise.value as SettingValue<Name>;
  const read = v.safeParse(schema, written);
  if (read.success) return read.output as SettingValue<Name>;
  const shown = secret || written.length > SHOWN_CHARS_MAX ? '' : `, not ${JSON.stringify(written)}`;
  throw new StartProblem(`${name} must ${must}${shown}.`);
}

/** What a setting is for who reads it. @throws StartProblem also where it has to be set, or may not be */
export function valueFor<Name extends SettingName>(reader: Reader, name: Name, env: Env): SettingValue<Name> {
  const { by, must, secret }: Setting<unknown> = settings[name];
  const isSet = Boolean(env[name] || (secret && env[`${name}${FILE}`]));
  if (by[reader] === 'never' && isSet) throw new StartProblem(`${name} may not be set with SERVE=${reader}.`);
  if (by[reader] === 'must' && !isSet)
    throw new StartProblem(`${name} is not set${reader === 'shell' ? '' : `, with SERVE=${reader}`}: it must ${must}.`);
  return valueOf(name, env);
}

/** A longer one is not shown again: the sentence is for a person at a terminal. */
const SHOWN_CHARS_MAX = 80;
/** Behind the name of a setting that may stand in a file. */
export const FILE = '_FILE';

/** A secret from the environment, or from the first and only line of a file: what stands in the environment others may see. */
function fromFile(name: SettingName, env: Env): string | undefined {
  const path = env[`${name}${FILE}`];
  if (!path) return env[name];
  if (env[name]) throw new StartProblem(`${name} and ${name}${FILE} are both set: set one of them.`);
  const [line = '', ...more] = startOf(path, `${name}${FILE}`).toString().split('\n');
  if (line === '' || more.join('') !== '')
    throw new StartProblem(`${name}${FILE} must name a file with one line in it, which is what ${name} would be.`);
  return line.replace(/\r$/, ''); // ours: the environment of the program
}

/** @returns no more than is needed to see that it is too much */
export function startOf(path: string, name: string): Buffer {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK); // a pipe that nobody writes to is empty
    try {
      const read = Buffer.alloc(SETTING_CHARS_MAX + 2);
      return read.subarray(0, readSync(file, read));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new StartProblem(`${name} names a file that cannot be read (${code}).`);
  }
}
