import { defaultCentre, parseCentre } from '@clbchat/server/centre/centre.rules';
import { webAddress } from '@clbchat/server/centre/origin.rules';
import { demoCentre, openDemo } from '@clbchat/server/demo/centre';
import { defaultRules } from '@clbchat/server/centre/bounds.rules';
import { centreOf } from '@clbchat/server/centre/centre.store';
import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { older, readEntry } from '@clbchat/server/records/audit.rules';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { limits } from '@clbchat/shared/limits';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { fakeClock } from './support/clock.ts';

const problemsOf = (json: unknown) => {
  const parsed = parseCentre(json);
  return parsed.ok ? [] : parsed.problems;
};
const found = (json: unknown) => problemsOf(json).map(({ path, code }) => `${path} ${code}`);
const withRules = (rules: object) => ({ ...defaultCentre(), rules });
const withSchedule = (part: object) => ({ ...defaultCentre(), schedule: { ...defaultCentre().schedule, ...part } });
const withSites = (...origins: string[]) => ({ ...defaultCentre(), sites: { school: { origins } } });

describe('settings of a centre', () => {
  test('[S1] the defaults are what PRODUCT promises, and pass their own bounds', () => {
    const parsed = parseCentre(defaultCentre());
    expect(parsed.ok && parsed.centre.rules).toEqual(defaultRules);
    expect(found(withRules(defaultRules))).toEqual([]);
    expect(defaultRules).toMatchObject({
      routing: 'offered',
      slotsDefault: 1,
      slotsMax: 3,
      offerRingMs: 30_000,
      releaseMs: 60_000,
      peerToldMs: 20_000,
      waitingKeepMs: 180_000,
      lastEntryMs: 900_000,
      waitingMax: 2_000,
      drainAfterMs: 1_800_000,
    });
  });

  test('[S1] a rule that is given takes the place of its default, and only that one', () => {
    const parsed = parseCentre(withRules({ routing: 'picked', offerRingMs: 45_000, lengthToldMin: 20 }));
    expect(parsed.ok && parsed.centre.rules).toEqual({
      ...defaultRules,
      routing: 'picked',
      offerRingMs: 45_000,
      lengthToldMin: 20,
    });
  });

  test('[S2] an address with an accent in its host is one, however often addresses were read before', () => {
    const address = v.pipe(v.string(), webAddress);
    const refused = Array.from({ length: 10_000 }, () => v.is(address, 'https://www.météo.example/'));
    expect(refused.filter((is) => !is)).toEqual([]);
  });

  test('[S2] every problem is named by its path, all of them at once', () => {
    const { name: _name, ...nameless } = defaultCentre();
    expect(found({ ...nameless, colour: 'red', languages: ['nl', 'tlh'], exitUrl: 'http://weer.be' }).sort()).toEqual([
      'colour unknown',
      'exitUrl value',
      'languages.1 value',
      'name missing',
    ]);
    expect(found('{}')).toEqual([' type']);
    expect(found(withRules({ offerRingMs: '30' }))).toEqual(['rules.offerRingMs type']);
    expect(found({ ...defaultCentre(), id: 'Not An Id' })).toEqual(['id value']);
  });

  test.each([
    ['offerRingMs', 9_999],
    ['offerRingMs', 30_000.5],
    ['slotsMax', 4],
    ['waitingMax', 2_001],
    ['lengthMaxMs', 14_400_001],
    ['lastEntryMs', -1],
  ])('[S3] a rule outside its bounds is refused: %s = %d', (name, value) => {
    const [problem] = problemsOf(withRules({ [name]: value }));
    expect(problem).toMatchObject({ path: `rules.${name}`, code: 'value' });
    expect(problem?.says).toMatch(/^must be a whole number from \d+ to \d+$/);
  });

  test('[S3] rules that would never be reached are refused', () => {
    expect(found(withRules({ slotsDefault: 3, slotsMax: 2 }))).toEqual(['rules.slotsDefault order']);
    expect(found(withRules({ idleAskMs: 1_800_000, silenceMs: 600_000 }))).toEqual(['rules.idleAskMs order']);
  });

  test('[S4] openings must have a length, dates an order, and a day one exception', () => {
    const week = { ...defaultCentre().schedule.week, monday: [{ from: '17:00', to: '17:00' }] };
    expect(found(withSchedule({ week }))).toEqual(['schedule.week.monday.0 empty']);
    expect(found(withSchedule({ week: { ...week, monday: [{ from: '24:00', to: '02:00' }] } }))).toEqual([
      'schedule.week.monday.0 empty',
    ]);
    expect(found(withSchedule({ week: { ...week, monday: [{ from: '17:00', to: '25:00' }] } }))).toEqual([
      'schedule.week.monday.0.to value',
    ]);
    const closure = { from: '2026-12-24', to: '2026-12-28', open: [] };
    const exceptions = [
      closure,
      { from: '2026-12-28', to: '2026-12-27', open: [] },
      { ...closure, from: '2026-12-26' },
    ];
    expect(found(withSchedule({ exceptions }))).toEqual([
      'schedule.exceptions.1.to order',
      'schedule.exceptions.2 overlap',
    ]);
    expect(found(withSchedule({ exceptions: [{ from: '2026-02-30', to: '30/12/2026', open: [] }] }))).toEqual([
      'schedule.exceptions.0.from value',
      'schedule.exceptions.0.to value',
    ]);
  });

  test('[S5] a site lists exact origins: no path, no plain http but on this machine, no star for everybody', () => {
    expect(found(withSites('https://www.school.be', 'https://*.smartschool.be', 'http://127.0.0.1:8081'))).toEqual([]);
    const bad = [
      'https://school.be/',
      'http://school.be',
      'https://*',
      'https://*.be',
      'null',
      "https://a.be 'self'",
      '*',
      'https://a.be; x',
    ];
    expect(found(withSites(...bad))).toEqual(bad.map((_, index) => `sites.school.origins.${index} value`));
  });

  test('[S6] the demonstration is open day and night, or by the default hours, for the origins it is given', () => {
    for (const open of ['always', 'real'] as const) {
      const parsed = parseCentre(demoCentre({ open, schoolOrigins: ['http://127.0.0.1:8081'] }));
      expect(parsed).toMatchObject({
        ok: true,
        centre: { id: 'demo', sites: { demo: { origins: ['http://127.0.0.1:8081'] } } },
      });
    }
    expect(demoCentre({ open: 'real', schoolOrigins: [] }).schedule).toEqual(defaultCentre().schedule);
    const { week, holidays } = demoCentre({ open: 'always', schoolOrigins: [] }).schedule;
    expect(Object.values(week)).toEqual(Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]));
    expect(holidays).toBe('open');
  });
});

