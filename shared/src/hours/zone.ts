/**
 * Wall times of a time zone and the moments they stand for. The zone's offsets are read from Intl once a year and
 * zone; everything after that is arithmetic.
 */
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

interface Offset {
  /** from this moment, until the next one in the list */
  readonly fromMs: number;
  readonly offsetMs: number;
}

export interface WallTime {
  /** days since 1970 on the zone's own calendar */
  readonly day: number;
  /** minutes since its midnight */
  readonly minute: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const years = new Map<string, readonly Offset[]>();
const YEARS_MAX = 256;

/** What a clock on the wall shows at this moment. */
export function wallTimeAt(ms: number, timezone: string): WallTime {
  const localMs = ms + offsetAt(ms, timezone);
  const day = Math.floor(localMs / DAY_MS);
  return { day, minute: Math.floor((localMs - day * DAY_MS) / MINUTE_MS) };
}

/**
 * The moment at which the wall shows this time.
 *
 * @param which Of the two moments, when clocks go back over it: PROTOCOL A41 takes the first to start and the
 *   second to end. A time that clocks jump over moves forward by the jump.
 */
export function momentOf({ day, minute }: WallTime, timezone: string, which: 'first' | 'second'): number {
  const localMs = day * DAY_MS + minute * MINUTE_MS;
  const before = offsetAt(localMs - DAY_MS, timezone);
  const after = offsetAt(localMs + DAY_MS, timezone);
  const [early, late] = [localMs - Math.max(before, after), localMs - Math.min(before, after)];
  const shows = (ms: number) => ms + offsetAt(ms, timezone) === localMs;
  const [first, second] = [shows(early), shows(late)];
  if (first && second) return which === 'first' ? early : late;
  if (first) return early;
  if (second) return late;
  return localMs - before;
}

function offsetAt(ms: number, timezone: string): number {
  let offsetMs = 0;
  for (const offset of offsetsOf(new Date(ms).getUTCFullYear(), timezone)) {
    if (offset.fromMs > ms) break;
    offsetMs = offset.offsetMs;
  }
  return offsetMs;
}

function offsetsOf(year: number, timezone: string): readonly Offset[] {
  const key = `${year} ${timezone}`;
  const known = years.get(key);
  if (known) return known;

  const found: Offset[] = [];
  const endMs = Date.UTC(year + 1, 0, 1);
  for (let fromMs = Date.UTC(year, 0, 1); fromMs <= endMs; fromMs += DAY_MS) {
    const offsetMs = askOffset(fromMs, timezone);
    const last = found.at(-1);
    if (!last) found.push({ fromMs, offsetMs });
    else if (last.offsetMs !== offsetMs)
      found.push({ fromMs: changeBetween(fromMs - DAY_MS, fromMs, timezone), offsetMs });
  }
  if (years.size >= YEARS_MAX) years.clear();
  years.set(key, found);
  return found;
}

/** The first whole minute with the later offset. */
function changeBetween(beforeMs: number, afterMs: number, timezone: string): number {
  const old = askOffset(beforeMs, timezone);
  let [low, high] = [beforeMs / MINUTE_MS, afterMs / MINUTE_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (askOffset(middle * MINUTE_MS, timezone) === old) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}

function askOffset(ms: number, timezone: string): number {
  const parts = new Map(
    formatterOf(timezone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = (
    ['year', 'month', 'day', 'hour', 'minute'] as const
  ).map((type) => parts.get(type));
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

function formatterOf(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formatters.set(timezone, made);
  return made;
}
