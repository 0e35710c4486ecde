import * as v from 'valibot';
import { LANGUAGES } from '../ids.ts';

/** A time on the centre's own wall, `17:00`; `24:00` ends a day. What a browser's clock says plays no part. */
export const localTime = v.pipe(
  v.string(),
  v.regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time as 17:00'), // ours: settings of a centre, as the service tells them
);
export const localDate = v.pipe(v.string(), v.check(isDate, 'must be a date as 2026-11-23'));

// 30 February has the right shape, and JavaScript reads it as 2 March.
function isDate(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN; // ours: settings of a centre, as the service tells them
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** From and until, without the last minute. Where `to` does not come after `from`, it stands for the next day. */
export const interval = v.strictObject({ from: localTime, to: localTime });
export type Interval = v.InferOutput<typeof interval>;

const day = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6));
const duration = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A moment of the centre's own calendar, ready to be put in words: "maandag om 17 uur". */
export const calendarMoment = v.strictObject({ day, time: localTime, date: localDate });
export type CalendarMoment = v.InferOutput<typeof calendarMoment>;

const opening = v.strictObject({ inMs: duration, ...calendarMoment.entries });
const opens = v.nullable(opening);

/**
 * Whether visitors may come in. Milliseconds are durations, never times of a clock.
 * `closing`: the last entry has passed, nobody joins a queue that exists ·
 * `draining`: closed, who still waits may be served · `closesInMs` null: no end is in sight · `opens` null: no opening is
 */
export const hoursState = v.variant('is', [
  v.strictObject({ is: v.literal('open'), closesInMs: v.nullable(duration) }),
  v.strictObject({ is: v.literal('closing'), closesInMs: duration }),
  v.strictObject({ is: v.literal('draining'), opens }),
  v.strictObject({ is: v.literal('closed'), opens }),
]);
export type HoursState = v.InferOutput<typeof hoursState>;

export const HOLIDAYS = [
  'autumn',
  'armistice',
  'christmas',
  'spring',
  'easter',
  'easter-monday',
  'labour-day',
  'ascension',
  'whit-monday',
  'summer',
] as const;
export type HolidayName = (typeof HOLIDAYS)[number];

/** Both days included. */
export const holiday = v.strictObject({ name: v.picklist(HOLIDAYS), from: localDate, to: localDate });
export type Holiday = v.InferOutput<typeof holiday>;

/** Answer of `GET /status/:place`: all that a school's page may know. */
export const serviceStatus = v.strictObject({
  state: v.picklist(['open', 'busy', 'closed']),
  nextOpen: v.nullable(calendarMoment),
});
export type ServiceStatus = v.InferOutput<typeof serviceStatus>;

/** Why a centre closed before its time: two that everybody may know, and no text of anybody. */
export const shutReason = v.picklist(['technical', 'force-majeure']);
export type ShutReason = v.InferOutput<typeof shutReason>;

const helpLine = v.strictObject({ number: v.string(), name: v.string(), dayAndNight: v.boolean() });
export const helpLines = v.strictObject({
  /** year and month in which a person last rang, read or asked whether all this is still so */
  checked: v.pipe(v.string(), v.regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)), // ours: settings of a centre, as the service tells them
  lines: v.array(helpLine),
  /** known by name, without a number */
  others: v.array(v.strictObject({ name: v.string(), url: v.nullable(v.string()) })),
});
export type HelpLines = v.InferOutput<typeof helpLines>;

/** Answer of `GET /api/centre/:centre`: what the chat shows before anybody joins. The same for everyone. */
export const centreFacts = v.strictObject({
  id: v.string(),
  name: v.string(),
  site: v.string(),
  state: v.picklist(['open', 'busy', 'closed']),
  hours: hoursState,
  /** time on the wall at which the running opening ends; null when closed, or when no end is in sight */
  closesAt: v.nullable(localTime),
  /** seven lists, Sunday first */
  week: v.pipe(v.array(v.array(interval)), v.length(7)),
  /** the running or the next holiday in which the centre is closed throughout */
  holiday: v.nullable(holiday),
  /** where somebody closed it for today; `line`: who waits is served first, and nobody new comes */
  why: v.optional(v.picklist([...shutReason.options, 'line'])),
  exitUrl: v.string(),
  lengthToldMin: v.number(),
  languages: v.array(v.picklist(LANGUAGES)),
  helpLines,
});
export type CentreFacts = v.InferOutput<typeof centreFacts>;
