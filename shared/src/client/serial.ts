/** One job after another, the first one after `ready`: what arrives while a frame is being opened waits for its turn. */
export function createSerial(ready: Promise<unknown> = Promise.resolve()) {
  let tail = ready;
  return <T>(job: () => T | Promise<T>): Promise<T> => {
    const run = tail.then(job);
    tail = run.catch(() => undefined);
    return run;
  };
}
