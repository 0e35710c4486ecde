import { page } from './page.ts';
import * as words from './words.ts';

/** What `/status/<site>` tells everybody, as far as it keeps its word; `code` when it knows no such site. */
interface Status {
  state?: string;
  nextOpen?: Moment | null;
  code?: string;
}
interface Moment {
  day?: number;
  time?: string;
  date?: string;
}

/** From so far on another day of the same name comes first. As in the chat itself. */
const SAME_NAME_MS = 6 * 24 * 3_600_000;
/** An answer younger than this is not asked for again. */
const FRESH_MS = 60_000;
/** A timer cannot wait for longer; it would run at once. */
const TIMER_MS_MAX = 2 ** 31 - 1;

function wordsFor(state: string | undefined, then: Moment): string {
  if (state === 'open') return words.anonymous;
  if (state === 'busy') return words.busy;
  if (state !== 'closed') return '';
  const day = words.days[Number(then.day)];
  const [hour = '', minute = '00'] = String(then.time).split(':');
  if (!day || !hour) return words.closed;
  const when = `${Number(hour)}${minute === '00' ? '' : `.${minute}`}`;
  return words.opens(`${day}${dateUnlessNear(then)} ${when}`);
}

/** From now until then, in ms; NaN when it is no moment. */
const until = ({ date = '', time = '' }: Moment) => +new Date(`${date}T${time}`) - Date.now();

/** " 4 jan.", in a holiday; nothing while the weekday says enough, or when the date is none. */
function dateUnlessNear(then: Moment): string {
  if (!(until(then) >= SAME_NAME_MS)) return '';
  const [, month, day] = String(then.date).split('-');
  return ` ${Number(day)} ${words.months[Number(month) - 1]}`;
}

interface Told {
  /** the line under the words; empty when nobody knows */
  sub(text: string): void;
  /** the service knows no such site */
  unknown(): void;
}

/**
 * Asks when somebody looks at the page and the page has nothing else to do: at first, whenever it comes into view again,
 * and when the service opens. Never while hidden. A page that blocks it loses one line.
 */
export function whileLookedAt(address: string, told: Told, signal: AbortSignal): void {
  let askedMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ask = async () => {
    if (signal.aborted || page.hidden || Math.abs(Date.now() - askedMs) < FRESH_MS) return;
    askedMs = Date.now();
    clearTimeout(timer);
    // no line, no harm: and no line is better than yesterday's
    const status =
      (await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer', signal })
        .then((answer) => answer.json() as Promise<Status | null>)
        .catch(() => null)) || {};
    if (status.code === 'gone') return told.unknown();
    const then = status.nextOpen || {};
    told.sub(wordsFor(status.state, then));
    const ms = until(then);
    // a clock that is ahead hears "closed" once more, and must not ask at once for ever
    if (ms < Infinity) timer = setTimeout(look, Math.min(Math.max(ms, FRESH_MS), TIMER_MS_MAX));
  };
  // Safari has no idle callback, so that there markup may bear its name
  const { requestIdleCallback: idle } = window;
  const look = () => (typeof idle === 'function' ? idle : setTimeout)(() => void ask());

  look();
  page.addEventListener('visibilitychange', look, { signal });
  addEventListener('pageshow', look, { signal });
}
