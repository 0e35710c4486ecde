import { publicOrigin } from './centre/origin.rules.ts';
import { ofProcess, StartProblem, valueFor, valueOf, type Env } from './environment.ts';
import { settings } from './settings.ts';

export interface ShellConfig {
  readonly recordsUrl: string;
  /** id of the centre */
  readonly centre: string;
  /** where the key beside the records is, or will be */
  readonly keyFile: string | null;
}

/** What a command at the server's own shell needs of the environment. @throws StartProblem */
export function readShellConfig(env: Env = ofProcess): ShellConfig {
  const recordsUrl = valueFor('shell', 'RECORDS_REDIS_URL', env);
  if (recordsUrl === null) throw new StartProblem('RECORDS_REDIS_URL is not set: it says where the records are.');
  return { recordsUrl, centre: valueOf('CENTRE', env), keyFile: valueOf('RECORDS_KEY_FILE', env) };
}

/**
 * Under which origin browsers know the console.
 *
 * @param given what was typed beside the command; it counts before the environment
 * @throws StartProblem
 */
export function readConsoleOrigin(given: string | undefined, env: Env = ofProcess): string {
  const known =
    given === undefined ? (valueOf('CONSOLE_ORIGIN', env) ?? valueOf('PUBLIC_ORIGIN', env)) : publicOrigin(given);
  if (known !== null) return known;
  throw new StartProblem(
    given === undefined
      ? 'CONSOLE_ORIGIN is not set: it says under which origin browsers know the console, as https://console.example.be; of the demonstration it is PUBLIC_ORIGIN.'
      : `--origin must ${settings.PUBLIC_ORIGIN.must}.`,
  );
}
