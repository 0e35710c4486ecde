import { defaultCentre, demoCentre, parseCentre } from '@clbchat/server/centre/centre.rules';
import { defaultRules } from '@clbchat/server/centre/bounds.rules';
import { memoryCentre, type CentreStore } from '@clbchat/server/centre/centre.store';
import { redisCentre } from '@clbchat/server/centre/centre.redis';
import { describe, expect, test } from 'vitest';

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

function mapOfStrings() {
  const kept = new Map<string, string>();
  const redis = {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: string) => {
      kept.set(key, value);
    },
  };
  return { kept, redis };
}

const stores: [string, () => CentreStore][] = [
  ['memory', () => memoryCentre('clb')],
  ['redis', () => redisCentre(mapOfStrings().redis, 'clb')],
];

describe.each(stores)('stored settings (%s)', (_name, open) => {
  test('[S7] only what passes the rules is stored, and comes back with every rule filled in', async () => {
    const store = open();
    expect(await store.get()).toBeNull();
    expect(await store.put(withRules({ slotsMax: 9 }))).toMatchObject({
      ok: false,
      problems: [{ path: 'rules.slotsMax' }],
    });
    expect(await store.put({ ...defaultCentre(), id: 'other' })).toMatchObject({
      ok: false,
      problems: [{ path: 'id' }],
    });
    expect(await store.get()).toBeNull();

    const put = await store.put(withRules({ slotsMax: 2 }));
    expect(put.ok && put.centre.rules.slotsMax).toBe(2);
    expect(await store.get()).toEqual(put.ok && put.centre);
  });
});

test('[S7] settings stand under one key of the centre', async () => {
  const { kept, redis } = mapOfStrings();
  await redisCentre(redis, 'clb').put(defaultCentre());
  expect([...kept.keys()]).toEqual(['{clb}:settings']);
});
