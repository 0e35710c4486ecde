/** A program of the bench in a process of its own, on a core of its own: it is asked by name, and answers once for each. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pin } from './machine.mjs';

const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** @param file beside this one */
export function startAside(file, core) {
  const child = fork(join(import.meta.dirname, file));
  running.add(child);
  pin(child, core);
  const waits = new Map();
  let last = 0;
  const gone = () => {
    running.delete(child);
    for (const { fail } of waits.values()) fail(new Error(`${file} ended`));
    waits.clear();
  };
  child.once('exit', gone).once('error', gone);
  child.on('message', ({ id, value, error }) => {
    const { done, fail } = waits.get(id);
    waits.delete(id);
    if (error === undefined) done(value);
    else fail(new Error(`${file}: ${error}`));
  });
  return {
    child,
    ask: (name, input = {}) =>
      new Promise((done, fail) => {
        last += 1;
        waits.set(last, { done, fail });
        child.send({ id: last, name, input });
      }),
    async stop() {
      if (!running.has(child)) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** The other end: what it does when it is asked. */
export function answers(does) {
  process.on('message', ({ id, name, input }) => {
    Promise.resolve()
      .then(() => does[name](input))
      .then(
        (value) => process.send({ id, value: value ?? null }),
        (error) => process.send({ id, error: error?.stack ?? String(error) }),
      );
  });
  process.once('disconnect', () => process.exit(0));
}
