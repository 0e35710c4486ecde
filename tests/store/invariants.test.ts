import fc from 'fast-check';
import { test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { history } from './operations.time.ts';
import { tightLimits, tightRules } from './tight.ts';
import { watched } from './watched.ts';
import { worldOf } from './world.ts';

const RUNS = Number(process.env['RUNS'] ?? 700);

test('[V1 V3 V4 V5 V6 V7 V8 Q1 Q2 Q3 Q4 Q5 Q6 Q7 Q9 R1 R2 R3 R5 R6 R7 R11 C2 C3 K1 K2 H1 P1 L2 L4] hold after every command of every history', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const clock = fakeClock();
      const world = worldOf(watched({ clock, limits: tightLimits, rules: tightRules }), clock);
      for (const { run } of steps) await run(world);
    }),
    { numRuns: RUNS },
  );
}, 300_000);
