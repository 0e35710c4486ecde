import { memoryRecords } from '@clbchat/server/records/records.model';
import { test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { sessionHistory } from './sessionHistory.ts';

test('[A11 A12 A30 N17] what is on record of sessions is what one table says, whatever answers are lost and lines break', async () => {
  for (let seed = 1; seed <= 250; seed += 1) {
    const clock = fakeClock();
    await sessionHistory(seed, memoryRecords(clock), clock, 40);
  }
});
