import { spawnSync } from 'node:child_process';

const OUTPUT_BYTES_MAX = 2 ** 28;
const TOLD_CHARS = 3_000;

/** @returns what it printed. @throws Error with the end of what it said */
export function call(command, args, how = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
    ...how,
  });
  if (error || status !== 0)
    throw new Error(error?.message ?? `${(stdout + stderr).slice(-TOLD_CHARS)}\n${command} ended with code ${status}`);
  return stdout.trim();
}
