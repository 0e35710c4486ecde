import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Output goes to stderr: what `npm start` prints on stdout is read by scripts. */
export function run(command, args, env = {}) {
  const started = Date.now();
  console.error(`[setup] ${command.split('/').at(-1)} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.error(`[setup] ${status === 0 ? 'done' : (error?.message ?? 'failed')} after ${seconds} s`);
  return status === 0;
}

/** The npm that started this process, because a second one in PATH may be another major. */
export function npm(args) {
  const started = process.env.npm_execpath;
  return started ? run(process.execPath, [started, ...args]) : run('npm', args);
}

/** @returns what that npm prints. */
export function npmSays(args) {
  const started = process.env.npm_execpath;
  const [command, first] = started ? [process.execPath, [started]] : ['npm', []];
  return spawnSync(command, [...first, ...args], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

export function which(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not in this folder
      }
    }
  }
  return undefined;
}
