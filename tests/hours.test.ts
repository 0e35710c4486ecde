import { defaultCentre, parseCentre, type CentreDocument } from '@clbchat/server/centre/centre.rules';
import { demoCentre } from '@clbchat/server/demo/centre';
import { doorAt, hoursAt } from '@clbchat/shared/hours/hours';
import { refusalOf } from '@clbchat/server/queue/queue.rules';
import { describe, expect, test } from 'vitest';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function centre(part: Partial<CentreDocument['schedule']> = {}, base = defaultCentre()) {
  const parsed = parseCentre({ ...base, schedule: { ...base.schedule, ...part } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.centre;
}
const grid = (part: Partial<CentreDocument['schedule']['week']>) => {
  const empty = { sunday: [], monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [] };
  return centre({ week: { ...empty, ...part }, holidays: 'open' });
};
const at = (iso: string) => Date.parse(iso);
const stateAt = (iso: string, of = centre()) => hoursAt(at(iso), of);

describe('hours of a centre', () => {
  test('[H3] open, closing, draining, closed: each begins on the minute and lasts what the rules say', () => {
    const is = (iso: string) => stateAt(iso).is;
    expect(is('2026-11-23T16:59:59.999+01:00')).toBe('closed');
    expect(stateAt('2026-11-23T17:00:00+01:00')).toEqual({ is: 'open', closesInMs: 4 * HOUR });
    expect(is('2026-11-23T20:44:59.999+01:00')).toBe('open');
    expect(stateAt('2026-11-23T20:45:00+01:00')).toEqual({ is: 'closing', closesInMs: 15 * MINUTE });
    expect(stateAt('2026-11-23T20:59:59.999+01:00')).toEqual({ is: 'closing', closesInMs: 1 });
    expect(is('2026-11-23T21:00:00+01:00')).toBe('draining');
    expect(is('2026-11-23T21:29:59.999+01:00')).toBe('draining');
    expect(is('2026-11-23T21:30:00+01:00')).toBe('closed');
  });

  test('[H3] closed tells when it opens next, as a duration and in words of the wall calendar', () => {
    expect(stateAt('2026-11-26T22:00:00+01:00')).toEqual({
      is: 'closed',
      opens: { inMs: 3 * 24 * HOUR + 19 * HOUR, day: 1, time: '17:00', date: '2026-11-30' },
    });
    // The summer is long: the next opening is two months away.
    expect(stateAt('2027-07-01T12:00:00+02:00')).toMatchObject({
      is: 'closed',
      opens: { day: 3, time: '14:00', date: '2027-09-01' },
    });
    expect(hoursAt(at('2026-11-23T12:00:00Z'), grid({}))).toEqual({ is: 'closed', opens: null });
  });

  test('[H4] after the last entry nobody joins a queue that exists; an empty one takes the next until closing', () => {
    const joins = (time: string, waiting: number) => {
      const door = doorAt(at(`2026-11-23T${time}:00+01:00`), centre());
      return refusalOf({ door, waiting, waitingMax: 2_000, range: null, fullEstimateMs: 0 });
    };
    expect(joins('17:00', 1_000)).toBeNull();
    expect(joins('20:50', 0)).toBeNull();
    expect(joins('20:50', 1)).toBe('closing');
    expect(joins('21:10', 0)).toBe('closed');
    expect(joins('23:00', 0)).toBe('closed');
  });

  test('[Q8] a stretch of the hours knows when it began, whenever it is asked: also the one before, and one without end', () => {
    const openedAt = (iso: string, of = centre()) => doorAt(at(iso), of).openedMs;
    const five = at('2026-11-23T17:00:00+01:00');
    for (const time of ['17:00:00', '20:50:00', '20:59:59', '21:10:00']) {
      expect(openedAt(`2026-11-23T${time}+01:00`), time).toBe(five);
    }
    expect(openedAt('2026-11-24T17:00:00+01:00')).toBe(at('2026-11-24T17:00:00+01:00'));
    expect(openedAt('2026-12-28T17:00:00+01:00'), 'in the middle of a holiday').toBe(0);
    const { schedule } = centre({}, demoCentre({ open: 'always', schoolOrigins: [] }));
    const [first, second, third] = ['2026-11-23T12:00', '2026-11-23T23:59', '2026-11-24T00:00'].map((time) =>
      openedAt(`${time}:00+01:00`, { ...centre(), schedule }),
    );
    expect([first, second, third]).toEqual([at('2026-11-21T00:00+01:00'), first, at('2026-11-22T00:00+01:00')]);
  });

  test('[H2 Q8] an opening of some days answers the same, whether it was asked the day before or not', () => {
    const days = { from: '00:00', to: '24:00' };
    const long = () => grid({ monday: [days], tuesday: [days], wednesday: [days], thursday: [days] });
    const asked = long();
    for (const day of [23, 24, 25, 26]) {
      const moment = at(`2026-11-${day}T18:00:00+01:00`);
      expect(doorAt(moment, asked), `day ${day}`).toEqual(doorAt(moment, long()));
    }
  });

  test('[H5] a dated opening beats the grid and a holiday; a dated closure beats the grid', () => {
    const dated = centre({
      exceptions: [
        { from: '2026-12-22', to: '2026-12-22', open: [{ from: '10:00', to: '12:00' }] },
        { from: '2026-11-24', to: '2026-11-25', open: [] },
      ],
    });
    expect(stateAt('2026-12-22T18:00:00+01:00').is, 'a holiday, on a Tuesday').toBe('closed');
    expect(stateAt('2026-12-22T11:00:00+01:00').is).toBe('closed');
    expect(stateAt('2026-12-22T11:00:00+01:00', dated).is).toBe('open');
    expect(stateAt('2026-12-22T18:00:00+01:00', dated).is).toBe('closed');
    expect(stateAt('2026-11-24T18:00:00+01:00').is).toBe('open');
    expect(stateAt('2026-11-24T18:00:00+01:00', dated)).toMatchObject({ is: 'closed', opens: { date: '2026-11-26' } });
  });

  test('[H5] the end of an opening that a dated closure takes away comes without draining', () => {
    const nowClosed = centre({ exceptions: [{ from: '2026-11-23', to: '2026-11-23', open: [] }] });
    expect(stateAt('2026-11-23T18:00:00+01:00', nowClosed)).toMatchObject({ is: 'closed' });
    const shortened = centre({
      exceptions: [{ from: '2026-11-23', to: '2026-11-23', open: [{ from: '17:00', to: '18:00' }] }],
    });
    expect(stateAt('2026-11-23T18:10:00+01:00', shortened).is).toBe('draining');
  });

  test('[H6] openings over midnight, and openings that touch or overlap, are one', () => {
    const night = grid({
      friday: [{ from: '22:00', to: '02:00' }],
      saturday: [
        { from: '01:30', to: '03:00' },
        { from: '03:00', to: '04:00' },
      ],
    });
    expect(stateAt('2026-11-27T22:00:00+01:00', night)).toEqual({ is: 'open', closesInMs: 6 * HOUR });
    expect(stateAt('2026-11-28T03:59:00+01:00', night)).toEqual({ is: 'closing', closesInMs: MINUTE });
    expect(stateAt('2026-11-28T04:00:00+01:00', night).is).toBe('draining');
  });

  test('[H6] what the grid carries over midnight ends there when the next day has a plan of its own', () => {
    const week = { friday: [{ from: '22:00', to: '02:00' }] };
    const closure = centre({
      ...grid(week).schedule,
      exceptions: [{ from: '2026-11-28', to: '2026-11-28', open: [] }],
    });
    expect(stateAt('2026-11-27T23:00:00+01:00', closure)).toEqual({ is: 'open', closesInMs: HOUR });
    const carried = centre({
      ...grid({}).schedule,
      exceptions: [{ from: '2026-11-27', to: '2026-11-28', open: [{ from: '22:00', to: '02:00' }] }],
    });
    expect(stateAt('2026-11-27T23:00:00+01:00', carried)).toEqual({ is: 'open', closesInMs: 3 * HOUR });
  });

  test('[H7] day and night means no end in sight; a closure on the way is seen two weeks ahead', () => {
    const demo = demoCentre({ open: 'always', schoolOrigins: [] });
    const always = centre({}, demo);
    expect(stateAt('2026-12-25T03:00:00+01:00', always)).toEqual({ is: 'open', closesInMs: null });
    const until = centre({ exceptions: [{ from: '2027-01-10', to: '2027-01-10', open: [] }] }, demo);
    expect(stateAt('2026-12-20T00:00:00+01:00', until)).toEqual({ is: 'open', closesInMs: null });
    expect(stateAt('2027-01-09T12:00:00+01:00', until)).toEqual({ is: 'open', closesInMs: 12 * HOUR });
    expect(stateAt('2027-01-10T12:00:00+01:00', until)).toMatchObject({
      is: 'closed',
      opens: { day: 1, time: '00:00' },
    });
  });

  test('[H8] the same wall times in summer and in winter', () => {
    expect(stateAt('2027-06-14T16:59:00+02:00').is).toBe('closed');
    expect(stateAt('2027-06-14T17:00:00+02:00').is).toBe('open');
    expect(stateAt('2026-11-23T17:00:00+02:00').is).toBe('closed');
  });

  test('[H8] clocks go forward: a time that does not exist moves by the gap, and an opening may vanish in it', () => {
    // 28 March 2027: 02:00 becomes 03:00.
    const from = grid({ sunday: [{ from: '02:30', to: '05:00' }] });
    expect(stateAt('2027-03-28T01:59:00+01:00', from)).toMatchObject({
      is: 'closed',
      opens: { inMs: 31 * MINUTE, time: '03:30' },
    });
    expect(stateAt('2027-03-28T03:30:00+02:00', from)).toEqual({ is: 'open', closesInMs: 90 * MINUTE });
    const until = grid({ sunday: [{ from: '01:00', to: '02:30' }] });
    expect(stateAt('2027-03-28T01:00:00+01:00', until)).toEqual({ is: 'open', closesInMs: 90 * MINUTE });
    const inside = grid({ sunday: [{ from: '02:30', to: '03:15' }] });
    expect(stateAt('2027-03-28T03:10:00+02:00', inside)).toMatchObject({ is: 'closed', opens: { date: '2027-04-04' } });
  });

  test('[H8] clocks go back: an opening starts at the first of the two, and ends at the second', () => {
    // 31 October 2027: 03:00 becomes 02:00.
    const night = grid({ sunday: [{ from: '02:15', to: '02:45' }] });
    expect(stateAt('2027-10-31T02:14:00+02:00', night).is).toBe('closed');
    expect(stateAt('2027-10-31T02:15:00+02:00', night)).toEqual({ is: 'open', closesInMs: 90 * MINUTE });
    expect(stateAt('2027-10-31T02:44:00+01:00', night)).toEqual({ is: 'closing', closesInMs: MINUTE });
    expect(stateAt('2027-10-31T02:45:00+01:00', night).is).toBe('draining');
    const whole = grid({ sunday: [{ from: '00:00', to: '24:00' }] });
    expect(stateAt('2027-10-31T00:00:00+02:00', whole)).toEqual({ is: 'open', closesInMs: 25 * HOUR });
  });
});

test('[H2] every minute of 2026 to 2028: two clocks two seconds apart agree but for two seconds around a change', () => {
  const plan = centre();
  const isOpen = wallOpen(plan.schedule);
  const [fromMs, toMs] = [Date.UTC(2026, 0, 1), Date.UTC(2029, 0, 1)];
  const wrong: string[] = [];
  let [changes, evenings] = [0, 0];
  let before = hoursAt(fromMs - 2_000, plan).is;

  for (let hourMs = fromMs; hourMs < toMs; hourMs += HOUR) {
    const minutes = isOpen(hourMs);
    for (let minute = 0; minute < 60; minute += 1) {
      const ms = hourMs + minute * MINUTE;
      const is = hoursAt(ms, plan).is;
      const late = hoursAt(ms + MINUTE - 2_000, plan).is; // what a clock two seconds behind still says at the next minute
      const open = is === 'open' || is === 'closing';
      if (late !== is || open !== minutes(minute)) wrong.push(new Date(ms).toISOString());
      if (is !== before) changes += 1;
      if (is === 'open' && before === 'closed') evenings += 1;
      before = late;
    }
  }
  expect(wrong).toEqual([]);
  expect(evenings).toBeGreaterThan(400); // four a week, without holidays
  expect(changes).toBe(4 * evenings); // open, closing, draining, closed, and never back and forth
});

test('[H2] the answer depends on nothing but the moment: asked in any order, as by a node that just started', () => {
  const plan = grid({ saturday: [{ from: '22:00', to: '03:30' }], sunday: [{ from: '02:15', to: '02:45' }] });
  const moments = ['2027-03-28T00:00:00Z', '2027-10-31T00:00:00Z'].flatMap((start) =>
    Array.from({ length: 300 }, (_, index) => at(start) + ((index * 7_919) % 300) * MINUTE),
  );
  for (const ms of moments) expect(hoursAt(ms, plan)).toEqual(hoursAt(ms, structuredClone(plan)));
});

/**
 * A second opinion, by reading the wall clock: Intl once an hour, the grid and the published holidays by hand.
 * Good only for openings that no change of clocks touches, as those of the default grid.
 */
function wallOpen({ week }: CentreDocument['schedule']) {
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Brussels',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    weekday: 'long',
  });
  const days = [week.sunday, week.monday, week.tuesday, week.wednesday, week.thursday, week.friday, week.saturday];
  const names = ['söndag', 'måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag'];
  return (hourMs: number) => {
    const parts = Object.fromEntries(wall.formatToParts(hourMs).map(({ type, value }) => [type, value]));
    const date = `${parts['year']}-${parts['month']}-${parts['day']}`;
    const hour = Number(parts['hour']);
    const closed = HOLIDAYS_2026_TO_2028.some(([from, to]) => from <= date && date <= to);
    const openings = closed ? [] : (days[names.indexOf(parts['weekday'] ?? '')] ?? []);
    return (minute: number) => {
      const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
      return openings.some(({ from, to }) => from <= time && time < to);
    };
  };
}

