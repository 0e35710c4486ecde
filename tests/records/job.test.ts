import { openLog } from '@clbchat/server/kernel/log';
import { act } from '@clbchat/server/records/acts.store';
import { brokenAt, readEntry } from '@clbchat/server/records/audit.rules';
import { recordsJob } from '@clbchat/server/records/records.job';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { limits } from '@clbchat/shared/limits';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { fakeTimers } from '../support/timers.ts';

const DAY_MS = 86_400_000;

test('[A2 A4] what is past its end, and acts of more than a year ago, go by themselves within an hour', async () => {
  const clock = fakeClock();
  const timers = fakeTimers(clock);
  const records = memoryRecords(clock);
  const nowMs = () => clock.nowMs();
  const log = openLog({ clock, level: 'info', to: new Writable({ write: (_chunk, _encoding, done) => done() }) });
  const acted = (about: string) => act(records, nowMs(), [], { by: 'noor', act: 'account_made', about });
  const left = async () => (await records.audit()).entries.map((text) => readEntry(text)?.about);

  await acted('early');
  clock.advance(100 * DAY_MS);
  await acted('later');
  const endMs = nowMs() + 1_000;
  await records.write([{ kind: 'session', id: 'one', rev: 0, text: '1', endMs }], null);
  const stop = recordsJob({ records, nowMs, timers, log, limits });
  await timers.advance(limits.recordsSweepEveryMs);
  expect(await left()).toEqual(['early', 'later']);
  clock.advance(-limits.recordsSweepEveryMs); // a row that is only hidden would stand again
  expect(await records.list('session')).toEqual([]);

  clock.advance(265 * DAY_MS + limits.recordsSweepEveryMs + 1);
  await timers.advance(limits.recordsSweepEveryMs);
  expect(await left()).toEqual(['later']);
  expect(brokenAt(await records.audit())).toBeNull();
  stop();
});