test.each(['noor', 'els, by a one-time address'])(
  '[S6] what somebody saved stays when the demonstration starts again: %s',
  async (who) => {
    const records = memoryRecords(fakeClock());
    const store = centreOf(records, 'demo', () => 1_800_000_000_000);
    const accounts = accountsOf(records, () => 1_800_000_000_000);
    const starts = (open: 'always' | 'real') => openDemo(records, store, accounts, { open, schoolOrigins: [] });
    await starts('always');
    const { centre, rev } = await starts('real');
    expect(centre.schedule).toEqual(defaultCentre().schedule);
    const saved = { ...centre, exitUrl: 'https://www.vrt.be/vrtnws/nl/' };
    expect(await store.put(saved, rev, who.slice(0, 4))).toMatchObject({ is: 'written' });
    for (const open of ['always', 'real'] as const) expect(await starts(open)).toEqual({ centre: saved, rev: rev + 1 });
    for (const schoolOrigins of [['http://127.0.0.1:8083'], ['http://127.0.0.1:8084']])
      for (const _time of [1, 2]) {
        const { centre: now } = await openDemo(records, store, accounts, { open: 'always', schoolOrigins });
        expect(now, 'but for where its school lies').toEqual({
          ...saved,
          sites: { demo: { ...saved.sites['demo'], origins: schoolOrigins } },
        });
      }
  },
);

