import { readConfig, type Config } from './config.ts';
import { StartProblem } from './environment.ts';
import { openSink } from './kernel/sink.ts';
import { CannotStart } from './redis/cannotStart.ts';
import type { Around, Running } from './serve/running.ts';

const sink = openSink();
const around: Around = { sink, say: (line) => sink.write(`${line}\n`) };

const ENDS_WITHIN_MS = 1_500;
const LAST_LINES_MS = 250;

/** Each way of serving is fetched alone: in production no code of the demonstration is ever loaded [I3]. */
async function start(config: Config): Promise<Running> {
  if (config.serve === 'relay') return (await import('./serve/relay.ts')).serve(config, around);
  if (config.serve === 'static') return (await import('./serve/static.ts')).serve(config, around);
  return (await import('./serve/demo.ts')).serve(config, around);
}

/** Settings that are wrong are the reader's business; everything else is ours, and says where it happened. */
function fail(error: unknown): never {
  process.stderr.write(
    `${error instanceof StartProblem || error instanceof CannotStart ? error.message : `It could not start: ${String(error instanceof Error ? error.stack : error)}`}\n`,
  );
  process.exit(1);
}

process.umask(0o077);
process.stderr.on('error', () => undefined);
if (process.report) Object.assign(process.report, { excludeNetwork: true }); // newer than its types

try {
  const config = readConfig();
  // or this signal would make Node open its inspector, by which the memory of the process is read [I1]
  if (config.serve !== 'both') process.on('SIGUSR1', () => undefined);
  const { log, drain, close } = await start(config);
  let ending = false;
  /** Told by a person at the keyboard, or a second time, it waits for nobody. */
  const end = (signal: NodeJS.Signals) => {
    if (ending) return process.exit(1);
    ending = true;
    const exit = (code: number) => void sink.drained(LAST_LINES_MS).then(() => process.exit(code));
    void (signal === 'SIGTERM' && drain ? drain() : Promise.resolve())
      .then(() => {
        setTimeout(() => process.exit(0), ENDS_WITHIN_MS).unref();
        return close();
      })
      .then(
        () => exit(0),
        () => exit(1),
      );
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  // Nothing is known about the state after either of these: end, and let whatever watches us start anew.
  process.once('uncaughtException', (err) => {
    process.on('uncaughtException', () => process.exit(1));
    log.error('an error that nobody caught', { err });
    void sink.drained(LAST_LINES_MS).then(() => process.exit(1));
  });
} catch (error) {
  fail(error);
}
