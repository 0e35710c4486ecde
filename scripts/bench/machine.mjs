/** What the machine is, and what it spent on whom. Linux says it in files; elsewhere there is nothing to pin and nothing to read. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

const CORES = cpus().length;
/** Servers share one core, so that what slows one slows the other; whoever loads them has another one, and Redis the last. */
export const cores = { servers: 0, load: Math.min(1, CORES - 1), redis: CORES - 1 };

let pins = CORES > 1;
/** Keeps a process, with all its threads, on one core. Where that cannot be had, it runs where it likes, and `machineSays` tells. */
export function pin({ pid }, core) {
  if (!pins) return;
  try {
    execFileSync('taskset', ['-a', '-c', '-p', String(core), String(pid)], { stdio: 'ignore' });
  } catch {
    pins = false;
  }
}

export const loadNow = () => Number(loadavg()[0].toFixed(1));

export function machineSays() {
  const where = pins
    ? 'servers and load on different cores'
    : 'servers and load not kept apart: no taskset, or one core';
  return `${CORES} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${where}`;
}

/** Milliseconds that a process has spent on processors, in nanoseconds underneath: `stat` counts in hundredths of a second. */
export function spentMs({ pid }) {
  const threads = readdirSync(`/proc/${pid}/task`);
  const ran = (thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  try {
    return threads.reduce((sum, thread) => sum + ran(thread), 0) / 1e6;
  } catch {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }
}