test('[S6] what somebody saved stays when the demonstration starts again, also once the log forgot who saved it; what it wrote itself does not', async () => {
  const clock = fakeClock();
  const records = memoryRecords(clock);
  const store = centreOf(records, 'demo', clock.nowMs);
  const accounts = accountsOf(records, clock.nowMs);
  const starts = (open: 'always' | 'real', port = 8081) =>
    openDemo(records, store, accounts, { open, schoolOrigins: [`http://127.0.0.1:${port}`] });
  const forgets = async () => {
    clock.advance(limits.auditKeptMs + 3_600_000);
    await records.shorten(older(await records.audit(), clock.nowMs() - limits.auditKeptMs));
  };
  await starts('always');
  await forgets();
  const { centre, rev } = await starts('real', 8082);
  expect(centre.schedule).toEqual(defaultCentre().schedule);
  const saved = { ...centre, exitUrl: 'https://www.vrt.be/vrtnws/nl/' };
  await store.put(saved, rev, 'noor');
  await forgets();
  expect((await starts('always', 8082)).centre).toEqual(saved);
});

describe('stored settings', () => {
  const NOW_MS = 1_800_000_000_000;
  const opened = () => {
    const records = memoryRecords(fakeClock());
    return { records, store: centreOf(records, 'clb', () => NOW_MS) };
  };

  test('[S7] only what passes the rules is stored, and comes back with every rule filled in', async () => {
    const { records, store } = opened();
    expect(await store.get()).toBeNull();
    expect(await store.put(withRules({ slotsMax: 9 }), 0, 'noor')).toMatchObject({
      is: 'refused',
      problems: [{ path: 'rules.slotsMax' }],
    });
    expect(await store.put({ ...defaultCentre(), id: 'other' }, 0, 'noor')).toMatchObject({
      is: 'refused',
      problems: [{ path: 'id' }],
    });
    expect(await records.dump()).toMatchObject({ rows: [], log: { entries: [] } });

    const put = await store.put(withRules({ slotsMax: 2 }), 0, 'noor');
    expect(put).toMatchObject({ is: 'written', rev: 1, centre: { rules: { ...defaultRules, slotsMax: 2 } } });
    expect({ is: 'written', ...(await store.get()) }).toEqual(put);
    expect((await records.dump()).rows.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['settings centre']);
  });

  test('[A3] of two who save the same settings the second is told and gets what stands; nothing is overwritten unseen', async () => {
    const { records, store } = opened();
    await store.put(defaultCentre(), 0, 'noor');
    const [noor, joke] = await Promise.all([
      store.put({ ...defaultCentre(), name: 'by Noor' }, 1, 'noor'),
      store.put({ ...defaultCentre(), name: 'by Joke' }, 1, 'joke'),
    ]);
    expect(noor).toMatchObject({ is: 'written', rev: 2 });
    expect(joke).toMatchObject({ is: 'changed', now: { rev: 2, centre: { name: 'by Noor' } } });
    const again = await store.put({ ...defaultCentre(), name: 'by both' }, 2, 'joke');
    expect(again).toMatchObject({ is: 'written', rev: 3 });
    const { entries } = await records.audit();
    expect(entries.map((text) => readEntry(text))).toEqual(
      ['noor', 'noor', 'joke'].map((by) => ({ atMs: NOW_MS, by, act: 'settings_changed', about: 'centre' })),
    );
  });

  test('[A3] who thinks that there are none yet overwrites none either', async () => {
    const { store } = opened();
    await store.put(defaultCentre(), 0, 'noor');
    expect(await store.put({ ...defaultCentre(), name: 'a second set-up' }, 0, 'joke')).toMatchObject({
      is: 'changed',
      now: { rev: 1, centre: { name: 'CLB' } },
    });
  });

  test('[S7] stored settings that break the rules are a fault of ours, and none of a reader', async () => {
    const { records, store } = opened();
    const row = { kind: 'settings', id: 'centre', rev: 0 } as const;
    await records.write([{ ...row, text: JSON.stringify(withRules({ slotsMax: 9 })) }], null);
    await expect(store.get()).rejects.toThrow('stored settings break the rules at rules.slotsMax');
  });
});
