import {
  brokenAt,
  isWhole,
  linkTo,
  NOTHING_YET,
  older,
  readEntry,
  type Acted,
  type AuditLog,
} from '@clbchat/server/records/audit.rules';
import { describe, expect, test } from 'vitest';

const acted = (about: string): Acted => ({ by: 'noor', act: 'account_made', about });

/** A log of one act a day. */
function days(count: number): AuditLog {
  let log: AuditLog = { anchor: NOTHING_YET, entries: [], head: NOTHING_YET };
  for (let day = 1; day <= count; day += 1) {
    const { text, digest } = linkTo(log.head, day, acted(`account ${day}`));
    log = { ...log, entries: [...log.entries, text], head: digest };
  }
  return log;
}
const log = days(5);
const [first = '', second = '', third = '', ...rest] = log.entries;

describe('the audit log', () => {
  test('[A4] one that nobody touched holds, also an empty one', () => {
    expect(brokenAt(log)).toBeNull();
    expect(brokenAt(days(0))).toBeNull();
  });

  test.each<[string, AuditLog]>([
    ['an entry changed', { ...log, entries: [first, second.replace('noor', 'lien'), third, ...rest] }],
    ['an entry taken out', { ...log, entries: [first, third, ...rest] }],
    ['the last one taken away', { ...log, entries: log.entries.slice(0, -1) }],
    ['the first one taken away without an anchor', { ...log, entries: log.entries.slice(1) }],
    ['two in another order', { ...log, entries: [second, first, third, ...rest] }],
    ['one said twice', { ...log, entries: [first, first, second, third, ...rest] }],
    ['one added without an end', { ...log, entries: [...log.entries, first] }],
    ['another end', { ...log, head: days(4).head }],
    ['another beginning', { ...log, anchor: days(1).head }],
    ['everything gone but the end', { ...log, entries: [] }],
  ])('[A4] what other hands did shows: %s', (_what, changed) => {
    expect(brokenAt(changed)).toBe(changed.entries.length);
  });

  test.each([
    '',
    'null',
    '{}',
    '[]',
    '{"atMs":1}',
    first.replace('account_made', 'visit_read'),
    first.replace('}', ',"x":1}'),
  ])('[A4] what is no entry is named by its place: %s', (text) => {
    expect(readEntry(text)).toBeNull();
    expect(brokenAt({ ...log, entries: [first, text, third, ...rest] })).toBe(1);
  });

  test('[A4] what is old goes from the beginning only, up to what is no entry', () => {
    expect(older(log, 3)).toEqual({ from: NOTHING_YET, to: days(2).head, entries: 2 });
    expect(older(log, 1)).toEqual({ from: NOTHING_YET, to: NOTHING_YET, entries: 0 });
    expect(older(log, 99)).toEqual({ from: NOTHING_YET, to: log.head, entries: 5 });
    expect(older({ ...log, entries: [first, 'none', ...rest] }, 99).entries).toBe(1);
    const ahead = linkTo(NOTHING_YET, 9_999, acted('of a clock that ran ahead')).text;
    expect(older({ ...log, entries: [ahead, first, second, third, ...rest] }, 3).entries).toBe(3);
  });

  test('[A4] a log that is gone shows beside what was written with it, and is no wonder beside sessions alone', () => {
    const rows = [{ kind: 'account' }, { kind: 'session' }];
    expect(isWhole(log, rows)).toBe(true);
    expect(isWhole(days(0), rows)).toBe(false);
    expect(isWhole(days(0), rows.slice(1))).toBe(true);
    expect(isWhole({ ...log, entries: rest }, rows)).toBe(false);
  });
});