const HOLIDAYS_2026_TO_2028: [string, string][] = [
  ['2025-12-22', '2026-01-04'],
  ['2026-02-16', '2026-02-22'],
  ['2026-04-06', '2026-04-19'],
  ['2026-05-01', '2026-05-01'],
  ['2026-05-14', '2026-05-15'],
  ['2026-05-25', '2026-05-25'],
  ['2026-07-01', '2026-08-31'],
  ['2026-11-02', '2026-11-08'],
  ['2026-11-11', '2026-11-11'],
  ['2026-12-21', '2027-01-03'],
  ['2027-02-08', '2027-02-14'],
  ['2027-03-29', '2027-04-11'],
  ['2027-05-01', '2027-05-01'],
  ['2027-05-06', '2027-05-07'],
  ['2027-05-17', '2027-05-17'],
  ['2027-07-01', '2027-08-31'],
  ['2027-11-01', '2027-11-07'],
  ['2027-11-11', '2027-11-11'],
  ['2027-12-27', '2028-01-09'],
  ['2028-02-28', '2028-03-05'],
  ['2028-04-03', '2028-04-17'],
  ['2028-05-01', '2028-05-01'],
  ['2028-05-25', '2028-05-26'],
  ['2028-06-05', '2028-06-05'],
  ['2028-07-01', '2028-08-31'],
  ['2028-10-30', '2028-11-05'],
  ['2028-11-11', '2028-11-11'],
  ['2028-12-25', '2029-01-07'],
];
