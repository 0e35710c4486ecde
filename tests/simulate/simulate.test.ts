import { expect, test } from 'vitest';
import { violationsOf, type Violation } from './checker.ts';
import { evening, type Evening } from './evening.ts';
import { PLANTED, type Planted } from './planted.ts';

/** `npm run simulate -- --seeds 100` plays more, `-- --seed 7` one. */
const MANY = Number(process.env['SIMULATE_SEEDS'] ?? 0);
const ONE = Number(process.env['SIMULATE_SEED'] ?? 0);
/** What half a minute of processor time carries, each twice. */
const SEEDS = MANY || 2;
/** minutes of an evening that shows one thing */
const SHORT = 8;
const PLATFORM_SEEDS = MANY ? 20 : 1;
/** A bug that half of so many evenings do not show is hidden too well. */
const TO_FIND = 50;
const HANG = 36_000_000;

/** What must have happened in so many evenings, or they show nothing of it. */
const SOMETIMES: Readonly<Record<string, number>> = {
  'a reload': 1,
  'an ack lost': 1,
  'a hint lost': 1,
  'a request that came twice': 1,
  'a connection: cut': 1,
  'a connection: silent': 1,
  'a connection: deaf': 1,
  'a connection: mute': 1,
  'a connection: stalls': 1,
  'a reload of the console': 1,
  'a disk that refuses': 1,
  'a reload while a key is agreed': 20,
  'a reload of the console while a key is agreed': 20,
  'a console away for more than a minute': 20,
  'a ring lost': 20,
  'two accepts at once': 20,
  'a store that refuses': 20,
  'a store that hangs': 20,
  'a store that is a second behind': 20,
  'another counsellor, and what she may read': 20,
  'a visit that had to go on with somebody else, or again': 20,
  'a page that says that something is missing': 20,
  'a text that came back to its composer': 20,
};

/** of `planted.ts`, in short evenings */
const QUICKLY_SHOWN = ['a desk gets one more than it has places'];

const say = (line: string) => void process.stdout.write(`${line}\n`);
const reached = new Set<string>();
let events = 0;
let violations = 0;

function judge(seed: number, { history, saw, events: ran }: Evening): Violation[] {
  for (const what of saw.keys()) reached.add(what);
  events += ran;
  const found = violationsOf(history);
  violations += found.length;
  const beganMs = history[0]?.atMs ?? 0;
  for (const { rule, atMs, what } of found) say(`seed ${seed}, after ${(atMs - beganMs) / 1_000} s: [${rule}] ${what}`);
  return found;
}

const seeds = ONE ? [ONE] : Array.from({ length: SEEDS }, (_, n) => n + 1);
test.each(seeds)(
  '[V1 V2 V3 V4 V6 Q2 Q3 Q5 R1 R2 R3 R6 R7 C1 C2 C4 C6] evening %i breaks no rule, and is the same when it is played again',
  { timeout: HANG },
  async (seed) => {
    const once = await evening({ seed });
    expect(judge(seed, once)).toEqual([]);
    expect((await evening({ seed })).digest).toBe(once.digest);
  },
);

test('what must happen sometimes happened', () => {
  const missing = Object.keys(SOMETIMES).filter((what) => seeds.length >= SOMETIMES[what]! && !reached.has(what));
  say(JSON.stringify({ seeds: seeds.length, events, sometimes: [...reached].sort(), violations }));
  expect(missing).toEqual([]);
});

/** What everybody did and saw; what a frame holds is only known where the double has sealed it. */
const seen = ({ history }: Evening) =>
  history.filter(({ is }) => is !== 'look').map((event) => JSON.stringify({ ...event, frame: '', text: '' }));

/** The first evening that shows it; null when none does. */
async function foundAfter({ breaks, store }: Planted): Promise<number | null> {
  for (let seed = 1; seed <= TO_FIND * 2; seed += 1) {
    const { history } = await evening({ seed, planted: store, minutes: MANY ? 30 : SHORT });
    if (violationsOf(history).some(({ rule }) => breaks.includes(rule))) return seed;
  }
  return null;
}

// whoever plays one evening again asks about that one
if (ONE === 0) {
  test(
    '[K5 C1] evenings with the platform’s own WebCrypto go as those with its double',
    { timeout: HANG },
    async () => {
      for (let seed = 1; seed <= PLATFORM_SEEDS; seed += 1) {
        const minutes = MANY ? 30 : SHORT;
        const double = seen(await evening({ seed, minutes }));
        expect(seen(await evening({ seed, minutes, platform: true }))).toEqual(double);
      }
    },
  );

  test('[R1 R2 R3 R6 R7 Q2 Q3 Q5 C2 V1 V4] planted bugs are found after few evenings', { timeout: HANG }, async () => {
    const found: number[] = [];
    const some = MANY ? Object.keys(PLANTED) : QUICKLY_SHOWN;
    for (const name of some) {
      const bug = PLANTED[name]!;
      const after = await foundAfter(bug);
      say(`planted, and found after ${after ?? 'no'} evenings: ${name}`);
      found.push(after ?? Infinity);
    }
    expect(found).not.toContain(Infinity);
    expect(found.toSorted((a, b) => a - b)[Math.floor(found.length / 2)]).toBeLessThanOrEqual(TO_FIND);
  });
}
