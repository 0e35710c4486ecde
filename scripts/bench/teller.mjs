/**
 * What is put in front of a server that is measured, ours and the bare one alike: at SIGUSR2 it collects its garbage and tells
 * its memory and the longest stand-still of its event loop since the last time. It changes nothing that the server does.
 */
export const TELLS = `import { Session } from 'node:inspector';
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import v8 from 'node:v8';
import vm from 'node:vm';
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');
const loop = monitorEventLoopDelay({ resolution: 2 });
loop.enable();
const session = new Session();
let isProfiling = false;
/** From one telling to the next, into a file that is named. */
function profiles(file) {
  if (!file) return;
  if (isProfiling) session.post('Profiler.stop', (_, { profile }) => writeFileSync(file, JSON.stringify(profile)));
  else {
    session.connect();
    session.post('Profiler.enable');
    session.post('Profiler.start');
  }
  isProfiling = !isProfiling;
}
process.on('SIGUSR2', () => {
  const { max } = loop;
  const late = loop.percentile(99);
  const ends = isProfiling;
  if (ends) profiles(process.env.BENCH_PROFILE);
  for (let times = 0; times < 4; times += 1) collect();
  if (!ends) profiles(process.env.BENCH_PROFILE);
  const { rss, heapUsed } = process.memoryUsage();
  process.stderr.write('told ' + JSON.stringify({ rss, heapUsed, loopMaxMs: max / 1e6, loopLateMs: late / 1e6 }) + '\\n');
  setTimeout(() => loop.reset(), 100); // the collection itself stands still, too
});`;

const TELLS_WITHIN_MS = 20_000;
const pause = (ms) => new Promise((next) => setTimeout(next, ms));

/** @param said all that the server has printed until now */
export async function told({ child, said }) {
  const before = said().length;
  child.kill('SIGUSR2');
  for (const end = Date.now() + TELLS_WITHIN_MS; Date.now() < end;) {
    const line = /told (\{.*\})\n/.exec(said().slice(before));
    if (line) {
      await pause(200); // from here on it counts anew
      return JSON.parse(line[1]);
    }
    await pause(20);
  }
  throw new Error('a server did not tell of itself');
}
