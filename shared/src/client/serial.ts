export type Serial = <T>(job: () => Promise<T>) => Promise<T>;

/** One job after another: what arrives while a frame is being opened waits for its turn. */
export function createSerial(): Serial {
  let tail: Promise<unknown> = Promise.resolve();
  return (job) => {
    const run = tail.then(job);
    tail = run.catch(() => undefined);
    return run;
  };
}
